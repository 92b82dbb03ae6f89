import { DomainError, failed, type Result, success, unwatched } from "../../base/index.ts";
import { catalog } from "../../methodology/index.ts";
import { bestEngine, bestKernel, runHere } from "../../revaluation/index.ts";
import { evenlySpaced } from "../../scenario/index.ts";
import { basesOf, namesOf, type SurfaceRun } from "../run-surface.ts";
import type { BorderSegment } from "./border-cells.ts";
import { type BorderPath, borderPaths } from "./border-lines.ts";
import { borderKind, borderWork, type TileResult } from "./border-work.ts";
import { type RegionChange, type RegionKind, type RegionState, regionChanges, regionLabels } from "./region-state.ts";
import { axesProblem, type SurfaceDepth, type SurfaceVertical, unknownUnderlying } from "./surface-axes.ts";

export interface SurfaceBordersRun extends Omit<SurfaceRun, "plain" | "onCoarse"> {
  readonly by: RegionKind;
  /** Share of the axes; 1e-4 to 0.1. */
  readonly tolerance: number;
}

/** A border: on its left the region of the smaller number. */
export interface BorderLine extends BorderPath {
  /** What takes over from left to right; the first says it best. */
  readonly changes: readonly RegionChange[];
}

/** Regions of a surface and the borders between them. */
export interface SurfaceBorders {
  readonly priceMoves: Float64Array;
  /** Rows. */
  readonly changes: Float64Array;
  readonly volatilityMode: "relative" | "absolute";
  readonly vertical?: SurfaceVertical;
  readonly underlying?: string;
  readonly days?: number;
  readonly by: RegionKind;
  /** By number: what holds there, as far as it is not the same everywhere. */
  readonly regions: readonly string[];
  /** Number of the region at each grid point, row by row. */
  readonly regionOf: Int16Array;
  /** Longest first. */
  readonly lines: readonly BorderLine[];
  /** Share of the axes within which borders lie where they are drawn. */
  readonly tolerance: number;
  /** Smallest cells in which more than two regions meet, or that were not looked into further. */
  readonly unresolved: number;
  /** Markets at which the methodology was asked. */
  readonly evaluations: number;
}

/** Points of the grid along an axis that every border of some length crosses. */
const leastPoints = 3;

/**
 * Regions of a surface, in which one scenario (or one structure of the statement) binds, and the borders between them, closed in on by bisection. The
 * methodology is asked at every point; single positions are charged, as in `marginSurface` with `plain`.
 *
 * @param run what `marginSurface` takes, with at most one date
 * @returns failures as in `marginSurface`
 * @source resources/docs/surfaces.md, "Regions and borders"
 */
export async function surfaceBorders(run: SurfaceBordersRun): Promise<Result<SurfaceBorders>> {
  const { axes, by, tolerance, methodology, rules, kernel = bestKernel(), work = unwatched, executor } = run;
  const wrong = axesProblem(axes) ?? bordersProblem(run);
  if (wrong !== undefined) return failed("invalid-input", wrong, "axes");
  const based = basesOf(run, kernel);
  if (!based.ok) return based;
  const { under, built, of } = based.value;
  const unknown = unknownUnderlying(axes, namesOf(built.book, axes));
  if (unknown !== undefined) return failed("invalid-input", unknown, "axes");
  const { vertical, volatilityMode, underlying, days } = axes;
  const depth: SurfaceDepth = {
    ...{ vertical: vertical ?? { kind: "volatility" }, volatilityMode, days: days?.[0] ?? 0 },
    ...(underlying === undefined ? {} : { underlying }),
  };
  const grid = {
    priceMoves: evenlySpaced(axes.price.from, axes.price.to, axes.price.count),
    changes: evenlySpaced(axes.volatility.from, axes.volatility.to, axes.volatility.count),
  };
  const input = {
    ...{ methodology: methodology.id, parameters: rules.parameters, ...(of ?? { book: built.book }) },
    ...{ depth, by, tolerance, ...grid },
  };
  const options = { priority: "background" as const, work, label: "parts of the surface" };
  const shared = executor !== undefined && kernel === bestKernel() && catalog.get(methodology.id) === methodology;
  const results = await (shared
    ? executor.run(borderKind, input, options)
    : runHere(bestEngine(), borderWork(input, under, kernel), options));
  if (!results.ok) return results;
  return success({
    ...grid,
    ...{ volatilityMode, by, tolerance },
    ...(vertical === undefined ? {} : { vertical }),
    ...(underlying === undefined ? {} : { underlying }),
    ...(days?.[0] === undefined ? {} : { days: days[0] }),
    ...joined(results.value.notes, grid),
  });
}

function bordersProblem({ axes, tolerance }: SurfaceBordersRun): string | undefined {
  if ((axes.days?.length ?? 0) > 1) return "borders are found for one date at a time";
  if (axes.price.count < leastPoints || axes.volatility.count < leastPoints)
    return `regions need at least ${leastPoints} points along each axis`;
  return tolerance >= 1e-4 && tolerance <= 0.1
    ? undefined
    : `a tolerance is 1e-4 to 0.1 of the axes; found ${tolerance}`;
}

type Joined = Pick<SurfaceBorders, "regions" | "regionOf" | "lines" | "unresolved" | "evaluations">;

/** Tiles joined: regions get one number each, those of the grid in the order of the tiles. */
function joined(
  notes: readonly (readonly string[])[],
  { priceMoves, changes }: Pick<SurfaceBorders, "priceMoves" | "changes">,
): Joined {
  const tiles = notes.map(([text]) => {
    if (text === undefined) throw new DomainError("a tile says what it found", notes.length);
    return JSON.parse(text) as TileResult;
  });
  const states: RegionState[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (tile: TileResult, local: number): number => {
    const state = tile.regions[local];
    if (state === undefined) throw new DomainError("a region has a state", local);
    const known = numbers.get(state.id) ?? states.push(state) - 1;
    numbers.set(state.id, known);
    return known;
  };
  const regionOf = new Int16Array(priceMoves.length * changes.length);
  for (const tile of tiles)
    for (const [row, column, local] of tile.corners) regionOf[row * priceMoves.length + column] = numberOf(tile, local);
  const segments = tiles.flatMap((tile) =>
    tile.segments.map(
      (one): BorderSegment => ({ ...one, left: numberOf(tile, one.left), right: numberOf(tile, one.right) }),
    ),
  );
  const span = (values: Float64Array): number => (values.at(-1) ?? 0) - (values[0] ?? 0);
  const lines = borderPaths(segments, span(priceMoves), span(changes)).map((path): BorderLine => {
    const [left, right] = [states[path.left], states[path.right]];
    return { ...path, changes: left === undefined || right === undefined ? [] : regionChanges(left, right) };
  });
  const total = (of: (tile: TileResult) => number): number => tiles.reduce((sum, tile) => sum + of(tile), 0);
  return {
    regions: regionLabels(states),
    ...{ regionOf, lines },
    unresolved: total((tile) => tile.unresolved),
    evaluations: total((tile) => tile.evaluations),
  };
}
