import type { RiskMatrix } from "../contract.ts";
import type { CommodityRisk } from "./commodity-risk.ts";
import type { ArrayRules } from "./rules.ts";
import { scenarioId, scenarioLabel, volatilityWord } from "./scenario-set.ts";

/** The sixteen scenarios of a combined commodity with the profit of all its positions; several tiers are added. */
export function matrixOf(
  { scans, commodity }: CommodityRisk,
  scenarios: ArrayRules["scenarios"],
  unit: string,
): RiskMatrix {
  const [only] = scans;
  const bindingScenarioId =
    scans.length === 1 && only !== undefined && only.risk > 0 ? scenarioId(only.active) : undefined;
  return {
    setId: commodity.code,
    title: `Scenarios of ${commodity.code}`,
    unit,
    cells: scenarios.map(({ priceFraction, volatilityFraction, weight }, index) => {
      const loss = scans.reduce((total, { losses }) => total + (losses[index] ?? 0), 0);
      const profit = loss === 0 ? 0 : -loss;
      return {
        scenarioId: scenarioId(index),
        label: scenarioLabel({ priceFraction, volatilityFraction, weight }),
        priceMove: priceFraction,
        volatility: volatilityWord(volatilityFraction),
        group: Math.abs(priceFraction) > 1 ? "extended" : "standard",
        beforeOffsets: profit,
        amount: profit,
      };
    }),
    ...(bindingScenarioId === undefined ? {} : { bindingScenarioId }),
  };
}
