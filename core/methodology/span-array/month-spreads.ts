import type { CombinedCommodity, MonthSpread, SpreadLeg, Tier } from "../../parameter-file/index.ts";
import { rateOf } from "./account-type.ts";
import type { MonthDeltas } from "./month-deltas.ts";

/** A spread between months that formed, and its charge. */
export interface FormedSpread {
  /** The commodity it formed in, where arrays of several are added. */
  readonly of?: string;
  readonly priority: number;
  /** Which side of the legs was long. */
  readonly longSide: "A" | "B";
  readonly legs: string;
  /** Number of spreads; > 0. */
  readonly count: number;
  /** Money per spread. */
  readonly rate: number;
  readonly charge: number;
}

/**
 * Forms spreads between months in the order of the table, each in two passes, and consumes their deltas.
 *
 *     count = min over legs of (what is left on the leg's side of its months) / (delta per spread),   charge = count × rate
 *
 * @param deltas changed: what is consumed is taken off
 */
export function formMonthSpreads(
  commodity: CombinedCommodity,
  deltas: MonthDeltas,
  rate: number,
): readonly FormedSpread[] {
  const formed: FormedSpread[] = [];
  for (const spread of commodity.spreads) {
    for (const longSide of ["A", "B"] as const) {
      const legs = legsOf(spread, commodity, longSide);
      if (legs === undefined) continue;
      const count = Math.min(...legs.map(({ side, tier, ratio }) => deltas.available(side, tier) / ratio));
      if (!(count > 0)) continue;
      for (const { side, tier, ratio } of legs) deltas.consume(side, tier, count * ratio);
      const perSpread = rateOf(spread.charge, rate);
      const { priority } = spread;
      formed.push({
        priority,
        longSide,
        legs: wordsOf(spread.legs),
        count,
        rate: perSpread,
        charge: count * perSpread,
      });
    }
  }
  return formed;
}

interface Leg {
  readonly side: "long" | "short";
  readonly tier: Tier;
  readonly ratio: number;
}

/** Legs of a spread in one pass; those that take from the same side of the same months are one. */
function legsOf(
  { legs }: MonthSpread,
  { spreadTiers }: CombinedCommodity,
  longSide: "A" | "B",
): readonly Leg[] | undefined {
  const found: Leg[] = [];
  for (const leg of legs) {
    const tier = monthsOf(leg, spreadTiers);
    if (tier === undefined) return undefined;
    const side = leg.side === longSide ? "long" : "short";
    const same = found.findIndex((one) => one.side === side && one.tier.from === tier.from && one.tier.to === tier.to);
    const known = found[same];
    if (known === undefined) found.push({ side, tier, ratio: leg.deltaPerSpread });
    else found[same] = { ...known, ratio: known.ratio + leg.deltaPerSpread };
  }
  return found.length < 2 ? undefined : found;
}

/** Months a leg takes from: its month, its tier, or all where the file lists no tiers. */
function monthsOf({ month, tier = 0 }: SpreadLeg, tiers: readonly Tier[]): Tier | undefined {
  if (month !== undefined) return { tier: 0, from: month, to: month };
  return tiers.find((one) => one.tier === tier) ?? (tiers.length === 0 || tier === 0 ? { tier: 0 } : undefined);
}

function wordsOf(legs: readonly SpreadLeg[]): string {
  return legs
    .map(({ side, month, tier, deltaPerSpread }) => `${deltaPerSpread} ${side} ${month ?? `tier ${tier ?? 0}`}`)
    .join(", ");
}

/** Charge on deltas of months near delivery, one entry a month that has any. */
export interface DeliveryCharge {
  readonly of?: string;
  readonly month: string;
  readonly consumed: number;
  readonly remaining: number;
  readonly inSpreads: number;
  readonly outright: number;
  readonly charge: number;
}

/**
 * Delivery charges after spreads between months have formed.
 *
 *     charge = |delta consumed by spreads| × rate in spreads + |delta left| × outright rate
 */
export function deliveryCharges({ delivery }: CombinedCommodity, deltas: MonthDeltas): readonly DeliveryCharge[] {
  return delivery.flatMap(({ month, inSpreads, outright, applies = "both" }) => {
    const left = deltas.remaining(month);
    const counts = applies === "both" || (applies === "long") === left > 0;
    const remaining = counts ? Math.abs(left) : 0;
    const consumed = deltas.consumed(month);
    if (remaining === 0 && consumed === 0) return [];
    return [{ month, consumed, remaining, inSpreads, outright, charge: consumed * inSpreads + remaining * outright }];
  });
}
