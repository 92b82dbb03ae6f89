import { z } from "zod";

const rate = z.number().nonnegative();

export const rules = z.strictObject({
  volatility: z.strictObject({
    referenceDays: z.number().positive().describe("days to expiry at which the shock is as stated"),
    shortPower: z.number().describe("power of (reference days / days) below the reference days"),
    longPower: z.number().describe("the same from the reference days on"),
    minimumDays: rate.describe("dte_floor_days: days count at least this"),
  }),
  maintenanceFactor: rate.max(1).describe("mmf_factor: share of the net requirement that is maintenance margin"),
  fundingProvisionHours: rate.describe("funding_provision_hour: hours of expected funding that are provided for"),
  fees: z.strictObject({
    perpetual: rate.describe("taker fee of leaving a perpetual, fraction of its value"),
    option: rate.describe("taker fee of leaving an option, fraction of its value"),
  }),
  assets: z.record(
    z.string().regex(/^[A-Z0-9]+$/),
    z.strictObject({
      minimumVolatilityUp: rate.describe(
        "min_vol_shock_up: least relative rise of the volatility; 0 where none is stated",
      ),
      unhedgedFactor: rate.describe("unhedged_margin_factor: fraction of the net delta"),
      hedgedFactor: rate.describe("hedged_margin_factor: fraction of the hedged delta"),
      fundingRate: z.number().describe("expected funding of 8 hours, fraction of the value; longs pay when above 0"),
      scenarios: z
        .array(
          z.strictObject({
            spotShock: z.number().gt(-1).describe("relative move of the spot"),
            volShock: z.number().gt(-1).describe("relative change of the volatility at the reference days"),
            weight: rate.describe("share of the loss that counts"),
          }),
        )
        .min(1),
    }),
  ),
});

export type ParadexRules = z.output<typeof rules>;
export type AssetRules = ParadexRules["assets"][string];

/** Parameters of a base asset; `undefined` when the rules have none. */
export function assetRules({ assets }: ParadexRules, asset: string): AssetRules | undefined {
  return Object.hasOwn(assets, asset) ? assets[asset] : undefined;
}
