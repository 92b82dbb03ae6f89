import type { Instrument, InstrumentId } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import type { Scenario } from "../scenario/index.ts";

/** An instrument with the numbers its price needs: the unit of revaluation, whoever holds it. */
export interface PricedInstrument {
  readonly instrument: Instrument;
  readonly terms: PricingTerms;
}

/**
 * Profit of ONE unit of each instrument in each scenario. Positions multiply it, so a changed quantity never reprices.
 */
export interface PnlCube {
  readonly setId: string;
  readonly instrumentIds: readonly InstrumentId[];
  readonly scenarios: readonly Scenario[];
  /** Row of an instrument in `values`. */
  readonly rowOf: ReadonlyMap<InstrumentId, number>;
  /**
   * Instrument-major: `values[row * scenarios.length + column]`. Settlement currency per unit of quantity
   * (`quantityUnit`); gain > 0 for a long unit. Exactly 0 where nothing moves.
   */
  readonly values: Float64Array;
}

/** The one seam for faster engines: fills a cube's values. Same inputs, same bits. */
export interface RevaluationKernel {
  readonly name: string;
  /**
   * @param into takes the values when given: instruments × scenarios long, its contents overwritten
   * @returns instrument-major, as `PnlCube.values`
   */
  unitPnl(instruments: readonly PricedInstrument[], scenarios: readonly Scenario[], into?: Float64Array): Float64Array;
}
