import type { Component } from "../../portfolio/index.ts";
import { evenlySpaced, priceVolatilityGrid, type Scenario, type ScenarioSet } from "../../scenario/index.ts";
import type { Book } from "../contract.ts";
import { oncePer } from "../parts/once-per.ts";
import type { GateRules } from "./rules.ts";

/** Kinds of components that stand for MR2 to MR4 of a risk unit. */
export const statedParts = [
  { kind: "delta-contingency", id: "mr2", label: "MR2 basis spread" },
  { kind: "vega-contingency", id: "mr3", label: "MR3 volatility spread" },
  { kind: "option-contingency", id: "mr4", label: "MR4 short options" },
] as const satisfies readonly { readonly kind: Component["id"]; readonly id: string; readonly label: string }[];

/** Whether a component is MR2, MR3 or MR4 of a risk unit of these rules. */
export function isStatedPart({ id, underlying }: Component, { coins }: GateRules): boolean {
  return underlying !== undefined && coins.includes(underlying) && statedParts.some(({ kind }) => kind === id);
}

/** Every price move with volatility up, as it is, and down: 33 cells by default. */
export const gridScenarios = oncePer((rules: GateRules): readonly Scenario[] => {
  const { priceRange, movesPerSide, volatilityUp, volatilityDown } = rules;
  // Twelve digits keep a move what the rule says: −0.06 and not −0.06000000000000001.
  const moves = [...evenlySpaced(-priceRange, priceRange, 2 * movesPerSide + 1)].map((move) =>
    Number(move.toPrecision(12)),
  );
  const grid = priceVolatilityGrid(moves, [
    { id: "up", volatility: { mode: "relative", change: volatilityUp } },
    { id: "same" },
    { id: "down", volatility: { mode: "relative", change: -volatilityDown } },
  ]);
  return grid.map((scenario) => ({ ...scenario, id: scenario.id.replace("/", " ") }));
});

/** Coins of the risk units, in alphabetical order: of positions, and of contingencies that are stated without any. */
export function coinsOf(book: Book, rules: GateRules): readonly string[] {
  const held = book.positions.map(({ position }) => position.instrument.underlying);
  const stated = book.components
    .filter((component) => isStatedPart(component, rules))
    .flatMap(({ underlying }) => underlying ?? []);
  return [...new Set([...held, ...stated])].sort();
}

/** One grid per risk unit. */
export function scenarioSets(book: Book, rules: GateRules): readonly ScenarioSet[] {
  return coinsOf(book, rules).map((underlying) => ({
    id: setIdOf(underlying),
    repricer: "model",
    underlying,
    scenarios: gridScenarios(rules),
  }));
}

/** Id of the grid of a coin. */
export function setIdOf(coin: string): string {
  return `grid-${coin}`;
}
