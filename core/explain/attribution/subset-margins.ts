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
import { mergedEntries, withMergedRows } from "./merged-entries.ts";

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
  /**
   * The same for coalitions of groups, options added up where the methodology allows: to rounding what `of` says of their positions.
   *
   * @param members entries of the book by group
   */
  readonly ofGroups: (members: readonly (readonly BookPosition[])[]) => GroupMargins;
}

/** Requirements of coalitions of groups. */
export interface GroupMargins {
  /** Entries that are charged for all groups together: what a coalition costs. */
  readonly entries: number;
  /** @param coalition one a group, 1 for those that are in */
  readonly of: (coalition: Uint8Array) => Result<number>;
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
  const chargeOf = (positions: readonly BookPosition[], cubes: (set: ScenarioSet) => PnlCube): Result<number> => {
    const part: Book = { ...book, positions };
    const refused = methodology.refuses?.(part);
    if (refused !== undefined) return { ok: false, failure: refused };
    const values = new Map(methodology.scenarios(part).map((set) => [set.id, cubes(set)]));
    const { accounts } = methodology.charge(part, revalued(values, false, true));
    const { initialUsd, maintenanceUsd } = totalsOf(accounts);
    return success(requirement === "initial" ? initialUsd : maintenanceUsd);
  };
  return {
    of: (positions) => chargeOf(positions, cubeOf),
    ofGroups: (members) => {
      const groups = new Map(members.flatMap((group, at) => group.map((entry) => [entry, at] as const)));
      const places = Int32Array.from(book.positions, (entry) => groups.get(entry) ?? -1);
      const { entries, merged } = mergedEntries(book.positions, places, methodology.mergesOptions);
      const known = new WeakMap<PnlCube, PnlCube>();
      const mergedCube = (set: ScenarioSet): PnlCube => {
        const cube = cubeOf(set);
        const found = known.get(cube) ?? withMergedRows(cube, merged, set.underlying);
        known.set(cube, found);
        return found;
      };
      return {
        entries: entries.length,
        of: (coalition) =>
          chargeOf(
            entries.flatMap(({ entry, group }) => (coalition[group] === 1 ? [entry] : [])),
            mergedCube,
          ),
      };
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
