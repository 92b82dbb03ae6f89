import { optionExpiries } from "./underlying.ts";

/** One option leg: the strike whose delta is nearest, and a size in coin, long > 0. */
export interface Leg {
  readonly expiryMs: number;
  readonly isCall: boolean;
  /** Black delta, negative for puts. */
  readonly delta: number;
  readonly size: number;
}

const [, , weekly = 0, nextWeek = 0, december = 0, january = 0, march = 0, june = 0] = optionExpiries;

const call = (expiryMs: number, delta: number, size: number): Leg => ({ expiryMs, isCall: true, delta, size });
const put = (expiryMs: number, delta: number, size: number): Leg => ({ expiryMs, isCall: false, delta: -delta, size });

/** A market maker after a quiet month: short strangles in front, wings bought against them, longer volatility bought. */
const legs: readonly Leg[] = [
  // weekly: short strangles, a few wings
  ...[call(weekly, 0.4, -30), call(weekly, 0.25, -45), call(weekly, 0.12, -35), call(weekly, 0.04, 40)],
  ...[put(weekly, 0.42, -25), put(weekly, 0.27, -40), put(weekly, 0.13, -45), put(weekly, 0.05, 30)],
  // next week: the same, smaller
  ...[call(nextWeek, 0.35, -25), call(nextWeek, 0.2, -30), call(nextWeek, 0.08, 25)],
  ...[put(nextWeek, 0.35, -20), put(nextWeek, 0.2, -35), put(nextWeek, 0.08, 25)],
  // December: short straddle and strangle
  ...[call(december, 0.5, -35), call(december, 0.25, -50), call(december, 0.1, -40), call(december, 0.05, 45)],
  ...[put(december, 0.48, -30), put(december, 0.25, -45), put(december, 0.12, -30), put(december, 0.06, 30)],
  // January: a risk reversal that customers sold to us
  ...[call(january, 0.3, 25), put(january, 0.25, -30)],
  // March and June: bought against December
  ...[call(march, 0.5, 40), call(march, 0.25, 35), put(march, 0.45, 35), put(march, 0.2, 25)],
  ...[call(june, 0.45, 15), put(june, 0.3, 15)],
];

export interface BookPlan {
  readonly legs: readonly Leg[];
  /** Coin of delta left open after the hedge in futures, long > 0. */
  readonly openDelta: number;
  /** Dated futures in USD; the perpetual takes the rest of the hedge. */
  readonly datedUsd: { readonly december: number; readonly march: number };
  /** Cash of the account in coin. */
  readonly balance: number;
  /** Charged margin in coin, as the imaginary venue states it: what this program computes for the book. */
  readonly stated: { readonly initial: number; readonly maintenance: number };
}

const scaled = (factor: (leg: Leg) => number): readonly Leg[] =>
  legs.map((leg) => ({ ...leg, size: Math.round(leg.size * factor(leg)) })).filter(({ size }) => size !== 0);

/** In ETH the maker has sold more calls than puts and bought little longer volatility: the upside binds there. */
const etherFactor = ({ expiryMs, isCall, size }: Leg): number =>
  14 * (isCall && size < 0 ? 1.3 : 1) * (expiryMs >= january ? 0.4 : 1);

export const plans: Readonly<Record<"BTC" | "ETH", BookPlan>> = {
  BTC: {
    legs: scaled(() => 1),
    openDelta: -6,
    datedUsd: { december: -1_500_000, march: 2_200_000 },
    balance: 20.4,
    stated: { initial: 16.932832831, maintenance: 13.546266265 },
  },
  ETH: {
    legs: scaled(etherFactor),
    openDelta: -90,
    datedUsd: { december: 600_000, march: -450_000 },
    balance: 646,
    stated: { initial: 365.842517116, maintenance: 292.674013693 },
  },
};

export const futureDatesOfHedge: { readonly december: number; readonly march: number } = { december, march };
