import { evenlySpaced, priceVolatilityGrid, type Scenario, type ScenarioSet } from "../../scenario/index.ts";
import type { Book } from "../contract.ts";
import { oncePer } from "../parts/once-per.ts";
import { coinsHeld } from "../parts/unit-entries.ts";
import { isUnitContingency } from "./contingency.ts";
import { type BybitRules, type UnitRules, unitRulesOf } from "./rules.ts";

/**
 * The grid of a risk unit: every price move with volatility up, as it is, and down, in the order of the venue's reply.
 *
 *     σ′ = σ·(1 + shock·(reference days ÷ whole days)^power)
 */
export const gridScenarios = oncePer((rules: UnitRules): readonly Scenario[] => {
  const { priceRange, movesPerSide, volatilityUp, volatilityDown, referenceDays, tenorPower } = rules;
  // Twelve digits keep a move what the rule says: −0.06 and not −0.06000000000000001.
  const moves = [...evenlySpaced(-priceRange, priceRange, 2 * movesPerSide + 1)].map((move) =>
    Number(move.toPrecision(12)),
  );
  const tenor = {
    referenceDays,
    minimumDays: 1,
    shortPower: tenorPower,
    longPower: tenorPower,
    wholeDays: true,
  } as const;
  const grid = priceVolatilityGrid(moves, [
    { id: "up", volatility: { mode: "relative", change: volatilityUp, tenor } },
    { id: "same" },
    { id: "down", volatility: { mode: "relative", change: -volatilityDown, tenor } },
  ]);
  return grid.map((scenario) => ({ ...scenario, id: scenario.id.replace("/", " ") }));
});

/** Coins of the risk units, in alphabetical order: of positions, and of contingencies that are stated without any. */
export function coinsOf(book: Book): readonly string[] {
  const stated = book.components.filter(isUnitContingency).flatMap(({ underlying }) => underlying ?? []);
  return [...new Set([...coinsHeld(book), ...stated])].sort();
}

/** One grid per risk unit. */
export function scenarioSets(book: Book, rules: BybitRules): readonly ScenarioSet[] {
  return coinsOf(book).flatMap((underlying): ScenarioSet[] => {
    const found = unitRulesOf(rules, underlying);
    if (found === undefined) return [];
    return [{ id: setIdOf(underlying), repricer: "model", underlying, scenarios: gridScenarios(found.rules) }];
  });
}

/** Id of the grid of a coin. */
export function setIdOf(coin: string): string {
  return `grid-${coin}`;
}
