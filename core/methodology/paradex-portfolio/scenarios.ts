import { percentLabel, type Scenario, type ScenarioSet } from "../../scenario/index.ts";
import type { Book } from "../contract.ts";
import { assetRules, type ParadexRules } from "./rules.ts";

/** Id of the scenario set of an asset. */
export const scanSetId = (asset: string): string => `scan-${asset}`;

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

/** One scenario set for each asset of the book that has parameters. */
export function scanSets({ rules, book }: { rules: ParadexRules; book: Book }): readonly ScenarioSet[] {
  const assets = [...new Set(book.positions.map(({ position }) => position.instrument.underlying))];
  return assets.flatMap((asset) => {
    const scenarios = scanScenarios(rules, asset);
    return scenarios.length === 0 ? [] : [{ id: scanSetId(asset), repricer: "model", underlying: asset, scenarios }];
  });
}
