import { failed, type Result, success, unwatched } from "../base/index.ts";
import { accuracyOf, buildBook, type MarginRun, remarksOf } from "../margin/index.ts";
import { bestKernel } from "../revaluation/index.ts";
import { evenlySpaced, type Scenario } from "../scenario/index.ts";
import type { MarginSurface } from "./margin-surface.ts";
import { holdingsOf, shockedBook } from "./shocked-book.ts";
import { type SurfaceGrid, surfaceGrid } from "./surface-grid.ts";
import { chargeAt, surfacePoint } from "./surface-point.ts";

/** Evenly spaced shocks, both ends included. */
export interface SurfaceAxis {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface SurfaceAxes {
  /** Relative price moves; > −1. */
  readonly price: SurfaceAxis;
  readonly volatility: SurfaceAxis;
  /** Relative changes, or points: 0.1 is ten volatility points. */
  readonly volatilityMode: "relative" | "absolute";
}

export interface SurfaceRun extends Omit<MarginRun, "standAlone"> {
  readonly axes: SurfaceAxes;
  /** Called once, with the coarse surface. */
  readonly onCoarse?: (surface: MarginSurface) => void;
}

/** Lines of the coarse surface along each axis, about. */
const coarseLines = 10;
/** Cells (or their worth in other work) between two pauses: some 15 ms. */
const cellsPerPause = 250_000;
/** Work of a point beside its cells, by position held. */
const cellsPerPosition = 40;

/**
 * Profit, margin, headroom and greeks over a grid of price and volatility shocks, the methodology asked anew at each
 * shocked market: at a point every index, forward and volatility is shocked, the profit so far is added to equity, and
 * the methodology's own scenarios run from there. Price and volatility shocks are independent.
 *
 * The unshocked point equals `runMargin` bit for bit. Coarse rows and columns come first; the final surface keeps their values.
 *
 * @param run what `runMargin` takes, with axes; `work` is asked for pauses and whether to stop
 * @returns the final surface; a failure as in `runMargin`, for axes outside their bounds, or `cancelled`
 * @source resources/docs/glossary.md, "margin surface"
 */
export async function marginSurface(run: SurfaceRun): Promise<Result<MarginSurface>> {
  const { methodology, rules, axes, market, kernel = bestKernel(), work = unwatched, onCoarse } = run;
  const wrong = axesProblem(axes);
  if (wrong !== undefined) return failed("invalid-input", wrong, "axes");
  const under = methodology.under(rules.parameters);
  if (!under.ok) return under;
  const built = buildBook({ ...run, methodology: under.value });
  if (!built.ok) return built;
  const { book, excluded } = built.value;
  const holdings = holdingsOf(book);

  const now = shockedBook(book, holdings, { priceMove: 0 }, () => 0);
  const { charge } = chargeAt(now, holdings, under.value, kernel, true);
  const remarks = remarksOf({ charge, rules, built: built.value, market });
  const grid = surfaceGrid(
    spaced(axes.price),
    spaced(axes.volatility),
    charge.accounts.some(({ marginBalance }) => marginBalance !== undefined),
  );
  const surfaceOf = (stage: MarginSurface["stage"], stride: number): MarginSurface => ({
    ...grid.surface(stride),
    volatilityMode: axes.volatilityMode,
    stage,
    methodology: methodology.id,
    version: rules.version,
    overridden: rules.overrides.length > 0,
    accuracy: accuracyOf(methodology.accuracy, remarks),
    excluded: excluded.length,
    asOfMs: market.asOfMs,
    kernel: kernel.name,
  });

  const stride = Math.max(1, Math.ceil((Math.max(axes.price.count, axes.volatility.count) - 1) / coarseLines));
  const total = axes.price.count * axes.volatility.count;
  let owed = 0;
  for (const step of stride === 1 ? [1] : [stride, 1]) {
    for (const row of grid.rows(step)) {
      const columns = grid.missing(row, step);
      const scenarios = gridScenarios(grid, row, columns, axes.volatilityMode);
      const units = kernel.unitPnl(holdings.instruments, scenarios);
      for (const [at, column] of columns.entries()) {
        const scenario = scenarios[at];
        if (scenario === undefined) continue;
        const shocked = shockedBook(book, holdings, scenario, (i) => units[i * scenarios.length + at] ?? Number.NaN);
        const { charge: atPoint, cells } = chargeAt(shocked, holdings, under.value, kernel, false);
        grid.set(row, column, surfacePoint(shocked, holdings, atPoint));
        owed += cells + cellsPerPosition * (book.positions.length + 100);
        if (owed < cellsPerPause) continue;
        owed = 0;
        work.progress(grid.done(), total, "points");
        await work.pause();
        if (work.cancelled()) return failed("cancelled", "cancelled");
      }
    }
    if (step > 1) onCoarse?.(surfaceOf("coarse", step));
  }
  work.progress(total, total, "points");
  return success(surfaceOf("final", 1));
}

function gridScenarios(
  grid: SurfaceGrid,
  row: number,
  columns: readonly number[],
  mode: SurfaceAxes["volatilityMode"],
): readonly Scenario[] {
  const change = grid.volatilityChanges[row] ?? 0;
  // One shock object for the row: the kernel computes a shocked volatility once for each.
  const shock = change === 0 ? {} : { volatility: { change, mode } };
  return columns.map((column) => {
    const priceMove = grid.priceMoves[column] ?? 0;
    const id = `${priceMove}/${change}`;
    return { id, label: id, priceMove, ...shock };
  });
}

function spaced({ from, to, count }: SurfaceAxis): Float64Array {
  return evenlySpaced(from, to, count);
}

function axesProblem({ price, volatility }: SurfaceAxes): string | undefined {
  for (const [name, { from, to, count }] of [["price", price] as const, ["volatility", volatility] as const]) {
    if (!(Number.isFinite(from) && Number.isFinite(to) && from < to))
      return `the ${name} axis must run from a smaller to a larger number; found ${from} to ${to}`;
    if (!(Number.isInteger(count) && count >= 2 && count <= 161))
      return `the ${name} axis takes 2 to 161 points; found ${count}`;
  }
  if (!(price.from > -1)) return `price moves must be above -1; found ${price.from}`;
  return undefined;
}
