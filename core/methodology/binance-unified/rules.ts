import { z } from "zod";
import type { Instrument } from "../../instrument/index.ts";

const rate = z.number().nonnegative();

const brackets = z
  .strictObject({
    firstRate: rate.describe("maintenance rate of the first bracket, fraction of size"),
    steps: z.array(
      z.strictObject({
        from: z
          .number()
          .positive()
          .describe("size from which the rate holds: quote currency when linear, coin when inverse"),
        rate: rate.describe("maintenance rate from there on, fraction of size"),
      }),
    ),
  })
  .refine(({ steps }) => steps.every(({ from }, index) => index === 0 || from > (steps[index - 1]?.from ?? 0)), {
    path: ["steps"],
    message: "steps must be in rising order of `from`",
  });

export const rules = z.strictObject({
  program: z
    .enum(["portfolio-margin", "pro", "pro-span"])
    .describe("account program: Portfolio Margin (PM_2), Portfolio Margin Pro (PM_1), Pro with SPAN (PM_3)"),
  brackets: z
    .record(z.string(), brackets)
    .describe(
      "maintenance brackets by symbol, else by <coin>-<linear|inverse>, as the venue's leverageBracket lists them",
    ),
  leverage: z
    .record(z.string(), z.number().min(1))
    .describe("leverage the account has chosen, by symbol; `other` holds for the rest; Portfolio Margin only"),
  loan: z.strictObject({
    leverage: z.enum(["3", "5", "10"]).describe("leverage of margin loans, times"),
    maintenance: z
      .strictObject({ 3: rate, 5: rate, 10: rate })
      .describe("maintenance of a loan by its leverage, fraction of the loan"),
  }),
  collateralRates: z
    .record(z.string(), z.number().min(0).max(1))
    .describe("currency -> share of a positive net asset that counts; in full when absent"),
  levels: z
    .array(z.strictObject({ atOrBelow: z.number().positive(), status: z.string() }))
    .min(1)
    .describe("status of the account at or below a uniMMR, falling"),
  withdrawalFactor: rate.describe("equity kept back from withdrawals, times maintenance; Pro only"),
});

export type UnifiedRules = z.output<typeof rules>;
export type Brackets = UnifiedRules["brackets"][string];

/** A record's entry and the key it stands under. */
export interface Found<T> {
  readonly key: string;
  readonly value: T;
}

/** Brackets of a contract: its own, else those of its coin and payoff. */
export function bracketsOf(
  { brackets }: UnifiedRules,
  { symbol, underlying, payoff }: Instrument,
): Found<Brackets> | undefined {
  return entryOf(brackets, symbol) ?? entryOf(brackets, `${underlying}-${payoff}`);
}

/** Leverage chosen for a contract. */
export function leverageOf({ leverage }: UnifiedRules, { symbol }: Instrument): Found<number> | undefined {
  return entryOf(leverage, symbol) ?? entryOf(leverage, "other");
}

function entryOf<T>(record: Readonly<Record<string, T>>, key: string): Found<T> | undefined {
  const value = Object.hasOwn(record, key) ? record[key] : undefined;
  return value === undefined ? undefined : { key, value };
}
