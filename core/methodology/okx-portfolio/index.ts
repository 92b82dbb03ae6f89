import { defineMethodology } from "../contract.ts";
import { hasUsdRate } from "../parts/usd-per-unit.ts";
import { portfolioCharge } from "./charge.ts";
import { groupOf, rules } from "./rules.ts";
import { stressScenarios } from "./scenarios.ts";

const noIndices: ReadonlyMap<string, number> = new Map();

/** OKX portfolio margin mode (account mode 4): MR1 to MR9 by risk unit, borrowing and discounted equity of the account. */
export default defineMethodology({
  id: "okx-portfolio",
  title: "OKX portfolio margin (risk units, MR1 to MR9)",
  venue: "okx",
  accuracy: "exact",
  rules,
  requires: (portfolio) => [
    ...new Set(
      portfolio.flatMap(({ instrument }) => [
        `index:${instrument.underlying}`,
        instrument.kind === "option" ? `volatility:${instrument.symbol}` : `mark:${instrument.symbol}`,
        ...(hasUsdRate(noIndices, instrument.quote) ? [] : [`index:${instrument.quote}`]),
      ]),
    ),
  ],
  excludes: ({ instrument }, parameters) => {
    if (instrument.kind === "spot") return "spot enters as a balance of its coin, not as a position";
    const known =
      groupOf(parameters.mr1.groups, instrument.underlying) && groupOf(parameters.mr6.groups, instrument.underlying);
    return known === undefined ? `the rules have no price moves for ${instrument.underlying}` : undefined;
  },
  scenarios: stressScenarios,
  charge: portfolioCharge,
});
