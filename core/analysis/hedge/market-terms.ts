import { failed, isoDate, type Result, success, yearsBetween } from "../../base/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { InsuranceTerms } from "./insurance/index.ts";

/**
 * Terms of an insurance from a market: index, forward and smile of one expiry. Where the venue's options are not discounted the rate stays 0.
 *
 * @returns `missing-data` naming what the market lacks
 */
export function marketTerms(
  market: MarketSnapshot,
  { underlying, expiryMs, rate }: { readonly underlying: string; readonly expiryMs: number; readonly rate: number },
): Result<InsuranceTerms> {
  const spot = market.indices.find((index) => index.underlying === underlying)?.price;
  if (spot === undefined) return failed("missing-data", `the market has no index:${underlying}`, underlying);
  const at = (one: { readonly underlying: string; readonly expiryMs: number }): boolean =>
    one.underlying === underlying && one.expiryMs === expiryMs;
  const smile = market.smiles.find((one) => at(one) && one.points.length > 0);
  const forward = market.forwards.find((one) => at(one) && (smile === undefined || one.quote === smile.quote));
  const day = isoDate(expiryMs);
  if (smile === undefined || forward === undefined) {
    const known = [...new Set(market.smiles.filter((one) => one.underlying === underlying).map((one) => one.expiryMs))];
    const days = known.sort((a, b) => a - b).map(isoDate);
    return failed(
      "missing-data",
      `the market has no smile and forward of ${underlying} for ${day}; it has ${days.length === 0 ? "none" : days.join(", ")}`,
      underlying,
    );
  }
  if (expiryMs <= market.asOfMs) return failed("not-applicable", `${day} is not after the market's time`, "expiryMs");
  const years = yearsBetween(market.asOfMs, expiryMs);
  return success({ spot, forward: forward.value, years, rate, smile: smile.points });
}
