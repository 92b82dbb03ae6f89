import { type Result, success } from "../../base/index.ts";
import { revalued, totalsOf } from "../../margin/index.ts";
import type { Book, BookPosition, MethodologyUnderRules } from "../../methodology/index.ts";
import {
  buildCube,
  isSameSet,
  type PnlCube,
  type PricedInstrument,
  type RevaluationKernel,
} from "../../revaluation/index.ts";
import type { ScenarioSet } from "../../scenario/index.ts";

/** Which total of an account is split. */
export type Requirement = "initial" | "maintenance";

/** Requirements of parts of one book at one market: revalued once, charged as often as asked. */
export interface SubsetMargins {
  /**
   * Requirement of some positions, with what belongs to no position.
   *
   * @param positions entries of the book, or the same instruments at other quantities
   * @returns USD, ≥ 0; the reason of a methodology that refuses this part
   */
  readonly of: (positions: readonly BookPosition[]) => Result<number>;
}

/**
 * Requirements of parts of a book. Cubes hold one unit of every instrument of the whole book: a part takes its rows from them. Only a part that
 * asks for scenarios which the whole does not have is revalued, once.
 *
 * @param book        the whole; its balances and components are in every part
 * @param methodology under its rules
 * @param requirement which total
 */
export function subsetMargins(
  book: Book,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
  requirement: Requirement,
): SubsetMargins {
  const instruments = book.positions.map(({ position, terms }) => ({ instrument: position.instrument, terms }));
  const cubeOf = cubesBySet(instruments, kernel);
  return {
    of: (positions) => {
      const part: Book = { ...book, positions };
      const refused = methodology.refuses?.(part);
      if (refused !== undefined) return { ok: false, failure: refused };
      const cubes = new Map(methodology.scenarios(part).map((set) => [set.id, cubeOf(set)]));
      const { accounts } = methodology.charge(part, revalued(cubes, false, true));
      const { initialUsd, maintenanceUsd } = totalsOf(accounts);
      return success(requirement === "initial" ? initialUsd : maintenanceUsd);
    },
  };
}

/** Cubes of all instruments by the contents of a set; a methodology may name other scenarios by the same id for another part. */
function cubesBySet(
  instruments: readonly PricedInstrument[],
  kernel: RevaluationKernel,
): (set: ScenarioSet) => PnlCube {
  const known = new Map<string, { readonly set: ScenarioSet; readonly cube: PnlCube }[]>();
  const same = new WeakMap<ScenarioSet, PnlCube>();
  return (set) => {
    const before = same.get(set);
    if (before !== undefined) return before;
    const found = known.get(set.id)?.find((one) => one.set.underlying === set.underlying && isSameSet(one.set, set));
    const cube = found?.cube ?? buildCube(set, instruments, kernel);
    if (found === undefined) known.set(set.id, [...(known.get(set.id) ?? []), { set, cube }]);
    same.set(set, cube);
    return cube;
  };
}
