import { numbersOf } from "../../base/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import { type AboutContract, oncePerContracts } from "./once-per-contracts.ts";

/**
 * Rows of contracts in a cube, in their order.
 *
 * @returns row of each; NaN of a contract that is not in the cube
 */
export function cubeRows({ rowOf }: PnlCube, list: readonly AboutContract[]): Float64Array {
  return rowsIn(list, rowOf);
}

const rowsIn = oncePerContracts((list, rowOf: PnlCube["rowOf"]) =>
  numbersOf(list, ({ instrument }) => rowOf.get(instrument.id) ?? Number.NaN),
);
