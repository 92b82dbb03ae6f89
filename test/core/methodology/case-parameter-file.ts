import type { CombinedCommodity, ParameterFile } from "../../../core/parameter-file/index.ts";

type Partly = Partial<Omit<ParameterFile, "commodities">> & { readonly date?: unknown; readonly commodities?: unknown };

/** A parameter file of a case: members that the case leaves out are empty. */
export function caseParameterFile(given: Readonly<Record<string, unknown>>): ParameterFile {
  const members = given as Partly;
  return {
    ...{ name: "file of the case", clearingHouse: "CASE", cycle: "settlement", layout: "xml" },
    ...{ accountTypes: [{ code: "S", name: "Speculator", customer: true, net: true }], rateDefinitions: [] },
    ...{ conversions: [], families: [], interSpreads: [], notUnderstood: [], warnings: [], sources: [] },
    ...members,
    date: String(members.date),
    commodities: (members.commodities as readonly Partial<CombinedCommodity>[]).map((commodity) => ({
      ...{ code: "", currency: "", families: [], weightedRisk: "normal", scanTiers: [], spreadTiers: [] },
      ...{ creditTiers: [], shortOptionRates: [], shortOptionMethod: "gross", spreads: [], delivery: [] },
      adjustments: [],
      ...commodity,
    })),
  };
}
