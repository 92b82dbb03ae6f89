import { z } from "zod";
import type { Instrument } from "../../instrument/index.ts";

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
    .describe("factors by symbol, as exchangeInfo lists them, else by coin; `other` holds for the rest"),
});

export type BinanceOptionRules = z.output<typeof rules>;
export type OptionFactors = BinanceOptionRules["options"][string];

/** Factors of an option and the key they stand under: its symbol, its coin or `other`; `undefined` when the rules have none. */
export function factorsOf(
  { options }: BinanceOptionRules,
  { symbol, underlying }: Pick<Instrument, "symbol" | "underlying">,
): { readonly key: string; readonly factors: OptionFactors } | undefined {
  for (const key of [symbol, underlying, "other"]) {
    const factors = Object.hasOwn(options, key) ? options[key] : undefined;
    if (factors !== undefined) return { key, factors };
  }
  return undefined;
}
