import { percentLabel, type Scenario, type ScenarioSet } from "../../scenario/index.ts";
import type { Book } from "../contract.ts";
import { oncePer } from "../parts/once-per.ts";
import { nothingElse } from "../parts/once-per-contracts.ts";
import { contractsOf } from "./contracts.ts";
import { assetRules, type ParadexRules } from "./rules.ts";

/** Id of the scenario set of an asset. */
export const scanSetId = (asset: string): string => `scan-${asset}`;

/** What the scenarios of an asset are called. */
export const scanTitle = (asset: string): string => `Scan of ${asset}`;

/** Scenarios of an asset in the venue's order; ids count from 1. */
export function scanScenarios(rules: ParadexRules, asset: string): readonly Scenario[] {
  const own = assetRules(rules, asset);
  if (own === undefined) return [];
  return own.scenarios.map(({ spotShock, volShock }, index) => ({
    id: String(index + 1),
    label: `${percentLabel(spotShock)}, volatility ${percentLabel(volShock)}`,
    priceMove: spotShock,
    volatility: {
      change: volShock,
      mode: "relative",
      tenor: rules.volatility,
      ...(volShock > 0 ? { leastChange: own.minimumVolatilityUp } : {}),
    },
  }));
}

/** One scenario set for each asset of the book that has parameters; the same object for the same asset. */
export function scanSets({ rules, book }: { rules: ParadexRules; book: Book }): readonly ScenarioSet[] {
  const known = setsOf(rules);
  return contractsOf(book.positions, nothingElse).assets.flatMap(({ asset }) => known.get(asset) ?? []);
}

const setsOf = oncePer((rules: ParadexRules): ReadonlyMap<string, ScenarioSet> => {
  const setOf = (asset: string): ScenarioSet => ({
    ...{ id: scanSetId(asset), repricer: "model", underlying: asset, scenarios: scanScenarios(rules, asset) },
  });
  return new Map(Object.keys(rules.assets).map((asset) => [asset, setOf(asset)]));
});
