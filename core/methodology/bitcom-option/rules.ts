import { z } from "zod";

const rate = z.number().nonnegative();

const optionRules = z.strictObject({
  highestFactor: rate.describe("initial factor at the money, fraction of the index"),
  lowestFactor: rate.describe("least initial factor far out of the money, fraction of the index"),
  maintenanceFactor: rate.describe("maintenance factor, fraction of the index; of a put also of its mark"),
});

export const rules = z.strictObject({
  options: z.record(z.string(), optionRules).describe("factors by coin"),
});

export type BitcomOptionRules = z.output<typeof rules>;
export type OptionFactors = BitcomOptionRules["options"][string];

/** Factors of options on a coin; `undefined` when the rules have none. */
export function factorsOf({ options }: BitcomOptionRules, underlying: string): OptionFactors | undefined {
  return Object.hasOwn(options, underlying) ? options[underlying] : undefined;
}
