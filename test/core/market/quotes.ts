import { yearsBetween } from "../../../core/base/index.ts";
import { parseDeribitSymbol } from "../../../core/instrument/index.ts";
import type { Quote } from "../../../core/market/index.ts";
import { blackValue } from "../../../core/pricing/index.ts";

export const now = Date.UTC(2026, 0, 4, 9, 13, 50);

/** A row of market data by Deribit name. */
export function quote(symbol: string, fields: Omit<Quote, "instrument"> = {}): Quote {
  const parsed = parseDeribitSymbol(symbol);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return { instrument: parsed.value, ...fields };
}

/** Call and put rows of one expiry, marked by Black-76 on a forward with one volatility, rounded as the venue rounds. */
export function chain(expiry: string, strikes: readonly number[], forward: number, volatility: number): Quote[] {
  return strikes.flatMap((strike) =>
    (["C", "P"] as const).map((right) => {
      const row = quote(`${expiry}-${strike}-${right}`);
      const { instrument } = row;
      if (instrument.kind !== "option") throw new Error("not an option");
      const years = yearsBetween(now, instrument.expiryMs);
      const value = blackValue(forward, strike, years, volatility, right === "C");
      const mark = instrument.payoff === "inverse" ? Math.round((value / forward) * 1e8) / 1e8 : value;
      return { ...row, mark, markVolatility: volatility };
    }),
  );
}
