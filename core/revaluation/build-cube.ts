import { DomainError } from "../base/index.ts";
import type { InstrumentId } from "../instrument/index.ts";
import type { ScenarioSet } from "../scenario/index.ts";
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
    values:
      set.repricer === "risk-array"
        ? arrayPnl(distinct, set.scenarios.length)
        : kernel.unitPnl(distinct, set.scenarios),
  };
}

/**
 * Profit of one unit from the arrays of a clearing house: nothing is priced.
 *
 *     profit = −array value / contract size
 *
 * @param instruments each with a `riskArray` in its terms
 * @param count       values of an array
 * @param into        takes the values when given
 * @returns instrument-major, as `PnlCube.values`
 * @throws DomainError if an instrument has no array, or one of another length
 */
export function arrayPnl(
  instruments: readonly PricedInstrument[],
  count: number,
  into: Float64Array = new Float64Array(instruments.length * count),
): Float64Array {
  instruments.forEach(({ instrument: { symbol, contractSize = 1 }, terms: { riskArray } }, row) => {
    if (riskArray?.length !== count)
      throw new DomainError(`the array of ${symbol} must hold ${count} values`, riskArray?.length ?? "none");
    for (let column = 0; column < count; column++) {
      const profit = -(riskArray[column] ?? 0) / contractSize;
      into[row * count + column] = profit === 0 ? 0 : profit;
    }
  });
  return into;
}
