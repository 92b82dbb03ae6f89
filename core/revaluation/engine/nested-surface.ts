import { type BlockWork, runBlocks } from "./block-work.ts";
import { type BookSurfaceInput, bookSurfaceWork, surfaceProfit } from "./book-surface.ts";
import type { EngineKernel } from "./engine-kernel.ts";
import type { WorkKind } from "./executor.ts";
import type { OptionBook } from "./option-book.ts";

/** Relative shocks in pairs: cell j moves the price by `priceMoves[j]` and the volatility by `volatilityChanges[j]`. */
export interface RiskCells {
  readonly priceMoves: Float64Array;
  readonly volatilityChanges: Float64Array;
}

export interface NestedSurfaceInput {
  readonly book: OptionBook;
  /** Axes of the surface: columns and rows. */
  readonly market: RiskCells;
  /** Cells of the risk matrix at every point. */
  readonly risk: RiskCells;
  readonly volatilityAxis: "exact" | "nodes";
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
export function nestedSurface(engine: EngineKernel, input: NestedSurfaceInput): Float64Array {
  return nestedRequirement(input, runBlocks(engine, nestedSurfaceWork(input)));
}

/** A nested surface as work of any thread; `nestedRequirement` makes the requirement from its values. */
export const nestedSurfaceKind: WorkKind<NestedSurfaceInput> = { name: "nested-surface", make: nestedSurfaceWork };

/** The blocks of a nested surface: values of all its grids, one after the other. */
export function nestedSurfaceWork(input: NestedSurfaceInput): BlockWork {
  const works = gridsOf(input).map(({ surface }) => bookSurfaceWork(surface));
  const starts = works.map((_, i) => works.slice(0, i).reduce((total, { length }) => total + length, 0));
  return {
    blocks: works[0]?.blocks ?? 0,
    length: works.reduce((total, { length }) => total + length, 0),
    run(engine, block, out, note, goOn) {
      works.forEach((work, i) => {
        const start = starts[i] ?? 0;
        work.run(engine, block, out.subarray(start, start + work.length), note, goOn);
      });
    },
  };
}

/** Values of all grids -> the requirement at each point. */
export function nestedRequirement(input: NestedSurfaceInput, values: Float64Array): Float64Array {
  const { priceMoves, volatilityChanges } = input.market;
  const [width, height] = [priceMoves.length, volatilityChanges.length];
  const worst = new Float64Array(width * height).fill(Number.POSITIVE_INFINITY);
  let base: Float64Array = worst;
  let start = 0;
  for (const { surface, moves } of gridsOf(input)) {
    const { length } = bookSurfaceWork(surface);
    const profits = surfaceProfit(surface, values.subarray(start, start + length));
    start += length;
    if (moves === 0) base = profits;
    for (let at = 0; moves > 0 && at < worst.length; at++) {
      let least = worst[at] as number;
      for (let j = 0; j < moves; j++) {
        const profit = (profits[at * moves + j] as number) - (base[at] as number);
        if (profit < least) least = profit;
      }
      worst[at] = least;
    }
  }
  return worst.map((profit) => Math.max(0, -profit));
}

/** The surface itself (0 moves), then one grid for each volatility change of the risk matrix. */
function gridsOf({
  book,
  market,
  risk,
  volatilityAxis,
}: NestedSurfaceInput): readonly { readonly surface: BookSurfaceInput; readonly moves: number }[] {
  const { priceMoves, volatilityChanges } = market;
  const nested = [...new Set(risk.volatilityChanges)].map((change) => {
    const moves = risk.priceMoves.filter((_, j) => risk.volatilityChanges[j] === change);
    const products = Float64Array.from([...priceMoves].flatMap((p) => [...moves].map((m) => (1 + p) * (1 + m) - 1)));
    const rows = volatilityChanges.map((w) => (1 + w) * (1 + change) - 1);
    return {
      surface: { book, priceMoves: products, volatilityChanges: rows, volatilityAxis },
      moves: moves.length,
    };
  });
  return [{ surface: { book, priceMoves, volatilityChanges, volatilityAxis }, moves: 0 }, ...nested];
}
