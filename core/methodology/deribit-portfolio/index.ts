import { defineMethodology } from "../contract.ts";
import { matrixExclusion, matrixRequires } from "../parts/extended-risk-matrix-rules.ts";
import { matrixScenarios } from "../parts/extended-risk-matrix-scenarios.ts";
import { segregatedCharge } from "./charge.ts";
import { segregatedColumns } from "./charge-columns.ts";
import { portfolioRules } from "./rules.ts";

export default defineMethodology({
  id: "deribit-portfolio",
  title: "Deribit segregated portfolio margin (extended risk matrix)",
  venue: "deribit",
  accuracy: "exact",
  rules: portfolioRules,
  requires: matrixRequires,
  excludes: matrixExclusion,
  mergesOptions: () => "side",
  scenarios: matrixScenarios,
  charge: segregatedCharge,
  chargeColumns: segregatedColumns,
});
