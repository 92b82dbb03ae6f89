import type { Scenario } from "../scenario/index.ts";
import type { PointRow } from "./class-sums.ts";
import { areSamePlaces, isSame, type Places } from "./point-blocks.ts";
import type { SurfaceAxes } from "./surface/surface-axes.ts";
import { volatilityShock } from "./volatility-shape.ts";

/** What changes of volatility are: parallel, or points of the term structure. */
export type VerticalMode = SurfaceAxes["volatilityMode"] | "term";

/** First points of the rows of each block. */
export type Cuts = readonly (readonly number[])[];

/** Rows of the points of a surface, by block; made when they are first asked for. */
export type RowsOfBlock = (block: number) => readonly PointRow[];

interface Known {
  readonly places: Places;
  readonly mode: VerticalMode;
  readonly cuts: Cuts;
  readonly rows: RowsOfBlock;
}

/** Coarse and fine points of the axes in use, and of those before. */
const mostKept = 4;

let latest: readonly Known[] = [];

/**
 * Rows of the points of a surface. The latest are kept: a what-if asks for the same points again, and its scenario lists are then the same
 * objects, by which kernels keep their plans.
 *
 * @param cuts blocks that end where the next begins
 */
export function pointRows(places: Places, mode: VerticalMode, cuts: Cuts): RowsOfBlock {
  const known = latest.find(
    (one) =>
      one.mode === mode &&
      areSamePlaces(one.places, places) &&
      one.cuts.length === cuts.length &&
      one.cuts.every((block, at) => isSame(block, cuts[at] ?? [])),
  );
  if (known !== undefined) return known.rows;
  const made = { places, mode, cuts, rows: makeRows(places, mode, cuts) };
  latest = [made, ...latest.slice(0, mostKept - 1)];
  return made.rows;
}

function makeRows({ priceMoves, volatilityChanges }: Places, mode: VerticalMode, cuts: Cuts): RowsOfBlock {
  const made: (readonly PointRow[] | undefined)[] = [];
  return (block) => {
    const starts = cuts[block] ?? [];
    const end = cuts[block + 1]?.[0] ?? priceMoves.length;
    const rows =
      made[block] ??
      starts.map((from, i): PointRow => {
        const to = starts[i + 1] ?? end;
        const moves = priceMoves.slice(from, to);
        const scenarios = scenariosOf(moves, volatilityChanges.subarray(from, to), mode);
        return { priceMoves: moves, shock: scenarios[0]?.volatility, scenarios };
      });
    made[block] = rows;
    return rows;
  };
}

/** Scenarios of points; one shock object for each volatility change, which the kernel computes once. */
function scenariosOf(
  priceMoves: Float64Array,
  volatilityChanges: Float64Array,
  mode: VerticalMode,
): readonly Scenario[] {
  const shocks = new Map(
    [...new Set(volatilityChanges)].map(
      (change) => [change, mode === "term" ? volatilityShock({ kind: mode, change }) : { change, mode }] as const,
    ),
  );
  return Array.from(priceMoves, (priceMove, at) => {
    const change = volatilityChanges[at] ?? 0;
    const volatility = change === 0 ? undefined : shocks.get(change);
    const id = `${priceMove}/${change}`;
    return { id, label: id, priceMove, ...(volatility === undefined ? {} : { volatility }) };
  });
}
