import { DomainError, demandFinite, failed, type Result, success } from "../../base/index.ts";
import { quantile } from "../quantile.ts";

/**
 * Average daily volume under the days that matter: calm recent trading must not shorten a liquidation.
 * recent: mean of the last 20 days; least: the lesser of that and the mean of the last 250; quartile: type-7 lower quartile of the last 250.
 */
export type VolumeRule = "recent" | "least" | "quartile";

/**
 * Average daily volume by a rule.
 *
 * @param volumes contracts or units a day, oldest first; ≥ 0
 * @param rule    `recent` when absent
 * @returns units a day; or a Failure with fewer than 20 days, or a volume below 0 (by its day)
 */
export function averageDailyVolume(volumes: Float64Array, rule: VolumeRule = "recent"): Result<number> {
  if (volumes.length < 20)
    return failed("missing-data", `average volume needs at least 20 days; found ${volumes.length}`);
  const bad = volumes.findIndex((volume) => !(volume >= 0 && Number.isFinite(volume)));
  if (bad >= 0) return failed("invalid-input", `volume of day ${bad + 1} is ${volumes[bad]}; expected an amount ≥ 0`);
  const mean = (days: number): number => {
    const last = volumes.subarray(-days);
    return last.reduce((total, volume) => total + volume, 0) / last.length;
  };
  switch (rule) {
    case "recent":
      return success(mean(20));
    case "least":
      return success(Math.min(mean(20), mean(250)));
    case "quartile":
      return success(quantile(volumes.subarray(-250).slice().sort(), 0.25));
  }
}

/**
 * Days to close a position at a share of the market's volume.
 *
 *     T = max(h₀, |Q|/(ρ·ADV))
 *
 * @param quantity      Q, net, units; any sign
 * @param dailyVolume   ADV, units a day; ≥ 0
 * @param participation ρ, share of volume taken; in (0, 1], 0.1 to 0.3 as a rule
 * @param baseDays      h₀, horizon of the margin model; > 0
 * @returns days; or a Failure when a position meets no volume
 * @throws DomainError if a parameter is outside its bound
 */
export function liquidationDays(
  quantity: number,
  dailyVolume: number,
  participation: number,
  baseDays: number,
): Result<number> {
  demandFinite("quantity", quantity);
  if (!(dailyVolume >= 0)) throw new DomainError("daily volume must be ≥ 0", dailyVolume);
  if (!(participation > 0 && participation <= 1)) throw new DomainError("participation is in (0, 1]", participation);
  if (!(baseDays > 0)) throw new DomainError("base horizon must be above 0", baseDays);
  if (quantity === 0) return success(baseDays);
  if (dailyVolume === 0) return failed("missing-data", `a position of ${quantity} has no daily volume to be closed in`);
  return success(Math.max(baseDays, Math.abs(quantity) / (participation * dailyVolume)));
}

/**
 * Loss of a position sold in equal parts over whole days, at the ends of the days, over that of one day held whole.
 *
 *     factor(T) = √( (T+1)(2T+1)/(6T) );   1 at T = 1
 *
 * @param days T ≥ 1, whole
 * @returns ≥ 1
 * @throws DomainError if T is outside its bound
 */
export function unwindFactor(days: number): number {
  if (!(Number.isInteger(days) && days >= 1)) throw new DomainError("unwind takes a whole number of days ≥ 1", days);
  return Math.sqrt(((days + 1) * (2 * days + 1)) / (6 * days));
}

/**
 * Loss of a position sold continuously and evenly, over that of one day held whole.
 *
 *     factor(T) = √(T/3)
 *
 * @param days T ≥ 0
 * @throws DomainError if T is below 0
 */
export function continuousUnwindFactor(days: number): number {
  if (!(days >= 0)) throw new DomainError("unwind takes no less than 0 days", days);
  return Math.sqrt(days / 3);
}

/** block: all sold at the end of the liquidation, conservative; unwind: in equal parts at the ends of whole days. */
export type UnwindRule = "block" | "unwind";

/**
 * Addition to margin for a liquidation that lasts longer than the margin model supposes.
 *
 *     block: margin·max(0, √(T/h₀) − 1);   unwind: margin·max(0, factor(⌈T⌉)/factor(⌈h₀⌉) − 1)
 *
 * @param margin   of the position, currency; ≥ 0
 * @param days     T, days to close; > 0
 * @param baseDays h₀; > 0
 * @param rule     `block` when absent
 * @returns currency; ≥ 0
 * @throws DomainError if an argument is outside its bound
 */
export function liquidityAddOn(margin: number, days: number, baseDays: number, rule: UnwindRule = "block"): number {
  if (!(margin >= 0 && Number.isFinite(margin))) throw new DomainError("margin must be finite and ≥ 0", margin);
  if (!(days > 0 && baseDays > 0)) throw new DomainError("days must be above 0", Math.min(days, baseDays));
  const ratio =
    rule === "block" ? Math.sqrt(days / baseDays) : unwindFactor(Math.ceil(days)) / unwindFactor(Math.ceil(baseDays));
  return margin * Math.max(0, ratio - 1);
}
