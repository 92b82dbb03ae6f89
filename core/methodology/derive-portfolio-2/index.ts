import { defineMethodology } from "../contract.ts";
import { outsideDerive, requiredBy } from "../parts/derive-scope.ts";
import { charge, scenarios } from "./charge.ts";
import { rules, setOf } from "./rules.ts";

/** Derive's second portfolio margin (PMRM_2): weighted scenarios, skew scenarios, static discounts, collateral. */
export default defineMethodology({
  id: "derive-portfolio-2",
  title: "Derive portfolio margin 2 (PMRM_2)",
  venue: "derive",
  accuracy: "exact",
  rules,
  requires: requiredBy,
  excludes: ({ instrument }, set) =>
    outsideDerive(instrument) ??
    (setOf(set, instrument.underlying) === undefined
      ? `portfolio margin 2 has no parameters for ${instrument.underlying}`
      : undefined),
  scenarios,
  charge,
});
