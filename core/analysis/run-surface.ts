import { DomainError, failed, type Result, success, unwatched, type Work } from "../base/index.ts";
import { accuracyOf, type MarginRun } from "../margin/index.ts";
import { type Book, catalog, type MethodologyUnderRules } from "../methodology/index.ts";
import {
  type BlockExecutor,
  type BlockResults,
  type BlockWork,
  bestEngine,
  bestKernel,
  isSameSet,
  type JobOptions,
  type RevaluationKernel,
  runHere,
} from "../revaluation/index.ts";
import { evenlySpaced } from "../scenario/index.ts";
import { type BookEdit, bookEdit } from "./book-edit.ts";
import { chargeNow, type EditOf, unshockedPoint } from "./charge-now.ts";
import type { MarginSurface } from "./margin-surface.ts";
import { mergedBook } from "./merged-book.ts";
import type { Places } from "./point-blocks.ts";
import type { VerticalMode } from "./point-rows.ts";
import { movingUnderlyings } from "./reverse-stress/moved-book.ts";
import { keepBegun, takeBegun } from "./surface/begun-surface.ts";
import { depthPointsKind, depthPointsWork } from "./surface/depth-points.ts";
import {
  axesProblem,
  depthsOf,
  type SurfaceAxes,
  type SurfaceAxis,
  type SurfaceDepth,
  unknownUnderlying,
} from "./surface/surface-axes.ts";
import { type SurfaceBase, surfaceBase } from "./surface-base.ts";
import { type SurfaceGrid, surfaceGrid } from "./surface-grid.ts";
import type { SurfacePoint } from "./surface-point.ts";
import { storeOf } from "./surface-stores.ts";
import { surfacePointsKind, surfacePointsOf, surfacePointsWork } from "./surface-work.ts";

export interface SurfaceRun extends Omit<MarginRun, "standAlone"> {
  readonly axes: SurfaceAxes;
  /** Charges single positions at every point, without adding options up: the plain path, for checks. */
  readonly plain?: boolean;
  /** `coarse` stops at the coarse surface; a run over the same axes then goes on from there. Default: `final`. */
  readonly stage?: MarginSurface["stage"];
  /** Called once, with the coarse surface, unless it was asked for alone before. */
  readonly onCoarse?: (surface: MarginSurface) => void;
  /** Threads to compute on, for methodologies of the catalogue; default: the calling thread. The same bits either way. */
  readonly executor?: BlockExecutor;
}

/** Lines of the coarse surface along its longer axis, less one: from the first to the second number. */
const coarseLines = [8, 10] as const;

/**
 * Profit, margin, headroom and greeks over a grid of price and volatility shocks, the methodology asked anew at each
 * shocked market: at a point every index, forward and volatility is shocked, the profit so far is added to equity, and
 * the methodology's own scenarios run from there. Price and volatility shocks are independent.
 *
 * The unshocked point (price move 0, volatility change 0) equals `runMargin` bit for bit, whatever the number of threads:
 * where options are added up (`mergedPoints`), single positions are charged at this point, the others equal the charge of
 * single positions to rounding. Coarse rows and columns come first; the final surface keeps their values.
 *
 * Axes may move other things (`SurfaceAxes`): then single positions are charged, each point as `bookMover` moves the book. Several dates make
 * several surfaces: all coarse ones come first.
 *
 * @param run what `runMargin` takes, with axes; `work` is asked for pauses and whether to stop
 * @returns the final surface, or the coarse one where it is asked for alone; a failure as in `runMargin`, for axes outside their bounds, or `cancelled`
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
  const { vertical, underlying } = axes;
  const place = { under, key: JSON.stringify([axes, run.plain === true, kernel.name]) };
  const begun = run.stage === "coarse" ? undefined : takeBegun(built.book, place);
  const sheets = depthsOf(axes).map((depth, at) => ({
    depth,
    grid: begun?.[at] ?? surfaceGrid(spaced(axes.price), spaced(axes.volatility), hasBalance),
    days: axes.days?.[at],
  }));
  const sheetOf = ({ grid, days }: Sheet, stage: MarginSurface["stage"], stride: number): MarginSurface => ({
    ...grid.surface(stride),
    volatilityMode: axes.volatilityMode,
    ...(vertical === undefined ? {} : { vertical }),
    ...(underlying === undefined ? {} : { underlying }),
    ...(days === undefined ? {} : { days }),
    stage,
    methodology: methodology.id,
    version: rules.version,
    overridden: rules.overrides.length > 0,
    accuracy: accuracyOf(methodology.accuracy, remarks),
    excluded: excluded.length,
    asOfMs: market.asOfMs,
    kernel: `${kernel.name}, ${executor?.name ?? "1 thread"}`,
  });
  const surfaceOf = (stage: MarginSurface["stage"], stride: number): MarginSurface => {
    const [first, ...later] = sheets.map((sheet) => sheetOf(sheet, stage, stride));
    if (first === undefined) throw new DomainError("a surface needs a date", axes.days);
    return later.length === 0 ? first : { ...first, later };
  };

  const from = of ?? { book: built.book };
  const merges = run.plain !== true && mergedBook(from.book, under.mergesOptions) !== undefined;
  const unknown = unknownUnderlying(axes, namesOf(built.book, axes));
  if (unknown !== undefined) return failed("invalid-input", unknown, "axes");
  const unshocked = merges ? () => unshockedPoint(built.book, under, run.kernel, of?.book) : undefined;
  const stride = coarseStride(Math.max(axes.price.count, axes.volatility.count));
  for (const step of stride === 1 || begun !== undefined ? [1] : [stride, 1]) {
    for (const [at, { grid, depth }] of sheets.entries()) {
      const progress: Work["progress"] = (done, total) =>
        work.progress(
          sheets.reduce((sum, one) => sum + one.grid.done(), done),
          sheets.length * total,
          "points",
        );
      const filled = await fill(grid, step, {
        ...run,
        ...from,
        under,
        kernel,
        work: { ...work, progress },
        unshocked,
        depth,
      });
      if (!filled.ok) return filled;
      if (step === 1 && at + 1 < sheets.length) await work.pause();
    }
    if (step === 1) break;
    const coarse = surfaceOf("coarse", step);
    if (run.stage === "coarse") {
      keepBegun(built.book, { ...place, grids: sheets.map(({ grid }) => grid) });
      return success(coarse);
    }
    onCoarse?.(coarse);
  }
  return success(surfaceOf("final", 1));
}

/** Every so many-th line is one of the coarse surface: the middle one is, where that can be. */
function coarseStride(count: number): number {
  const [least, most] = coarseLines;
  const smallest = Math.max(1, Math.ceil((count - 1) / most));
  for (let stride = Math.ceil((count - 1) / least); stride > smallest; stride--)
    if ((0.5 * (count - 1)) % stride === 0) return stride;
  return smallest;
}

/** The base of a run; for one with edits or legs, beside it the book it starts from and what they change in it. */
export function basesOf(
  run: Omit<SurfaceRun, "onCoarse">,
  kernel: RevaluationKernel,
): Result<SurfaceBase & { readonly of?: EditOf }> {
  const plainBase = surfaceBase({ ...run, edits: [], legs: [] }, (book, under) => chargeNow(book, under, kernel));
  const isEdited = (run.edits ?? []).length > 0 || (run.legs ?? []).length > 0;
  if (run.plain === true || !isEdited || !plainBase.ok)
    return surfaceBase(run, (book, under) => chargeNow(book, under, kernel));
  const from = plainBase.value.built.book;
  const editOf = (book: Book): EditOf | undefined => {
    const edit = sameScenarios(plainBase.value.under, from, book) ? bookEdit(from, book) : undefined;
    return edit && { book: from, edit };
  };
  const edited = surfaceBase(run, (book, under) => chargeNow(book, under, kernel, editOf(book)));
  if (!edited.ok) return edited;
  const of = editOf(edited.value.built.book);
  return success(of === undefined ? edited.value : { ...edited.value, of });
}

/** Sums of a book serve its edit in the same scenarios only; a leg in another underlying brings its own. */
function sameScenarios(methodology: MethodologyUnderRules, from: Book, to: Book): boolean {
  const [before, after] = [methodology.scenarios(from), methodology.scenarios(to)];
  return (
    before.length === after.length &&
    before.every((set, at) => {
      const other = after[at];
      return other?.id === set.id && isSameSet(set, other);
    })
  );
}

interface Sheet {
  readonly grid: SurfaceGrid;
  readonly days: number | undefined;
}

interface Filling extends SurfaceRun {
  readonly book: Book;
  readonly edit?: BookEdit;
  readonly under: MethodologyUnderRules;
  readonly kernel: RevaluationKernel;
  readonly work: Work;
  /** The unshocked point from single positions, where the others are not. */
  readonly unshocked: (() => SurfacePoint) | undefined;
  /** What moves beyond price and parallel volatility. */
  readonly depth: SurfaceDepth | undefined;
}

/** Computes the points that every `step`-th row and column lack: on many threads when there is an executor. */
async function fill(grid: SurfaceGrid, step: number, run: Filling): Promise<Result<void>> {
  const { methodology, kernel, work, executor, depth } = run;
  const places = grid.missing(step);
  const shocks: Places = {
    priceMoves: Float64Array.from(places, ({ column }) => grid.priceMoves[column] ?? Number.NaN),
    volatilityChanges: Float64Array.from(places, ({ row }) => grid.volatilityChanges[row] ?? Number.NaN),
  };
  const total = grid.priceMoves.length * grid.volatilityChanges.length;
  const before = grid.done();
  const progress: Work["progress"] = (done, of) =>
    work.progress(before + Math.round((places.length * done) / of), total, "points");
  const options = { priority: "interactive" as const, work: { ...work, progress } };
  const shared = executor !== undefined && kernel === bestKernel() && catalog.get(methodology.id) === methodology;
  const { points, share } = pointsWork(run, shocks);
  const computed = shared ? share(executor, options) : runHere(bestEngine(), points, options);
  const isUnshocked = (at: number): boolean =>
    depth === undefined && shocks.priceMoves[at] === 0 && shocks.volatilityChanges[at] === 0;
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

interface PointsWork {
  readonly points: BlockWork;
  /** The same on the threads of an executor. */
  readonly share: (executor: BlockExecutor, options: JobOptions) => Promise<Result<BlockResults>>;
}

/** The work of some points: options added up where only prices and volatilities of all underlyings move. */
function pointsWork(run: Filling, shocks: Places): PointsWork {
  const { methodology, rules, book, edit, plain = false, under, kernel, axes, depth } = run;
  const common = {
    ...{ methodology: methodology.id, parameters: rules.parameters, book, ...shocks },
    ...(edit === undefined ? {} : { edit }),
  };
  const volatilityMode = depth === undefined ? axes.volatilityMode : termMode(depth);
  if (depth !== undefined && (volatilityMode === undefined || plain)) {
    const input = { ...common, depth };
    return {
      points: depthPointsWork(input, under, kernel),
      share: (executor, options) => executor.run(depthPointsKind, input, options),
    };
  }
  const store = plain ? undefined : storeOf(book, under, shocks, volatilityMode ?? "relative");
  const input = {
    ...{ ...common, plain, volatilityMode: volatilityMode ?? ("relative" as const) },
    ...(store === undefined ? {} : { store }),
  };
  return {
    points: surfacePointsWork(input, under, kernel),
    share: (executor, options) => executor.run(surfacePointsKind, input, options),
  };
}

/** A change of the term structure is the same shock for all options of an expiry, which are added up as under a parallel one. */
function termMode({ vertical, underlying, days }: SurfaceDepth): VerticalMode | undefined {
  return vertical.kind === "term" && underlying === undefined && days === 0 ? "term" : undefined;
}

/** Underlyings that move a book; looked for only where axes name one. */
export function namesOf(book: Book, { underlying, vertical }: SurfaceAxes): readonly string[] | undefined {
  if (underlying === undefined && vertical?.kind !== "price") return undefined;
  return movingUnderlyings(book).map((one) => one.underlying);
}

function spaced({ from, to, count }: SurfaceAxis): Float64Array {
  return evenlySpaced(from, to, count);
}
