import type { CombinedCommodity, ParameterFile, RateValue } from "../../parameter-file/index.ts";
import { type ArrayRules, houseOf, pointerOf } from "./rules.ts";

/** The account that is margined: its type, the rate sets it reads and whether positions offset. */
export interface AccountKind {
  readonly code: string;
  readonly name: string;
  readonly net: boolean;
  /** Rate set of initial and of maintenance margin. */
  readonly initialRate: number;
  readonly maintenanceRate: number;
  /** Whether the file has rates for this type of its own. */
  readonly stated: boolean;
}

/**
 * The account type that the rules choose, as the file defines it.
 *
 * @returns the reason in words when the file does not know the type
 */
export function accountKind(rules: ArrayRules, file: ParameterFile): AccountKind | string {
  const house = houseOf(rules, file);
  const first = file.rateDefinitions[0]?.accountType;
  const wanted =
    rules.accountType !== "" ? rules.accountType : house.accountType !== "" ? house.accountType : (first ?? "S");
  const types = file.accountTypes.filter(({ code }) => code === wanted);
  const type = types.find(({ customer }) => customer) ?? types[0];
  if (type === undefined) {
    const known = [...new Set(file.accountTypes.map(({ code, name }) => `${code} (${name})`))].join(", ");
    return `${file.name} has no account type ${JSON.stringify(wanted)}; it has ${known === "" ? "none" : known}`;
  }
  const own = file.rateDefinitions.filter((of) => of.accountType === wanted);
  const defined = own.length > 0 ? own : file.rateDefinitions;
  const initialRate = defined.find(({ maintenance }) => !maintenance)?.rate;
  const maintenanceRate = defined.find(({ maintenance }) => maintenance)?.rate;
  return {
    ...{ code: type.code, name: type.name, net: type.net },
    initialRate: initialRate ?? maintenanceRate ?? 1,
    maintenanceRate: maintenanceRate ?? initialRate ?? 1,
    stated: own.length > 0 || file.rateDefinitions.length === 0,
  };
}

/** Value of a rate set; the only one there is where the set has none of its own. */
export function rateOf(values: readonly RateValue[], rate: number): number {
  return (values.find((value) => value.rate === rate) ?? values[0])?.value ?? 0;
}

/** What risk is multiplied by, and where the figure comes from. */
export interface RequirementFactor {
  readonly factor: number;
  readonly source: string;
  readonly parameter?: string;
}

/**
 * What turns the risk of a combined commodity into initial and maintenance margin.
 *
 *     positional files   initial = risk × ratio of the account type, maintenance = risk × its adjustment factor
 *     XML files          risk × factor of the adjustment from the base rate set to the set of the requirement
 *
 * Takasbank's files state an adjustment of the base set to itself: it is read as maintenance over initial.
 */
export function requirementFactors(
  file: ParameterFile,
  commodity: CombinedCommodity,
  account: AccountKind,
  rules: ArrayRules,
): { readonly initial: RequirementFactor; readonly maintenance: RequirementFactor } {
  const house = houseOf(rules, file);
  if (file.layout === "positional") return positionalFactors(file, commodity, account);
  const { adjustments } = commodity;
  const base = adjustments[0]?.base ?? account.initialRate;
  const to = (rate: number) => adjustments.find((one) => one.rate === rate && one.base === base && rate !== base);
  const own = adjustments.find((one) => one.rate === base && one.base === base);
  const initial = to(account.initialRate);
  const maintenance = to(account.maintenanceRate) ?? own;
  const factor = (found: typeof own): RequirementFactor | undefined =>
    found && { factor: found.factor, source: `adjustment of rate set ${found.base} in the file` };
  const asRead: RequirementFactor = { factor: 1, source: "rate set of the file" };
  const separate = account.maintenanceRate !== account.initialRate && account.maintenanceRate === base;
  return {
    initial: factor(initial) ?? asRead,
    maintenance:
      factor(maintenance) ??
      (separate
        ? asRead
        : { factor: house.maintenanceFactor, source: "rules", parameter: pointerOf(rules, file, "maintenanceFactor") }),
  };
}

type RatioKey = "member" | "hedger" | "speculator";

function positionalFactors(
  file: ParameterFile,
  { initialRatios, adjustmentFactors }: CombinedCommodity,
  { code }: AccountKind,
): { readonly initial: RequirementFactor; readonly maintenance: RequirementFactor } {
  const key: RatioKey =
    code === "H" || code === "Q" ? "hedger" : code === "S" || code === "O" ? "speculator" : "member";
  const ratio = initialRatios?.[key] ?? 1;
  const adjusted = adjustmentFactors?.[key] ?? 1;
  const source = `${key} ratio of the file`;
  // A file of initial figures is turned round.
  if (file.states === "initial")
    return {
      initial: { factor: 1, source: "initial figures of the file" },
      maintenance: { factor: ratio > 0 ? adjusted / ratio : adjusted, source },
    };
  return {
    initial: { factor: ratio, source },
    maintenance: { factor: adjusted, source: `${key} adjustment factor of the file` },
  };
}
