import { failed, type Result, success, unwatched, type Work } from "../base/index.ts";
import { accuracyOf, type MarginRun } from "../margin/index.ts";
import { type Book, catalog, type MethodologyUnderRules } from "../methodology/index.ts";
import { type BlockExecutor, bestEngine, bestKernel, type RevaluationKernel, runHere } from "../revaluation/index.ts";
import { evenlySpaced } from "../scenario/index.ts";
import { type BookEdit, bookEdit } from "./book-edit.ts";
import { chargeNow, type EditOf, unshockedPoint } from "./charge-now.ts";
import type { MarginSurface } from "./margin-surface.ts";
import { mergedBook } from "./merged-book.ts";
import { type SurfaceBase, surfaceBase } from "./surface-base.ts";
import { type SurfaceGrid, surfaceGrid } from "./surface-grid.ts";
import type { SurfacePoint } from "./surface-point.ts";
import { storeOf } from "./surface-stores.ts";
import { surfacePointsKind, surfacePointsOf, surfacePointsWork } from "./surface-work.ts";

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
  /** Charges single positions at every point, without adding options up: the plain path, for checks. */
  readonly plain?: boolean;
  /** Called once, with the coarse surface. */
  readonly onCoarse?: (surface: MarginSurface) => void;
  /** Threads to compute on, for methodologies of the catalogue; default: the calling thread. The same bits either way. */
  readonly executor?: BlockExecutor;
}

/** Lines of the coarse surface along each axis, about. */
const coarseLines = 10;
/**
 * Profit, margin, headroom and greeks over a grid of price and volatility shocks, the methodology asked anew at each
 * shocked market: at a point every index, forward and volatility is shocked, the profit so far is added to equity, and
 * the methodology's own scenarios run from there. Price and volatility shocks are independent.
 *
 * The unshocked point (price move 0, volatility change 0) equals `runMargin` bit for bit, whatever the number of threads:
 * where options are added up (`mergedPoints`), single positions are charged at this point, the others equal the charge of
 * single positions to rounding. Coarse rows and columns come first; the final surface keeps their values.
 *
 * @param run what `runMargin` takes, with axes; `work` is asked for pauses and whether to stop
 * @returns the final surface; a failure as in `runMargin`, for axes outside their bounds, or `cancelled`
 * @source resources/docs/glossary.md, "margin surface"
 */
export async function marginSurface(run: SurfaceRun): Promise<Result<MarginSurface>> {
  const { methodology, rules, axes, market, kernel = bestKernel(), work = unwatched, onCoarse, executor } = run;
  const wrong = axesProblem(axes);
  if (wrong !== undefined) return failed("invalid-input", wrong, "axes");
  const based = basesOf(run, kernel);
  if (!based.ok) return based;
  const { under, built, remarks, hasBalance, of } = based.value;
  const { excluded } = built;
  const grid = surfaceGrid(spaced(axes.price), spaced(axes.volatility), hasBalance);
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
    kernel: `${kernel.name}, ${executor?.name ?? "1 thread"}`,
  });

  const from = of ?? { book: built.book };
  const merges = run.plain !== true && mergedBook(from.book, under.mergesOptions) !== undefined;
  const unshocked = merges ? () => unshockedPoint(built.book, under, run.kernel) : undefined;
  const stride = Math.max(1, Math.ceil((Math.max(axes.price.count, axes.volatility.count) - 1) / coarseLines));
  for (const step of stride === 1 ? [1] : [stride, 1]) {
    const filled = await fill(grid, step, { ...run, ...from, under, kernel, work, unshocked });
    if (!filled.ok) return filled;
    if (step > 1) onCoarse?.(surfaceOf("coarse", step));
  }
  return success(surfaceOf("final", 1));
}

/** The base of a run; for one with edits, beside it the book it starts from and what the edits change in it. */
function basesOf(run: SurfaceRun, kernel: RevaluationKernel): Result<SurfaceBase & { readonly of?: EditOf }> {
  const plainBase = surfaceBase({ ...run, edits: [] }, (book, under) => chargeNow(book, under, kernel));
  if (run.plain === true || (run.edits ?? []).length === 0 || !plainBase.ok)
    return surfaceBase(run, (book, under) => chargeNow(book, under, kernel));
  const from = plainBase.value.built.book;
  const editOf = (book: Book): EditOf | undefined => {
    const edit = bookEdit(from, book);
    return edit && { book: from, edit };
  };
  const edited = surfaceBase(run, (book, under) => chargeNow(book, under, kernel, editOf(book)));
  if (!edited.ok) return edited;
  const of = editOf(edited.value.built.book);
  return success(of === undefined ? edited.value : { ...edited.value, of });
}

interface Filling extends SurfaceRun {
  readonly book: Book;
  readonly edit?: BookEdit;
  readonly under: MethodologyUnderRules;
  readonly kernel: RevaluationKernel;
  readonly work: Work;
  /** The unshocked point from single positions, where the others are not. */
  readonly unshocked: (() => SurfacePoint) | undefined;
}

/** Computes the points that every `step`-th row and column lack: on many threads when there is an executor. */
async function fill(grid: SurfaceGrid, step: number, run: Filling): Promise<Result<void>> {
  const { methodology, rules, book, edit, plain = false, under, kernel, work, executor, axes } = run;
  const places = grid.missing(step);
  const shocks = {
    priceMoves: Float64Array.from(places, ({ column }) => grid.priceMoves[column] ?? Number.NaN),
    volatilityChanges: Float64Array.from(places, ({ row }) => grid.volatilityChanges[row] ?? Number.NaN),
  };
  const store = plain ? undefined : storeOf(book, under, shocks, axes.volatilityMode);
  const input = {
    ...{ methodology: methodology.id, parameters: rules.parameters, book, plain },
    ...{ volatilityMode: axes.volatilityMode, ...shocks },
    ...(edit === undefined ? {} : { edit }),
    ...(store === undefined ? {} : { store }),
  };
  const total = grid.priceMoves.length * grid.volatilityChanges.length;
  const before = grid.done();
  const progress: Work["progress"] = (done, of) =>
    work.progress(before + Math.round((places.length * done) / of), total, "points");
  const points = surfacePointsWork(input, under, kernel);
  const options = { priority: "interactive" as const, work: { ...work, progress } };
  const shared = executor !== undefined && kernel === bestKernel() && catalog.get(methodology.id) === methodology;
  const computed = shared ? executor.run(surfacePointsKind, input, options) : runHere(bestEngine(), points, options);
  const isUnshocked = (at: number): boolean => shocks.priceMoves[at] === 0 && shocks.volatilityChanges[at] === 0;
  // While other threads compute.
  const now = places.some((_, at) => isUnshocked(at)) ? run.unshocked?.() : undefined;
  const results = await computed;
  if (!results.ok) return results;
  surfacePointsOf(points, results.value).forEach((point, at) => {
    const place = places[at];
    if (place !== undefined) grid.set(place.row, place.column, (isUnshocked(at) ? now : undefined) ?? point);
  });
  return success(undefined);
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
