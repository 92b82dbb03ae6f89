import { bookSurface } from "./book-surface.ts";
import type { EngineKernel } from "./engine-kernel.ts";
import type { OptionBook } from "./option-book.ts";

/** A risk matrix of relative shocks: cell j moves the price by `priceMoves[j]` and the volatility by `volatilityChanges[j]`. */
export interface RiskCells {
  readonly priceMoves: Float64Array;
  readonly volatilityChanges: Float64Array;
}

/**
 * The scan requirement of a book recomputed at each shocked market: the nested margin surface of relative shocks.
 *
 *     requirement(p, w) = max(0, −min_j [ V((1+p)(1+p_j), (1+w)(1+w_j)) − V(1+p, 1+w) ])
 *
 * Points share work: cells of one volatility change are one grid of (point × cell) prices by point volatilities. With
 * `exact` every cell is the plain kernel's; with `nodes` volatilities are interpolated to 1e-12 of the forward per option.
 *
 * @returns row-major, one requirement ≥ 0 a market point (volatility rows × price columns)
 * @throws DomainError for a field or shock outside its bound
 */
export function nestedSurface(
  engine: EngineKernel,
  book: OptionBook,
  market: RiskCells,
  risk: RiskCells,
  volatilityAxis: "exact" | "nodes",
): Float64Array {
  const { priceMoves, volatilityChanges } = market;
  const [width, height] = [priceMoves.length, volatilityChanges.length];
  const base = bookSurface(engine, { book, priceMoves, volatilityChanges, volatilityAxis });
  const worst = new Float64Array(width * height).fill(Number.POSITIVE_INFINITY);
  for (const change of new Set(risk.volatilityChanges)) {
    const moves = risk.priceMoves.filter((_, j) => risk.volatilityChanges[j] === change);
    const products = [...priceMoves].flatMap((p) => [...moves].map((m) => (1 + p) * (1 + m) - 1));
    const values = bookSurface(engine, {
      book,
      priceMoves: Float64Array.from(products),
      volatilityChanges: volatilityChanges.map((w) => (1 + w) * (1 + change) - 1),
      volatilityAxis,
    });
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const at = row * width + column;
        for (let j = 0; j < moves.length; j++) {
          const profit = (values[(row * width + column) * moves.length + j] as number) - (base[at] as number);
          if (profit < (worst[at] as number)) worst[at] = profit;
        }
      }
    }
  }
  return worst.map((profit) => Math.max(0, -profit));
}
