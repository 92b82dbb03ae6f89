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
 * @param instruments instruments of the book; repeated ids count once (the first stands). What did not change since the last call is not priced again
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
      const { priced, filled, cube } = frame;
      const width = cube.scenarios.length;
      const changed = takeTerms(frame, terms);
      const own = cube.values.subarray(0, priced.length * width);
      if (set.repricer === "risk-array") arrayPnl(priced, set, own);
      else if (2 * changed.length > priced.length) kernel.unitPnl(priced, cube.scenarios, own);
      else if (changed.length > 0) {
        const some = changed.flatMap((i) => priced[i] ?? []);
        const values = kernel.unitPnl(some, cube.scenarios);
        changed.forEach((i, at) => {
          own.set(values.subarray(at * width, (at + 1) * width), i * width);
        });
      }
      filled.forEach((row, i) => {
        fill?.(frame.set, row, cube.values, (priced.length + i) * width);
      });
      cubes.set(set.id, cube);
    }
    return cubes;
  };
}

/** Gives the instruments of a frame their terms; those whose terms are others than before have to be priced anew. */
function takeTerms({ priced, rows, isPriced }: Frame, terms: readonly PricingTerms[]): readonly number[] {
  const changed: number[] = [];
  for (let i = 0; i < priced.length; i++) {
    const at = terms[rows[i] ?? -1];
    const one = priced[i];
    if (at === undefined || one === undefined) continue;
    if (isPriced[i] === 0 || !isSamePrice(one.terms, at)) changed.push(i);
    one.terms = at;
    isPriced[i] = 1;
  }
  return changed;
}

/** Whether terms give the same profits, bit for bit. */
export function isSamePrice(one: PricingTerms, other: PricingTerms): boolean {
  return (
    one === other ||
    (one.forward === other.forward &&
      one.volatility === other.volatility &&
      one.years === other.years &&
      one.index === other.index &&
      one.mark === other.mark &&
      one.carry === other.carry &&
      one.smile === other.smile &&
      one.scan === other.scan &&
      one.riskArray === other.riskArray)
  );
}

/** What cubes of one scenario set share. */
interface Frame {
  readonly set: ScenarioSet;
  readonly cube: PnlCube;
  /** Instruments of the set; their terms change from point to point. */
  readonly priced: { readonly instrument: PricedInstrument["instrument"]; terms: PricingTerms }[];
  /** Index of each among the instruments of the book. */
  readonly rows: readonly number[];
  /** 1 for those whose values stand in the cube. */
  readonly isPriced: Uint8Array;
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
  // Neighbours of one expiry share what a shock is at it.
  const yearsOf = (row: number): number => instruments[row]?.terms.years ?? 0;
  rows.sort((a, b) => yearsOf(a) - yearsOf(b));
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
  return { set, cube, priced, rows, filled, isPriced: new Uint8Array(priced.length) };
}
