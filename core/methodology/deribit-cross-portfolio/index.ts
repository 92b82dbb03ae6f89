import { defineMethodology } from "../contract.ts";
import { matrixExclusion, matrixRequires } from "../parts/extended-risk-matrix-rules.ts";
import { matrixScenarios } from "../parts/extended-risk-matrix-scenarios.ts";
import { crossCharge } from "./charge.ts";
import { crossPortfolioRules } from "./rules.ts";

export default defineMethodology({
  id: "deribit-cross-portfolio",
  title: "Deribit cross portfolio margin (extended risk matrix)",
  venue: "deribit",
  accuracy: "approximate",
  rules: crossPortfolioRules,
  requires: matrixRequires,
  excludes: matrixExclusion,
  scenarios: matrixScenarios,
  charge: crossCharge,
});
