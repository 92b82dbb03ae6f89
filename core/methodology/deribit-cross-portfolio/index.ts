import { defineMethodology } from "../contract.ts";
import { matrixExclusion, matrixRequires, missingParameters } from "../parts/extended-risk-matrix-rules.ts";
import { matrixScenarios } from "../parts/extended-risk-matrix-scenarios.ts";
import { crossCharge } from "./charge.ts";
import { crossColumns } from "./charge-columns.ts";
import { crossPortfolioRules } from "./rules.ts";

export default defineMethodology({
  id: "deribit-cross-portfolio",
  title: "Deribit cross portfolio margin (extended risk matrix)",
  venue: "deribit",
  accuracy: "approximate",
  rules: crossPortfolioRules,
  requires: matrixRequires,
  excludes: (position, rules) =>
    matrixExclusion(position, rules) ?? missingParameters(rules, position.instrument.underlying, "USD"),
  mergesOptions: () => "side",
  scenarios: matrixScenarios,
  charge: crossCharge,
  chargeColumns: crossColumns,
});
