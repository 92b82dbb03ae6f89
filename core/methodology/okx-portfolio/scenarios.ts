import { percentLabel, type Scenario, type ScenarioSet, type VolatilityShock } from "../../scenario/index.ts";
import type { Book } from "../contract.ts";
import { contractsByUnit } from "./contracts.ts";
import { groupOf, type OkxRules } from "./rules.ts";

/** One cell of the stress test of a unit. */
export interface StressColumn {
  /** `+2:up-points`: step of the move and state of the volatility; `-extreme`. */
  readonly scenarioId: string;
  readonly label: string;
  readonly priceMove: number;
  /** `down`, `same` or `up`: a cell the venue prints is the worse of the changes in points and in percent. */
  readonly volatility: "down" | "same" | "up";
  readonly group: "standard" | "extended";
  readonly shock?: VolatilityShock;
  /** Pointer of the parameter the move comes from. */
  readonly parameter: string;
}

/** Id of the scenario set of a unit. */
export const stressSetId = (unitId: string): string => `stress-${unitId}`;

/** The cells of a stress test, and what every unit that stands in them shares; by cell. */
export interface StressTest {
  readonly columns: readonly StressColumn[];
  readonly scenarios: readonly Scenario[];
  readonly moves: Float64Array;
  /** What the profit of one unit by the cube is multiplied by, for each `kind` of contract: nothing, nothing, 1, 1 + move. */
  readonly factors: readonly Float64Array[];
}

/**
 * The stress test of an underlying: seven price moves with five volatility states (MR1), then the two extreme moves (MR6). The state that
 * rises stands first, as the venue names it where all states are equal.
 */
export function stressTest(rules: OkxRules, underlying: string): StressTest {
  const known = testsByRules.get(rules) ?? new Map<string, StressTest>();
  testsByRules.set(rules, known);
  const test = known.get(underlying) ?? makeTest(makeColumns(rules, underlying));
  known.set(underlying, test);
  return test;
}

const testsByRules = new WeakMap<OkxRules, Map<string, StressTest>>();

function makeTest(columns: readonly StressColumn[]): StressTest {
  const zeros = new Float64Array(columns.length);
  return {
    columns,
    scenarios: columns.map(({ scenarioId, label, priceMove, shock }) => ({
      ...{ id: scenarioId, label, priceMove },
      ...(shock === undefined ? {} : { volatility: shock }),
    })),
    moves: Float64Array.from(columns, ({ priceMove }) => priceMove),
    factors: [zeros, zeros, zeros.map(() => 1), Float64Array.from(columns, ({ priceMove }) => 1 + priceMove)],
  };
}

function makeColumns(rules: OkxRules, underlying: string): readonly StressColumn[] {
  const standard = groupOf(rules.mr1.groups, underlying);
  const extreme = groupOf(rules.mr6.groups, underlying);
  if (standard === undefined || extreme === undefined) return [];
  const states = volatilityStates(rules);
  const steps = standard.group.moves.flatMap((move, index) => {
    const parameter = `/mr1/groups/${standard.key}/moves/${index}`;
    return [
      { step: `+${index + 1}`, priceMove: move, parameter },
      { step: `-${index + 1}`, priceMove: -move, parameter },
    ];
  });
  const unmoved = { step: "0", priceMove: 0, parameter: `/mr1/groups/${standard.key}/moves/0` };
  const ascending = [...steps, unmoved].sort((a, b) => a.priceMove - b.priceMove);
  return [
    ...ascending.flatMap(({ step, priceMove, parameter }) =>
      states.map(({ id, state, name, shock }) => ({
        scenarioId: `${step}:${id}`,
        label: `${percentLabel(priceMove)}, volatility ${name}`,
        ...{ priceMove, volatility: state, group: "standard" as const, parameter },
        ...(shock === undefined ? {} : { shock }),
      })),
    ),
    ...[-extreme.group.move, extreme.group.move].map((priceMove) => ({
      scenarioId: priceMove < 0 ? "-extreme" : "+extreme",
      label: `${percentLabel(priceMove)}, extreme`,
      ...{ priceMove, volatility: "same" as const, group: "extended" as const },
      parameter: `/mr6/groups/${extreme.key}/move`,
    })),
  ];
}

/** One scenario set for each risk unit of the book. */
export function stressScenarios({ rules, book }: { rules: OkxRules; book: Book }): readonly ScenarioSet[] {
  return contractsByUnit(book.positions, rules).map(({ id, underlying }) => ({
    ...{ id: stressSetId(id), repricer: "model", underlying },
    scenarios: stressTest(rules, underlying).scenarios,
  }));
}

/** The venue states volatility changes in points and in percent and takes the larger loss: both are revalued. */
function volatilityStates({ mr1: { volatility } }: OkxRules) {
  const { byDays, floor } = volatility;
  const shock = (mode: "absolute" | "relative", change: 1 | -1): VolatilityShock => ({
    mode,
    change,
    byDays: byDays.map(({ days, points, percent }) => ({ days, factor: mode === "absolute" ? points : percent })),
    floor,
  });
  return [
    { id: "up-points", state: "up", name: "up in points", shock: shock("absolute", 1) },
    { id: "up-percent", state: "up", name: "up in percent", shock: shock("relative", 1) },
    { id: "same", state: "same", name: "same", shock: undefined },
    { id: "down-points", state: "down", name: "down in points", shock: shock("absolute", -1) },
    { id: "down-percent", state: "down", name: "down in percent", shock: shock("relative", -1) },
  ] as const;
}
