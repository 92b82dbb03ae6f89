import { DomainError } from "../base/index.ts";
import type { InstrumentId } from "../instrument/index.ts";
import type { ScenarioSet } from "../scenario/index.ts";
import type { PnlCube, PricedInstrument, RevaluationKernel } from "./pnl-cube.ts";

/**
 * Revalues one unit of each distinct instrument in every scenario of a set.
 *
 * @param set         scenarios; when it names an underlying, other instruments are left out
 * @param instruments instruments with their terms; repeated ids count once (the first stands)
 * @param kernel      fills the values
 * @returns one row per distinct instrument, in order of first appearance
 * @throws DomainError if the set is not revalued by model, or a term is outside its bound
 */
export function buildCube(
  set: ScenarioSet,
  instruments: readonly PricedInstrument[],
  kernel: RevaluationKernel,
): PnlCube {
  if (set.repricer !== "model") throw new DomainError("a cube is revalued by model", set.repricer);
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
    values: kernel.unitPnl(distinct, set.scenarios),
  };
}
