import { defineMethodology } from "../contract.ts";
import { portfolioCharge } from "./charge.ts";
import { accountColumns } from "./charge-columns.ts";
import { assetRules, rules } from "./rules.ts";
import { scanSets } from "./scenarios.ts";

/** Paradex portfolio margin (beta): weighted scenarios by base asset with a least charge on delta. */
export default defineMethodology({
  id: "paradex-portfolio",
  title: "Paradex portfolio margin (scan risk, beta)",
  venue: "paradex",
  accuracy: "approximate",
  rules,
  requires: (portfolio) => [
    ...new Set(
      portfolio.flatMap(({ instrument }) => [
        `index:${instrument.underlying}`,
        instrument.kind === "option" ? `volatility:${instrument.symbol}` : `mark:${instrument.symbol}`,
      ]),
    ),
  ],
  excludes: ({ instrument }, parameters) => {
    if (instrument.kind === "spot") return "spot is not collateral here; only USDC balances count";
    return assetRules(parameters, instrument.underlying) === undefined
      ? `the rules have no parameters for ${instrument.underlying}`
      : undefined;
  },
  mergesOptions: () => "side-and-type",
  scenarios: scanSets,
  charge: portfolioCharge,
  chargeColumns: accountColumns,
});
