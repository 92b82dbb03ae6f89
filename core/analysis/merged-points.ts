import type { Charge, MethodologyUnderRules } from "../methodology/index.ts";
import { type EngineKernel, marketPlan, marketSums, type RevaluationKernel } from "../revaluation/index.ts";
import type { Scenario, ScenarioSet } from "../scenario/index.ts";
import { addClassGreeks, type BookGreeks, bookGreeks } from "./book-greeks.ts";
import { amongSets, type ClassSums, type PointRow, plansOf } from "./class-sums.ts";
import { type MergedBook, type OptionClass, type Singles, singlesOf } from "./merged-book.ts";
import { columnPoints } from "./merged-columns.ts";
import { pointCubes, type RowFill } from "./point-cubes.ts";
import { type ShockedBook, shockedBook } from "./shocked-book.ts";
import type { BlockOfRows, Summing } from "./sum-store.ts";
import { chargeAt, type SurfacePoint, surfacePoint } from "./surface-point.ts";

/** Computes the points of rows, one after the other. */
export type RowsOfPoints = (engine: EngineKernel, block: BlockOfRows) => Iterable<SurfacePoint>;

/**
 * Points of a surface over a merged book: what a class of options adds to profit, marks, deltas and scenarios is summed by
 * the kernel for all points of a row at once, and the methodology's own charge runs on one entry a class.
 *
 * Each figure is that of the single positions to rounding: sums are in another order, and the price at a point is
 * ln(F/K) + ln(1+p) instead of ln(F(1+p)/K). Both are below 1e-14 of gross notional; a requirement moves by no more than its
 * method multiplies that.
 *
 * @param summing     gives the sums of the classes
 * @param onStatement is given the charge of each point, its lines then going down to positions
 */
export function mergedPoints(
  merged: MergedBook,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
  summing: Summing,
  onStatement?: (charge: Charge) => void,
): RowsOfPoints {
  const { book, holdings, classes, classOf } = merged;
  const isMerged = (row: number): boolean => (classOf[row] ?? -1) >= 0;
  const cubes = pointCubes(holdings.instruments, kernel, isMerged);
  const single = singlesOf(merged);
  const { sets } = summing;
  // Rows are summed in the scenarios of the unshocked market; pointCubes passes the sets it keeps.
  const isKnown = amongSets(sets);
  const plansAt = plansOf(sets);
  const count = holdings.instruments.length;
  const unitProfits = new Float64Array(count);
  const inColumns =
    onStatement === undefined &&
    methodology.chargeColumns !== undefined &&
    sets.every(({ repricer }) => repricer === "model")
      ? columnPoints(merged, methodology.chargeColumns, kernel, sets)
      : undefined;
  const unstated = (): Float64Array => new Float64Array(count).fill(Number.NaN);
  const stated = { marks: unstated(), deltas: unstated(), models: unstated() };

  return function* (engine, block) {
    const [first] = block.rows;
    if (first === undefined) return;
    const tools = { engine, kernel, sets, plans: plansAt(first.priceMoves) };
    const summed = summing.of(block, tools);
    for (const [at, row] of block.rows.entries()) {
      const sums = summed.map((byRow) => byRow[at] as ClassSums);
      const units = kernel.unitPnl(single.instruments, row.scenarios);
      const points = inColumns?.(row, sums, units);
      for (const [point, scenario] of row.scenarios.entries()) {
        const known = points?.[point];
        // A book that does not move keeps what its venue states, which columns do not hold.
        yield known === undefined || isStill(scenario) ? pointOf(engine, { row, sums, units }, point, scenario) : known;
      }
    }
  };

  function pointOf(
    engine: EngineKernel,
    { row, sums, units }: SummedRow,
    point: number,
    scenario: Scenario,
  ): SurfacePoint {
    const points = row.scenarios.length;
    single.rows.forEach((at, i) => {
      unitProfits[at] = units[i * points + point] as number;
    });
    classes.forEach(({ row: at, quantity }, i) => {
      const { profits, values, models, sensitivities } = sums[i] as ClassSums;
      unitProfits[at] = (profits[point] as number) / quantity;
      stated.marks[at] = (values[point] as number) / quantity;
      stated.models[at] = (models[point] as number) / quantity;
      stated.deltas[at] = (sensitivities[point] as number) / quantity;
    });
    const shocked = shockedBook(book, holdings, scenario, unitProfits, stated);
    const fill: RowFill = (set, at, into, from) => {
      const one = classes[classOf[at] ?? -1];
      const summed = sums[classOf[at] ?? -1];
      if (one === undefined || summed === undefined) return;
      const cells = isKnown(set) ? summed.cells.get(set.id) : undefined;
      const width = set.scenarios.length;
      const own = cells ?? sumsAt(engine, one.members, row, point, set);
      const first = cells === undefined ? 0 : point * width;
      for (let j = 0; j < width; j++) into[from + j] = (own[first + j] as number) / one.quantity;
    };
    const charge = chargeAt(shocked, methodology, cubes, onStatement === undefined ? "amounts" : true, fill);
    onStatement?.(charge);
    return surfacePoint(shocked, greeksAt(shocked, single, merged, sums, point), charge);
  }
}

/** A row with the sums of its classes, and the profits of one unit of its other instruments, `[instrument * points + point]`. */
interface SummedRow {
  readonly row: PointRow;
  readonly sums: readonly ClassSums[];
  readonly units: Float64Array;
}

function isStill({ priceMove, volatility }: Scenario): boolean {
  return priceMove === 0 && volatility === undefined;
}

/** A methodology whose scenarios differ at this point: the class is summed for it alone. */
function sumsAt(
  engine: EngineKernel,
  members: Parameters<typeof marketSums>[2],
  { priceMoves, shock }: PointRow,
  point: number,
  { scenarios }: ScenarioSet,
): Float64Array {
  const sums = new Float64Array(scenarios.length);
  marketSums(engine, marketPlan(priceMoves.slice(point, point + 1), scenarios), members, [shock], sums);
  return sums;
}

/** As `bookGreeks` of the single positions. */
function greeksAt(
  { terms }: ShockedBook,
  single: Singles,
  { classes }: MergedBook,
  sums: readonly ClassSums[],
  point: number,
): BookGreeks {
  const totals = {
    ...bookGreeks(
      single.rows.flatMap((row) => terms[row] ?? []),
      single,
    ),
  };
  for (let i = 0; i < classes.length; i++) {
    const index = terms[(classes[i] as OptionClass).row]?.index ?? Number.NaN;
    addClassGreeks(totals, sums[i] as ClassSums, point, index);
  }
  return totals;
}
