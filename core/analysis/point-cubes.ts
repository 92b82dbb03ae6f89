import type { InstrumentId } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import {
  arrayPnl,
  isSameSet,
  type PnlCube,
  type PricedInstrument,
  type RevaluationKernel,
} from "../revaluation/index.ts";
import type { ScenarioSet } from "../scenario/index.ts";

/**
 * Cubes of the sets at terms given by instrument; they hold until the next call, which writes into the same memory.
 * `fill` gives the rows of instruments that stand for several.
 */
export type PointCubes = (
  terms: readonly PricingTerms[],
  sets: readonly ScenarioSet[],
  fill?: RowFill,
) => ReadonlyMap<string, PnlCube>;

/** Writes the unit profits of an instrument in the scenarios of a set, from `at` on. */
export type RowFill = (set: ScenarioSet, row: number, into: Float64Array, at: number) => void;

/**
 * As `buildCube` for the same instruments at many markets: rows, look-ups, memory and the plan of a scenario list are
 * made once, and the values are the same bits.
 *
 * @param instruments instruments of the book; repeated ids count once (the first stands)
 * @param isFilled    rows of instruments whose values `fill` gives; none when absent
 */
export function pointCubes(
  instruments: readonly PricedInstrument[],
  kernel: RevaluationKernel,
  isFilled: (row: number) => boolean = () => false,
): PointCubes {
  const frames = new Map<string, Frame>();
  return (terms, sets, fill) => {
    const cubes = new Map<string, PnlCube>();
    for (const set of sets) {
      const known = frames.get(set.id);
      const frame = known !== undefined && isSameSet(known.set, set) ? known : frameOf(set, instruments, isFilled);
      frames.set(set.id, frame);
      const { priced, rows, filled, cube } = frame;
      const width = cube.scenarios.length;
      for (let i = 0; i < priced.length; i++) {
        const at = terms[rows[i] ?? -1];
        const one = priced[i];
        if (at !== undefined && one !== undefined) one.terms = at;
      }
      const own = cube.values.subarray(0, priced.length * width);
      if (set.repricer === "risk-array") arrayPnl(priced, set, own);
      else kernel.unitPnl(priced, cube.scenarios, own);
      filled.forEach((row, i) => {
        fill?.(frame.set, row, cube.values, (priced.length + i) * width);
      });
      cubes.set(set.id, cube);
    }
    return cubes;
  };
}

/** What cubes of one scenario set share. */
interface Frame {
  readonly set: ScenarioSet;
  readonly cube: PnlCube;
  /** Instruments of the set; their terms change from point to point. */
  readonly priced: { readonly instrument: PricedInstrument["instrument"]; terms: PricingTerms }[];
  /** Index of each among the instruments of the book. */
  readonly rows: readonly number[];
  /** Indices of instruments that are filled: their rows stand behind the priced ones. */
  readonly filled: readonly number[];
}

function frameOf(
  set: ScenarioSet,
  instruments: readonly PricedInstrument[],
  isFilled: (row: number) => boolean,
): Frame {
  const seen = new Set<InstrumentId>();
  const rows: number[] = [];
  const filled: number[] = [];
  instruments.forEach(({ instrument: { id, underlying } }, row) => {
    if (seen.has(id) || (set.underlying !== undefined && set.underlying !== underlying)) return;
    seen.add(id);
    (isFilled(row) ? filled : rows).push(row);
  });
  const instrumentsOf = (chosen: readonly number[]) =>
    chosen.flatMap((row) => {
      const one = instruments[row];
      return one === undefined ? [] : [{ instrument: one.instrument, terms: one.terms }];
    });
  const priced = instrumentsOf(rows);
  const instrumentIds = [...priced, ...instrumentsOf(filled)].map(({ instrument }) => instrument.id);
  const cube: PnlCube = {
    setId: set.id,
    instrumentIds,
    scenarios: set.scenarios,
    rowOf: new Map(instrumentIds.map((id, row) => [id, row])),
    values: new Float64Array(instrumentIds.length * set.scenarios.length),
  };
  return { set, cube, priced, rows, filled };
}
