import type { MarginResult } from "../margin/index.ts";
import { type Line, walk } from "../methodology/index.ts";
import { differenceOf, type RuleDifference } from "../rulebook/index.ts";

/** A line that differs between two results; a side without it leaves its amount out. */
export interface LineDifference {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly from?: number;
  readonly to?: number;
  /** `to − from`; a missing side counts 0. */
  readonly change: number;
}

export interface ResultDifference {
  /** Which inputs differ, in words: `portfolio`, `market`, `history`, `parameters`, `methodology`, `kernel`. */
  readonly inputs: readonly string[];
  readonly parameters: readonly RuleDifference[];
  /** Largest change first; equal lines are left out. */
  readonly lines: readonly LineDifference[];
}

/**
 * What differs between two results, and which inputs explain it. Lines are compared by id.
 *
 * @param from the earlier or stored result
 * @param to   the other
 */
export function differenceOfResults(from: MarginResult, to: MarginResult): ResultDifference {
  const same = {
    methodology: from.methodology.id === to.methodology.id,
    portfolio: from.inputs.portfolio === to.inputs.portfolio,
    market: from.inputs.market === to.inputs.market,
    history: from.inputs.history === to.inputs.history,
    parameters: from.inputs.parameters === to.inputs.parameters,
    kernel: from.kernel === to.kernel,
  };
  const [before, after] = [byId(from), byId(to)];
  const lines = [...new Set([...before.keys(), ...after.keys()])].flatMap((id): LineDifference[] => {
    const [old, now] = [before.get(id), after.get(id)];
    const line = now ?? old;
    if (line === undefined || (old?.amount === now?.amount && old?.unit === now?.unit)) return [];
    return [
      {
        id,
        label: line.label,
        unit: line.unit,
        ...(old === undefined ? {} : { from: old.amount }),
        ...(now === undefined ? {} : { to: now.amount }),
        change: (now?.amount ?? 0) - (old?.amount ?? 0),
      },
    ];
  });
  return {
    inputs: Object.entries(same).flatMap(([name, equal]) => (equal ? [] : [name])),
    parameters: differenceOf(from.rules.parameters, to.rules.parameters),
    lines: lines.sort((a, b) => Math.abs(b.change) - Math.abs(a.change)),
  };
}

function byId(result: MarginResult): Map<string, Line> {
  const tops = result.accounts.flatMap(({ initial, maintenance, equity, marginBalance }) => [
    initial,
    maintenance,
    equity,
    marginBalance,
  ]);
  return new Map(
    tops.flatMap((top) => (top === undefined ? [] : [...walk(top)].map((line) => [line.id, line] as const))),
  );
}
