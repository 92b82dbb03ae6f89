import { DomainError, demandFinite, sum } from "../../base/index.ts";

/** How a book is spread over its names. */
export interface Concentration {
  /** |e_i|/Σ|e|, one a name. */
  readonly shares: Float64Array;
  /** Σ share²; from 1/names to 1; 0 for a book of no exposure. */
  readonly herfindahl: number;
  /** 1/HHI; absent for a book of no exposure. */
  readonly effectiveNames?: number;
}

/**
 * Shares of names in a book, their Herfindahl index and the number of equal names with the same index.
 *
 * @param exposures e, one a name, currency; any sign, finite
 * @returns fractions
 * @throws DomainError if an exposure is not finite
 */
export function concentration(exposures: Float64Array): Concentration {
  const bad = exposures.find((exposure) => !Number.isFinite(exposure));
  if (bad !== undefined) throw new DomainError("exposure must be finite", bad);
  const gross = sum(exposures.map(Math.abs));
  if (gross === 0) return { shares: new Float64Array(exposures.length), herfindahl: 0 };
  const shares = exposures.map((exposure) => Math.abs(exposure) / gross);
  const herfindahl = sum(shares.map((share) => share * share));
  return { shares, herfindahl, effectiveNames: 1 / herfindahl };
}

/** A position against the open interest of its market. */
export interface OpenInterestShare {
  /** |Q|/open interest; may exceed 1 when the figure is stale. */
  readonly share: number;
  readonly flag: "none" | "flag" | "hard";
}

/**
 * Share of a position in open interest, and its flag.
 *
 * @param quantity     Q, units; any sign
 * @param openInterest units; > 0
 * @param limits       shares from which it is flagged, and flagged hard; 5 % and 20 % when absent
 * @returns fraction and flag
 * @throws DomainError if an argument is outside its bound
 */
export function openInterestShare(
  quantity: number,
  openInterest: number,
  limits: { readonly flag: number; readonly hard: number } = { flag: 0.05, hard: 0.2 },
): OpenInterestShare {
  demandFinite("quantity", quantity);
  if (!(openInterest > 0)) throw new DomainError("open interest must be above 0", openInterest);
  const share = Math.abs(quantity) / openInterest;
  return { share, flag: share >= limits.hard ? "hard" : share >= limits.flag ? "flag" : "none" };
}

/** Corner of a schedule: addition to margin, as a multiple of it, at a number of days to close. */
export interface SchedulePoint {
  readonly days: number;
  readonly multiple: number;
}

export const defaultConcentrationSchedule: readonly SchedulePoint[] = [
  { days: 0, multiple: 0 },
  { days: 1, multiple: 0 },
  { days: 5, multiple: 0.25 },
  { days: 10, multiple: 0.6 },
  { days: 30, multiple: 1.5 },
];

/**
 * Multiple of margin added for concentration: linear between the points, at the slope of the last two beyond, flat before the first.
 *
 * @param days     to close the position; ≥ 0
 * @param schedule at least two points, days strictly rising, multiples ≥ 0 and never falling
 * @returns ≥ 0
 * @throws DomainError if the days or the schedule are outside their bounds
 */
export function concentrationMultiple(
  days: number,
  schedule: readonly SchedulePoint[] = defaultConcentrationSchedule,
): number {
  if (!(days >= 0 && Number.isFinite(days))) throw new DomainError("days must be finite and ≥ 0", days);
  if (schedule.length < 2) throw new DomainError("a schedule has at least two points", schedule.length);
  let multiple = schedule[0]?.multiple ?? 0;
  for (const [index, to] of schedule.entries()) {
    const from = schedule[index - 1];
    if (!(to.multiple >= (from?.multiple ?? 0)))
      throw new DomainError("multiples of a schedule never fall", to.multiple);
    if (from === undefined) continue;
    if (!(to.days > from.days)) throw new DomainError("days of a schedule rise", to.days);
    if (days > from.days) {
      const along = index === schedule.length - 1 ? days : Math.min(days, to.days);
      multiple = from.multiple + ((to.multiple - from.multiple) * (along - from.days)) / (to.days - from.days);
    }
  }
  return multiple;
}

/** Addition for the part of a position beyond a share of volume. */
export interface ExcessRule {
  /** θ, days of volume that need no addition; ≥ 0. */
  readonly threshold: number;
  /** Share of volume that a liquidation takes; in (0, 1]. */
  readonly participation: number;
}

/**
 * Addition to margin for the units beyond a threshold of volume, held for as long as the whole position takes to close.
 *
 *     max(0, |q| − θ·ADV)·margin a unit·max(0, √(|q|/(participation·ADV)) − 1)
 *
 * @param quantity    q, units; any sign
 * @param dailyVolume ADV, units a day; > 0
 * @param unitMargin  margin of one unit, currency; ≥ 0
 * @param rule        threshold and participation
 * @returns currency; ≥ 0
 * @throws DomainError if an argument is outside its bound
 */
export function excessPositionAddOn(
  quantity: number,
  dailyVolume: number,
  unitMargin: number,
  { threshold, participation }: ExcessRule,
): number {
  demandFinite("quantity", quantity);
  if (!(dailyVolume > 0)) throw new DomainError("daily volume must be above 0", dailyVolume);
  if (!(unitMargin >= 0)) throw new DomainError("margin of a unit must be ≥ 0", unitMargin);
  if (!(threshold >= 0)) throw new DomainError("threshold must be ≥ 0", threshold);
  if (!(participation > 0 && participation <= 1)) throw new DomainError("participation is in (0, 1]", participation);
  const size = Math.abs(quantity);
  const excess = Math.max(0, size - threshold * dailyVolume);
  return excess * unitMargin * Math.max(0, Math.sqrt(size / (participation * dailyVolume)) - 1);
}
