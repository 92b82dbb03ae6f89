import { DomainError } from "../../base/index.ts";
import { checkMargins } from "./margin-series.ts";

/** When a recomputed parameter replaces the published one. */
export interface PublicationRule {
  /** Relative change beyond which a new value is published; 0.1. */
  readonly threshold: number;
  /** Sessions after which a new value is published however small the change; 5. */
  readonly longestSessions: number;
  /** Sessions until a published rise takes effect; 1, at least 1. */
  readonly riseDelay: number;
  /** Sessions until a published fall takes effect; 2, at least 1. */
  readonly fallDelay: number;
}

export const defaultPublicationRule: PublicationRule = {
  threshold: 0.1,
  longestSessions: 5,
  riseDelay: 1,
  fallDelay: 2,
};

/** A parameter through time: as published, and as in force. */
export interface PublishedParameter {
  /** Last value published by the close of each session. */
  readonly published: Float64Array;
  /** Value in force during each session. */
  readonly effective: Float64Array;
  /** Sessions at whose close a new value was published. */
  readonly publications: readonly number[];
}

/**
 * A margin parameter with hysteresis: published when it has moved enough or stood long enough, raised sooner than lowered.
 *
 *     publish at t when |x_t/x_pub − 1| > threshold or t − t_pub ≥ longestSessions
 *
 * A publication in force no later than one still waiting replaces it: a rise during the delay of a fall cancels the fall.
 *
 * @param values recomputed parameter at each close, oldest first; ≥ 0
 * @param rule   thresholds and delays; this product's defaults, a venue's rule replaces them
 * @returns published and effective, one a session; the first value is in force from the start
 * @throws DomainError if a value or a parameter is outside its bound
 */
export function publishedParameter(
  values: Float64Array,
  rule: PublicationRule = defaultPublicationRule,
): PublishedParameter {
  checkMargins(values);
  const { threshold, longestSessions, riseDelay, fallDelay } = rule;
  if (!(threshold >= 0)) throw new DomainError("threshold of publication must be ≥ 0", threshold);
  if (!(longestSessions >= 1)) throw new DomainError("longest time between publications ≥ 1", longestSessions);
  if (!(riseDelay >= 1 && fallDelay >= 1))
    throw new DomainError("delays must be ≥ 1 session", Math.min(riseDelay, fallDelay));
  const published = new Float64Array(values.length);
  const effective = new Float64Array(values.length);
  const publications: number[] = [];
  let current = values[0] ?? 0;
  let publishedAt = 0;
  let inForce = current;
  let pending: { readonly from: number; readonly value: number }[] = [];
  for (let t = 0; t < values.length; t += 1) {
    const value = values[t] ?? 0;
    const moved = current === 0 ? value > 0 : Math.abs(value / current - 1) > threshold;
    const from = t + (value > current ? riseDelay : fallDelay);
    for (const due of pending) if (due.from <= t) inForce = due.value;
    pending = pending.filter((due) => due.from > t);
    effective[t] = inForce;
    if (t > 0 && (moved || t - publishedAt >= longestSessions)) {
      pending = [...pending.filter((due) => due.from < from), { from, value }];
      current = value;
      publishedAt = t;
      publications.push(t);
    }
    published[t] = current;
  }
  return { published, effective, publications };
}

/** Terms of a price scan range from volatility. */
export interface ScanRangeRule {
  /** k, multiple of the volatility: 2.3263 for 99 %, or an empirical multiple; > 0. */
  readonly multiple: number;
  /** h, margin period of risk, in the unit of time of the volatility; > 0. */
  readonly horizon: number;
  /** Least and greatest range as fractions of the price. */
  readonly floor: number;
  readonly cap: number;
  /** Range is rounded up to a multiple of this; currency; > 0. */
  readonly tick: number;
}

/**
 * Price scan range from current volatility.
 *
 *     PSR = ⌈ clamp(k·σ·√h·P, floor·P, cap·P) ⌉ to the tick
 *
 * @param volatility σ, fraction per √unit of time; ≥ 0
 * @param price      P, currency; > 0
 * @param rule       multiple, horizon, bounds, tick
 * @returns currency; a multiple of the tick
 * @throws DomainError if an argument is outside its bound
 */
export function scanRange(volatility: number, price: number, rule: ScanRangeRule): number {
  const { multiple, horizon, floor, cap, tick } = rule;
  if (!(volatility >= 0 && Number.isFinite(volatility))) throw new DomainError("volatility must be ≥ 0", volatility);
  if (!(price > 0)) throw new DomainError("price must be above 0", price);
  if (!(multiple > 0 && horizon > 0)) throw new DomainError("multiple and horizon must be above 0", multiple * horizon);
  if (!(floor >= 0 && cap >= floor)) throw new DomainError(`cap must be at least the floor of ${floor}`, cap);
  if (!(tick > 0)) throw new DomainError("tick must be above 0", tick);
  const range = Math.min(cap * price, Math.max(floor * price, multiple * volatility * Math.sqrt(horizon) * price));
  const ticks = range / tick;
  const whole = Math.round(ticks);
  return (Math.abs(ticks - whole) < 1e-9 * Math.max(1, whole) ? whole : Math.ceil(ticks)) * tick;
}
