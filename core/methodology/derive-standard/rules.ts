import { z } from "zod";

const rate = z.number().nonnegative();

const option = z.strictObject({
  maxSpotReq: rate.describe("initial rate at the money, fraction of spot"),
  minSpotReq: rate.describe("least initial rate far out of the money, fraction of spot"),
  maintenanceCall: rate.describe("maintenance rate of a short call, fraction of spot"),
  maintenancePutSpot: rate.describe("maintenance rate of a short put, fraction of spot"),
  maintenancePutMark: rate.describe(
    "maintenance rate of a short put, fraction of its value; the larger of both counts",
  ),
  unpairedInitial: rate.describe("initial rate on net short calls in the maximum loss, fraction of the forward"),
  unpairedMaintenance: rate.describe(
    "maintenance rate on net short calls in the maximum loss, fraction of the forward",
  ),
  putMaintenanceScale: rate.describe("initial margin of a short put is at least its maintenance times this"),
});

const market = z.strictObject({
  option: z.string().optional().describe("name of the option rates; absent where the venue lists no options"),
  perp: z
    .strictObject({
      maintenance: rate.describe("rate on the perpetual at its mark"),
      initial: rate.describe("rate on the perpetual at its mark"),
    })
    .optional(),
  base: z
    .strictObject({
      marginFactor: z.number().min(0).max(1).describe("share of the coin's spot value that counts as margin"),
      initialScale: z.number().min(0).max(1).describe("factor on it for initial margin"),
    })
    .optional(),
});

export const rules = z
  .strictObject({
    depeg: z.strictObject({
      threshold: rate.describe("price of the cash currency below which shorts and perpetuals need more, USD"),
      factor: rate.describe("rate on their spot value per dollar below it"),
    }),
    confidence: z.strictObject({
      perpThreshold: z.number().min(0).max(1).describe("feeds of perpetuals less sure than this deduct"),
      optionThreshold: z.number().min(0).max(1).describe("feeds of options less sure than this deduct"),
      baseThreshold: z.number().min(0).max(1).describe("feeds of coins less sure than this deduct"),
      factor: rate.describe("factor of the deductions"),
    }),
    options: z.record(z.string(), option).describe("option rates by name"),
    markets: z.record(z.string(), market).describe("what each underlying has, by name in upper case"),
  })
  .refine(({ options, markets }) => Object.values(markets).every(({ option: name }) => !name || options[name]), {
    path: ["markets"],
    message: "every market names option rates that exist",
  });

export type StandardRules = z.output<typeof rules>;
export type OptionRates = z.output<typeof option>;

export type Requirement = "initial" | "maintenance";

/** Option rates of an underlying with their pointer; absent where it has no options. */
export function optionRates(
  { options, markets }: StandardRules,
  underlying: string,
): { readonly rates: OptionRates; readonly pointer: string } | undefined {
  const name = markets[underlying.toUpperCase()]?.option;
  const rates = name === undefined ? undefined : options[name];
  return rates && { rates, pointer: `/options/${name}` };
}
