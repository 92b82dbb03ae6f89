import { canonicalJson, DomainError } from "../../base/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import type { BacktestPoint } from "./backtest.ts";

/**
 * What is held at a point: its own portfolio, or the last one before it.
 *
 * @throws DomainError when no point up to it has one
 */
export function portfolioAt(points: readonly BacktestPoint[], index: number): Portfolio {
  for (let place = index; place >= 0; place--) {
    const portfolio = points[place]?.portfolio;
    if (portfolio !== undefined) return portfolio;
  }
  throw new DomainError("a backtest has no portfolio at this point", index);
}

/** The members of a point that say what is held: a book that stays the same is kept once. */
export function heldMembers(
  portfolio: Portfolio,
  points: readonly BacktestPoint[],
): Pick<BacktestPoint, "positions"> & { readonly portfolio?: Portfolio } {
  const positions = portfolio.positions.length;
  const before = points.length === 0 ? undefined : portfolioAt(points, points.length - 1);
  const same = before === portfolio || (before !== undefined && canonicalJson(before) === canonicalJson(portfolio));
  return same ? { positions } : { positions, portfolio };
}
