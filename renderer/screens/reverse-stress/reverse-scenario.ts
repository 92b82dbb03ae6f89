import { formatNumber } from "../../../core/base/format.ts";
import type { ReverseStress, StressScenario, StressShock, StressSolution } from "../../client/stress.ts";
import { reverseSentence } from "./reverse-words.ts";

/** A solution as a scenario of the library: each factor's relative move, with what it was the answer to. */
export function scenarioOf(result: ReverseStress, solution: StressSolution): StressScenario {
  const { goal, horizonDays, methodology, version, covarianceSource } = result;
  return {
    id: `reverse-${goal.kind}`,
    label: `Reverse stress: ${goal.kind}, ${formatNumber(solution.norm)} deviations`,
    kind: "hypothetical",
    shocks: solution.moves.flatMap(({ factor, move }): StressShock[] => {
      const [kind = "", underlying = ""] = factor.split(":");
      if (kind !== "price" && kind !== "volatility") return [];
      return [{ kind, factor: underlying, mode: "relative", amount: move, quality: "set" }];
    }),
    horizonDays,
    figures: [],
    note: `${methodology} ${version}. ${reverseSentence({ ...result, solutions: [solution] })} Covariance: ${covarianceSource}.`,
  };
}
