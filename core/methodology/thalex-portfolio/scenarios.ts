import {
  evenlySpaced,
  priceVolatilityGrid,
  type Scenario,
  type ScenarioSet,
  type VolatilityColumn,
} from "../../scenario/index.ts";
import type { Book } from "../contract.ts";
import { oncePer } from "../parts/once-per.ts";
import type { ThalexRules } from "./rules.ts";

/** A scenario and the share of its loss that counts. */
export interface CoveredScenario extends Scenario {
  readonly coverage: number;
}

/**
 * Relative index moves by absolute changes of volatility: the covered grid, then the large moves up and down.
 *
 *     σ′ = max(0, σ + points)
 */
export const coveredScenarios = oncePer((rules: ThalexRules): readonly CoveredScenario[] => {
  const { coveredMove, movesPerSide, volatilityDown, volatilityUp, volatilityStepsPerSide } = rules;
  const moves = [...evenlySpaced(-coveredMove, coveredMove, 2 * movesPerSide + 1)];
  const steps = Array.from({ length: volatilityStepsPerSide }, (_, step) => volatilityStepsPerSide - step);
  const column = (way: "up" | "down", largest: number) => (step: number) => ({
    id: `${way}-${step}`,
    volatility: { mode: "absolute", change: (largest * step) / volatilityStepsPerSide } as const,
  });
  const columns: readonly VolatilityColumn[] = [
    ...steps.map(column("up", volatilityUp)),
    { id: "same" },
    ...steps.map(column("down", -volatilityDown)).reverse(),
  ];
  const ends = columns.filter((_, index) => [0, volatilityStepsPerSide, columns.length - 1].includes(index));
  const grid = (chosen: readonly number[], beside: readonly VolatilityColumn[], coverage: number) =>
    priceVolatilityGrid(
      // Twelve digits keep a move what the rule says: −0.15 and not −0.15000000000000002.
      chosen.map((move) => Number(move.toPrecision(12))),
      beside,
    ).map((scenario) => ({ ...scenario, id: scenario.id.replace("/", " "), coverage }));
  return [...grid(moves, columns, 1), ...grid([-rules.largeMove, rules.largeMove], ends, rules.largeMoveCoverage)];
});

/** Coins of the account, in alphabetical order: of positions, of balances that enter the scenarios, of stated contingencies. */
export function coinsOf(book: Book, { coins }: ThalexRules): readonly string[] {
  const held = book.positions.map(({ position }) => position.instrument.underlying);
  const balances = book.balances.filter(({ equity }) => equity !== 0).map(({ currency }) => currency);
  const stated = book.components.flatMap(({ underlying }) => underlying ?? []);
  return coins.filter((coin) => [...held, ...balances, ...stated].includes(coin)).sort();
}

/** One set of scenarios per coin. */
export function scenarioSets(book: Book, rules: ThalexRules): readonly ScenarioSet[] {
  return coinsOf(book, rules).map((underlying): ScenarioSet => {
    return { id: setIdOf(underlying), repricer: "model", underlying, scenarios: plainScenarios(rules) };
  });
}

const plainScenarios = oncePer((rules: ThalexRules): readonly Scenario[] =>
  coveredScenarios(rules).map(({ coverage: _coverage, ...scenario }) => scenario),
);

/** Id of the scenarios of a coin. */
export function setIdOf(coin: string): string {
  return `scenarios-${coin}`;
}
