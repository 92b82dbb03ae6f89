import { DomainError } from "../base/index.ts";
import type { InstrumentId } from "../instrument/index.ts";
import type { ScenarioSet } from "../scenario/index.ts";
import { generatedArray } from "./generated-array.ts";
import type { PnlCube, PricedInstrument, RevaluationKernel } from "./pnl-cube.ts";

/**
 * Revalues one unit of each distinct instrument in every scenario of a set.
 *
 * @param set         scenarios; when it names an underlying, other instruments are left out
 * @param instruments instruments with their terms; repeated ids count once (the first stands)
 * @param kernel      fills the values of sets revalued by model
 * @returns one row per distinct instrument, in order of first appearance
 * @throws DomainError if a term is outside its bound, or an instrument of a `risk-array` set has no array
 */
export function buildCube(
  set: ScenarioSet,
  instruments: readonly PricedInstrument[],
  kernel: RevaluationKernel,
): PnlCube {
  const rowOf = new Map<InstrumentId, number>();
  const distinct: PricedInstrument[] = [];
  for (const priced of instruments) {
    const { id, underlying } = priced.instrument;
    if (rowOf.has(id) || (set.underlying !== undefined && set.underlying !== underlying)) continue;
    rowOf.set(id, distinct.length);
    distinct.push(priced);
  }
  return {
    setId: set.id,
    instrumentIds: distinct.map(({ instrument }) => instrument.id),
    scenarios: set.scenarios,
    rowOf,
    values: set.repricer === "risk-array" ? arrayPnl(distinct, set) : kernel.unitPnl(distinct, set.scenarios),
  };
}

/**
 * Profit of one unit from the arrays of a clearing house: taken from the terms, or made where the set says how.
 *
 *     profit = −array value / contract size
 *
 * @param instruments each with a `riskArray` in its terms, or with what making one needs
 * @param into        takes the values when given
 * @returns instrument-major, as `PnlCube.values`
 * @throws DomainError if an instrument has no array, or one of another length
 */
export function arrayPnl(
  instruments: readonly PricedInstrument[],
  { scenarios, generation }: Pick<ScenarioSet, "scenarios" | "generation">,
  into: Float64Array = new Float64Array(instruments.length * scenarios.length),
): Float64Array {
  const count = scenarios.length;
  instruments.forEach((priced, row) => {
    const { symbol, contractSize = 1 } = priced.instrument;
    const array = generation === undefined ? priced.terms.riskArray : generatedArray(priced, generation);
    if (array?.length !== count)
      throw new DomainError(`the array of ${symbol} must hold ${count} values`, array?.length ?? "none");
    for (let column = 0; column < count; column++) {
      const profit = -(array[column] ?? 0) / contractSize;
      into[row * count + column] = profit === 0 ? 0 : profit;
    }
  });
  return into;
}
