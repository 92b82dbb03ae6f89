import { z } from "zod";

const rate = z.number().nonnegative();

const optionRules = z.strictObject({
  initialMargin: rate.describe("initial factor at the money, fraction of the index"),
  minInitialMargin: rate.describe("least initial factor, fraction of the index"),
  maintenanceMargin: rate.describe("maintenance factor at the money, fraction of the index"),
  minMaintenanceMargin: rate.describe("least maintenance factor, fraction of the index"),
});

export const rules = z.strictObject({
  options: z
    .record(z.string(), optionRules)
    .describe("factors by coin, as exchangeInfo lists them by symbol; `other` holds for coins without an entry"),
});

export type BinanceOptionRules = z.output<typeof rules>;
export type OptionFactors = BinanceOptionRules["options"][string];

/** Factors of a coin and the key they stand under; `undefined` when the rules have neither the coin nor `other`. */
export function factorsOf(
  { options }: BinanceOptionRules,
  coin: string,
): { readonly key: string; readonly factors: OptionFactors } | undefined {
  const key = Object.hasOwn(options, coin) ? coin : "other";
  const factors = Object.hasOwn(options, key) ? options[key] : undefined;
  return factors === undefined ? undefined : { key, factors };
}
