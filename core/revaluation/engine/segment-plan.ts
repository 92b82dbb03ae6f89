import { DomainError } from "../../base/index.ts";
import type { Scenario, VolatilityShock } from "../../scenario/index.ts";
import { checkedMove } from "./domain.ts";

/**
 * A scenario list as the kernel wants it: one run of columns for each distinct volatility shock, ascending in price,
 * each run of even length (its last column repeated). The first run is the unshocked state, from which profit counts.
 */
export interface SegmentPlan {
  readonly shocks: readonly (VolatilityShock | undefined)[];
  /** Days that pass in each run; ≥ 0. */
  readonly decayDays: readonly number[];
  readonly starts: Float64Array;
  readonly lengths: Float64Array;
  /** ln(1 + m) and 1 + m of each column. */
  readonly logMoves: Float64Array;
  readonly growths: Float64Array;
  /** Column of each scenario; −1 where nothing moves, whose profit is exactly 0. */
  readonly columnOf: Int32Array;
  /** Price move of each scenario. */
  readonly moves: Float64Array;
}

const plans = new WeakMap<readonly Scenario[], SegmentPlan>();

/** The plan of a scenario list, made once for each list. @throws DomainError for a price move of −1 or below, or days below 0 */
export function segmentPlan(scenarios: readonly Scenario[]): SegmentPlan {
  const known = plans.get(scenarios);
  if (known) return known;
  const plan = makePlan(scenarios);
  plans.set(scenarios, plan);
  return plan;
}

function makePlan(scenarios: readonly Scenario[]): SegmentPlan {
  const moves = Float64Array.from(scenarios, ({ priceMove }) => checkedMove(priceMove));
  const runs = new Map<string, { shock: VolatilityShock | undefined; decayDays: number; members: number[] }>();
  runs.set("base", { shock: undefined, decayDays: 0, members: [] });
  const columnOf = new Int32Array(scenarios.length).fill(-1);
  scenarios.forEach(({ volatility, decayDays = 0 }, index) => {
    if (!(decayDays >= 0 && decayDays < Number.POSITIVE_INFINITY))
      throw new DomainError("days that pass must be 0 or more", decayDays);
    if (volatility === undefined && decayDays === 0 && moves[index] === 0) return;
    const key = `${decayDays} ${JSON.stringify(volatility ?? null)}`;
    const run = runs.get(key) ?? { shock: volatility, decayDays, members: [] };
    run.members.push(index);
    runs.set(key, run);
  });
  const starts: number[] = [];
  const columns: number[] = [];
  for (const { members } of runs.values()) {
    starts.push(columns.length);
    members.sort((a, b) => (moves[a] ?? 0) - (moves[b] ?? 0));
    for (const member of members) columnOf[member] = columns.push(moves[member] ?? 0) - 1;
    if (members.length === 0) columns.push(0);
    if (columns.length % 2 === 1) columns.push(columns.at(-1) ?? 0);
  }
  return {
    shocks: [...runs.values()].map(({ shock }) => shock),
    decayDays: [...runs.values()].map(({ decayDays }) => decayDays),
    starts: Float64Array.from(starts),
    lengths: Float64Array.from(starts, (start, index) => (starts[index + 1] ?? columns.length) - start),
    logMoves: Float64Array.from(columns, Math.log1p),
    growths: Float64Array.from(columns, (move) => 1 + move),
    columnOf,
    moves,
  };
}
