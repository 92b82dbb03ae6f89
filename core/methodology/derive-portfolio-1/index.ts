import { defineMethodology } from "../contract.ts";
import { outsideDerive, requiredBy } from "../parts/derive-scope.ts";
import { charge, scenarios } from "./charge.ts";
import { rules } from "./rules.ts";

/** Derive's first portfolio margin (PMRM): worst of 23 scenarios or the basis, with contingencies. */
export default defineMethodology({
  id: "derive-portfolio-1",
  title: "Derive portfolio margin 1 (PMRM)",
  venue: "derive",
  accuracy: "exact",
  rules,
  requires: requiredBy,
  excludes: ({ instrument }, { markets }) =>
    outsideDerive(instrument) ??
    (markets.includes(instrument.underlying)
      ? undefined
      : `portfolio margin 1 has no market ${instrument.underlying}; it has ${markets.join(", ")}`),
  scenarios,
  charge,
});
