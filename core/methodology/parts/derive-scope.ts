import type { Instrument } from "../../instrument/index.ts";
import type { Position } from "../../portfolio/index.ts";

/**
 * Why Derive's methods cannot margin an instrument: they know options and perpetuals that pay in dollars.
 *
 * @returns `undefined` when they can
 */
export function outsideDerive({ kind, payoff, symbol }: Instrument): string | undefined {
  if (kind === "spot") return "coins are collateral at this venue; enter them as a balance";
  if (kind === "future") return `${symbol}: the venue lists no dated futures`;
  if (payoff === "inverse") return `${symbol} pays in coin; the venue's contracts pay in USDC`;
  return undefined;
}

/** Names of the market data of positions: index, volatilities of options, marks of perpetuals. */
export function requiredBy(portfolio: readonly Position[]): readonly string[] {
  const names = portfolio.flatMap(({ instrument: { kind, underlying, symbol } }) => [
    `index:${underlying}`,
    `${kind === "option" ? "volatility" : "mark"}:${symbol}`,
  ]);
  return [...new Set(names)];
}
