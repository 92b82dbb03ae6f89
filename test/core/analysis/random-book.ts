import { randomStream } from "../../../core/measure/index.ts";
import { type CaseFile, caseFile } from "../methodology/case-file.ts";

type Form = readonly ["inverse" | "linear", string];

const usd: Form = ["inverse", "USD"];
const formsByVenue: Readonly<Record<string, readonly Form[]>> = {
  deribit: [usd, ["linear", "USDC"]],
  okx: [usd, ["linear", "USDT"]],
  bybit: [usd, ["linear", "USDT"]],
  binance: [usd, ["linear", "USDT"]],
  derive: [["linear", "USDC"]],
  paradex: [["linear", "USDC"]],
  thalex: [["linear", "USD"]],
  gate: [["linear", "USDT"]],
  bitcom: [["linear", "USDT"]],
};

const coins = [
  { underlying: "BTC", index: 91_000, volatility: 0.5 },
  { underlying: "ETH", index: 3_100, volatility: 0.7 },
] as const;
const asOfMs = Date.UTC(2026, 9, 1, 6);
/** Some expire within the day. */
const hours = [2, 20, 26, 72, 336, 744, 2160, 9600];
const sizes = [1e-8, 0.01, 1, 1, 10, 1e5];

/** A made book and market in the contracts of a venue: the same seed gives the same. */
export function randomBook(seed: number, venue: string): CaseFile {
  const { nextOpen } = randomStream(seed);
  const pick = <T>(list: readonly [T, ...T[]] | readonly T[]): T => {
    const chosen = list[Math.floor(nextOpen() * list.length)];
    if (chosen === undefined) throw new Error("nothing to pick from");
    return chosen;
  };
  const instruments: Record<string, object> = {};
  const positions: object[] = [];
  const currencies = new Set<string>();
  for (let held = 0; held < 9; held++) {
    const { underlying, index, volatility } = pick(coins);
    const [payoff, quote] = pick(formsByVenue[venue] ?? [usd]);
    const kind = pick(["option", "option", "option", "future", "perpetual"] as const);
    const after = pick(hours);
    const expiry = new Date(asOfMs + after * 3_600_000).toISOString().replace(".000Z", "Z");
    const shared = { kind, underlying, payoff, quote };
    const forward = index * (1 + 1e-6 * after);
    const strike = Math.round(index * (0.6 + 0.8 * nextOpen()));
    const symbol = `${underlying}-${quote}-${payoff}-${kind}${kind === "perpetual" ? "" : `-${after}`}${kind === "option" ? `-${strike}` : ""}`;
    if (kind === "option")
      instruments[symbol] = {
        ...{ ...shared, expiry, strike, forward, optionType: pick(["call", "put"] as const) },
        volatility: volatility * (0.5 + nextOpen()),
      };
    else instruments[symbol] ??= { ...shared, mark: forward * 1.0005, ...(kind === "future" ? { expiry } : {}) };
    const unit = payoff === "inverse" && kind !== "option" ? index : 1;
    positions.push({ id: `p${held}`, symbol, quantity: (nextOpen() - 0.5) * pick(sizes) * unit });
    currencies.add(payoff === "inverse" ? underlying : quote);
  }
  const prices: ReadonlyMap<string, number> = new Map(coins.map(({ underlying, index }) => [underlying, index]));
  const balances = [...currencies].map((currency) => {
    const equity = ((nextOpen() - 0.1) * 1e6) / (prices.get(currency) ?? 1);
    return { currency, equity, ...(nextOpen() < 0.5 ? { borrowed: 0.2 * Math.abs(equity) } : {}) };
  });
  return caseFile.parse({
    ...{ title: `random ${seed}`, provenance: "own-computation", source: {}, date: "2026-10-01" },
    asOf: new Date(asOfMs).toISOString().replace(".000Z", "Z"),
    market: { venue, indices: Object.fromEntries(prices), instruments },
    portfolio: { positions, balances },
    ...{ expected: {}, tolerance: 0 },
  });
}
