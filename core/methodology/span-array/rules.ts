import { z } from "zod";
import type { ParameterFile } from "../../parameter-file/index.ts";

const rounding = z.enum(["none", "whole", "cents"]);

const point = z.strictObject({
  priceFraction: z.number().describe("price move in price scan ranges; beyond ±1 it is an extreme move"),
  volatilityFraction: z.number().describe("volatility move in volatility scan ranges"),
  weight: z.number().min(0).max(1).describe("share of the loss that counts"),
  paired: z.int().min(1).max(16).describe("scenario of the same price move and the opposite volatility move, from 1"),
});

const house = {
  accountType: z
    .string()
    .describe("account type margined when none is chosen; empty: the first the file has rates for"),
  longOptionCap: z.boolean().describe("scan risk of a book of long options only is at most their market value"),
  maintenanceFactor: z
    .number()
    .min(0)
    .max(1)
    .describe("maintenance as a share of initial margin where the file states neither"),
  rounding: z.strictObject({
    scan: rounding.describe("scan risk of a combined commodity"),
    interMonth: rounding.describe("inter-month charge of a combined commodity"),
    credit: rounding.describe("inter-commodity credits of a combined commodity"),
    risk: rounding.describe("risk of a combined commodity"),
  }),
  lookAheadYears: z.number().nonnegative().describe("time that passes before the revaluation of made arrays"),
  base: z.enum(["theoretical", "settlement"]).describe("what the losses of made arrays are measured from"),
};

/** Rules of `span-array`; sections refer to resources/docs/methodology/span-array.md. */
export const rules = z.strictObject({
  accountType: z.string().describe("code of the file's account type; empty: that of the clearing house's entry"),
  arrays: z.enum(["file", "generated"]).describe("the arrays of the file, or arrays made from its prices and ranges"),
  weightedRisk: z
    .enum(["file", "normal", "cap", "scan-range"])
    .describe("weighted price risk: the file's method for each combined commodity, or one for all"),
  scenarios: z.array(point).length(16).describe("where the file defines no scenarios"),
  deltaPoints: z
    .array(z.strictObject({ priceFraction: z.number(), volatilityFraction: z.number(), weight: z.number() }))
    .min(1)
    .describe("where the file defines no delta points"),
  default: z.strictObject(house).describe("conventions of clearing houses without an entry of their own"),
  houses: z
    .record(z.string(), z.strictObject(house).partial())
    .describe("clearing house as the file calls it -> what differs from `default`"),
});

export type ArrayRules = z.output<typeof rules>;
export type House = ArrayRules["default"];
export type Rounding = z.output<typeof rounding>;

/** Conventions of the clearing house of a file: those of `default` but for what its own entry says. */
export function houseOf(rules: ArrayRules, file: Pick<ParameterFile, "clearingHouse">): House {
  const own = ownEntry(rules, file);
  if (own === undefined) return rules.default;
  const stated = Object.entries(own).filter(([, value]) => value !== undefined);
  return { ...rules.default, ...Object.fromEntries(stated) };
}

/** JSON pointer of a convention: in the house's own entry where that has it. */
export function pointerOf(rules: ArrayRules, file: Pick<ParameterFile, "clearingHouse">, name: keyof House): string {
  return ownEntry(rules, file)?.[name] === undefined ? `/default/${name}` : `/houses/${file.clearingHouse}/${name}`;
}

export function ownEntry(
  { houses }: ArrayRules,
  { clearingHouse }: Pick<ParameterFile, "clearingHouse">,
): ArrayRules["houses"][string] | undefined {
  return Object.hasOwn(houses, clearingHouse) ? houses[clearingHouse] : undefined;
}

/** Scenarios of a file, or of the rules where it defines none. */
export function scenariosOf(rules: ArrayRules, file: ParameterFile): ArrayRules["scenarios"] {
  return file.scenarios?.length === 16 ? [...file.scenarios] : rules.scenarios;
}
