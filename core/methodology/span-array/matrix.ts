import type { RiskMatrix } from "../contract.ts";
import type { CommodityRisk } from "./commodity-risk.ts";
import type { ArrayRules } from "./rules.ts";
import { scenarioId, scenarioLabel, volatilityWord } from "./scenario-set.ts";

/**
 * The sixteen scenarios of a combined commodity with the profit of all its positions; several tiers are added. Commodities
 * whose arrays a spread adds have one each, and the scenario that binds their sum.
 */
export function matricesOf(
  risk: CommodityRisk,
  scenarios: ArrayRules["scenarios"],
  unit: string,
  binding = bindingOf(risk),
): readonly RiskMatrix[] {
  if (risk.legs !== undefined) return risk.legs.flatMap((leg) => matricesOf(leg, scenarios, unit, binding));
  return [matrixOf(risk, scenarios, unit, binding)];
}

/** Id of the scenario that sets the scan risk; none where several tiers or sides have one each. */
function bindingOf({ scans, gross }: CommodityRisk): string | undefined {
  const [only] = scans;
  if (gross !== undefined || scans.length !== 1 || only === undefined || only.risk <= 0) return undefined;
  return scenarioId(only.active);
}

function matrixOf(
  { scans, commodity }: CommodityRisk,
  scenarios: ArrayRules["scenarios"],
  unit: string,
  bindingScenarioId: string | undefined,
): RiskMatrix {
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
