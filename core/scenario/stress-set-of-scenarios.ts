import type { Scenario, ScenarioSet } from "./scenario.ts";
import type { StressScenario, StressShock } from "./stress-set.ts";

export interface ScenariosAsStress {
  readonly scenarios: readonly StressScenario[];
  /** Sets that state no moves, with the reason. */
  readonly omitted: readonly { readonly set: string; readonly reason: string }[];
}

/**
 * Scenarios of a methodology as stress scenarios: the same moves, volatility rules, days and smile. A set of one underlying moves that one alone;
 * joint sets are one list of scenarios, each with the moves of all of them. Sets of published arrays state losses, not moves, and are omitted.
 *
 * @param sets what `scenarios` of a methodology answers for a book
 * @returns ids `set/scenario`, the method's own ids within
 */
export function stressScenariosOf(sets: readonly ScenarioSet[]): ScenariosAsStress {
  const omitted = sets
    .filter(({ repricer }) => repricer === "risk-array")
    .map(({ id }) => ({ set: id, reason: "its scenarios are arrays of losses by contract, not moves of prices" }));
  const groups = new Map<string, ScenarioSet[]>();
  for (const set of sets) {
    if (set.repricer === "risk-array") continue;
    const key = set.joint ?? set.id;
    groups.set(key, [...(groups.get(key) ?? []), set]);
  }
  const scenarios = [...groups].flatMap(([group, members]) =>
    (members[0]?.scenarios ?? []).map((first, place): StressScenario => {
      const shocks = members.flatMap(({ underlying = "*", scenarios: moved }) => {
        const scenario = moved[place];
        return scenario === undefined ? [] : shocksOf(scenario, underlying);
      });
      const { decayDays = 0, stickiness } = first;
      return {
        ...{ id: `${group}/${first.id}`, label: labelOf(first, members), kind: "venue", figures: [] },
        ...(stickiness !== undefined && { stickiness }),
        shocks: decayDays > 0 ? [...shocks, { kind: "time", days: decayDays, quality: "published" }] : shocks,
      };
    }),
  );
  return { scenarios, omitted };
}

function labelOf({ label }: Scenario, members: readonly ScenarioSet[]): string {
  const [only] = members.length === 1 ? members : [];
  return (only?.underlying === undefined ? label : `${only.underlying}: ${label}`).slice(0, 300);
}

function shocksOf({ priceMove, volatility }: Scenario, factor: string): readonly StressShock[] {
  const price: StressShock = { kind: "price", factor, mode: "relative", amount: priceMove, quality: "published" };
  if (volatility === undefined) return [price];
  const { change, mode, ...rule } = volatility;
  return [
    price,
    {
      ...{ kind: "volatility", factor, mode, amount: change, quality: "published" },
      ...(Object.keys(rule).length > 0 && { rule: structuredRule(rule) }),
    },
  ];
}

type Rule = NonNullable<Extract<StressShock, { kind: "volatility" }>["rule"]>;

/** The same members, in lists that may be stored. */
function structuredRule({
  byDays,
  byDelta,
  ...rest
}: Omit<NonNullable<Scenario["volatility"]>, "change" | "mode">): Rule {
  return {
    ...rest,
    ...(byDays && { byDays: [...byDays] }),
    ...(byDelta && { byDelta: byDelta.map((table) => ({ delta: table.delta, byDays: [...table.byDays] })) }),
  };
}
