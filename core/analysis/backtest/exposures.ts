import { msPerDay } from "../../base/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { Exposure } from "./backtest.ts";
import { closeOut, type Held } from "./close-out.ts";
import type { DeliveryPrices } from "./delivery-prices.ts";

/** A close-out period ends at the first market not earlier than this before its end: snapshots are never taken on the second. */
const earlyMs = 3 * 3_600_000;

/** A market later than this after the end does not show the period. */
const lateMs = msPerDay;

/** A point whose close-out period has not ended. */
export interface Pending {
  readonly point: number;
  readonly asOfMs: number;
  readonly held: readonly Held[];
  /** Positions without terms at the point itself. */
  readonly unvalued: readonly string[];
}

/**
 * Whether a market ends the close-out period of a point, comes too late for it, or too early.
 *
 * @param fromMs      the point, UTC ms
 * @param horizonDays close-out period, calendar days; > 0
 * @param asOfMs      of the market, UTC ms
 */
export function periodAt(fromMs: number, horizonDays: number, asOfMs: number): "before" | "end" | "missed" {
  const left = fromMs + horizonDays * msPerDay - asOfMs;
  if (left > earlyMs) return "before";
  return -left > lateMs ? "missed" : "end";
}

/** Loss of a point's positions at the market that ends its period. */
export function exposureOf(pending: Pending, market: MarketSnapshot, deliveries: DeliveryPrices): Exposure {
  const { profitUsd, drivers, unvalued } = closeOut(pending.held, market, deliveries);
  const lossUsd = profitUsd === 0 ? 0 : -profitUsd;
  return { toMs: market.asOfMs, lossUsd, drivers, unvalued: [...pending.unvalued, ...unvalued] };
}
