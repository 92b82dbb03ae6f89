import { DomainError } from "../base/index.ts";
import { normalQuantile } from "../measure/index.ts";
import { binomialAtLeast, binomialAtMost, binomialProbability } from "./binomial.ts";

export type Zone = "green" | "yellow" | "red";

/** Where a number of exceptions stands, by the Basel Committee's three zones. */
export interface TrafficLight {
  readonly exceptions: number;
  readonly observations: number;
  /** Probability of an exception when the model is right. */
  readonly p: number;
  readonly zone: Zone;
  /** Least numbers of exceptions of the yellow and of the red zone. */
  readonly firstYellow: number;
  readonly firstRed: number;
  /** P(X ≤ x) and P(X ≥ x) of a right model. */
  readonly atMost: number;
  readonly atLeast: number;
  /** Capital multiplier of 1996 and of the market risk rules in force since 2023. */
  readonly multiplier1996: number;
  readonly multiplierFrtb: number;
  /** `table`: as printed for 250 rows at 99 %. `derived`: by the committee's reasoning for any other. */
  readonly multiplierBasis: "table" | "derived";
}

/** Multipliers as printed for 250 rows at 99 %, by number of exceptions; ten and more are red. */
const printed = {
  multiplier1996: [3, 3, 3, 3, 3, 3.4, 3.5, 3.65, 3.75, 3.85, 4],
  multiplierFrtb: [1.5, 1.5, 1.5, 1.5, 1.5, 1.7, 1.76, 1.83, 1.88, 1.92, 2],
} as const;

/** Cumulative probabilities at which the zones begin. */
const [yellowFrom, redFrom] = [0.95, 0.9999];

/**
 * Least numbers of exceptions of the yellow and red zones.
 *
 * @param observations T ≥ 1
 * @param p probability of an exception, 0 < p < 1
 * @returns smallest k with P(X ≤ k) ≥ 95 %, and with P(X ≤ k) ≥ 99.99 %
 * @source Basel Committee, Supervisory framework for the use of backtesting (bcbs22, January 1996)
 */
export function zoneBounds(
  observations: number,
  p: number,
): { readonly firstYellow: number; readonly firstRed: number } {
  let atMost = 0;
  let k = 0;
  const first = (share: number) => {
    for (; k <= observations; k += 1) {
      const next = atMost + binomialProbability(k, observations, p);
      if (next >= share) return k;
      atMost = next;
    }
    return observations;
  };
  return { firstYellow: first(yellowFrom), firstRed: first(redFrom) };
}

/**
 * Basel traffic light for any number of observations and any probability.
 *
 * For 250 rows at 99 % the multipliers are those printed. For any other the committee's own reasoning is applied without its
 * rounding: the multiplier grows by the factor that would make the observed share of exceptions the promised one under a
 * normal distribution, z(1 − p) / z(1 − x/T), at most by a third, which is also the red zone's.
 *
 * @param exceptions x, whole number, 0 ≤ x ≤ T
 * @param observations T ≥ 1
 * @param p probability of an exception, 0 < p < 0.5
 * @throws DomainError if an argument is outside its bound
 * @source bcbs22 (January 1996), table 2; MAR32 and MAR99, https://www.bis.org/basel_framework/chapter/MAR/32.htm
 */
export function trafficLight(exceptions: number, observations: number, p: number): TrafficLight {
  if (!(p > 0 && p < 0.5)) throw new DomainError("p must lie between 0 and 0.5", p);
  const bounds = zoneBounds(observations, p);
  const zone = zoneOf(exceptions, bounds);
  const isPrinted = observations === 250 && Math.abs(p - 0.01) < 1e-12;
  const place = Math.min(exceptions, 10);
  const factor = derivedFactor(exceptions / observations, p, zone);
  return {
    ...{ exceptions, observations, p, zone, ...bounds },
    atMost: binomialAtMost(exceptions, observations, p),
    atLeast: binomialAtLeast(exceptions, observations, p),
    multiplier1996: (isPrinted ? printed.multiplier1996[place] : undefined) ?? 3 * factor,
    multiplierFrtb: (isPrinted ? printed.multiplierFrtb[place] : undefined) ?? 1.5 * factor,
    multiplierBasis: isPrinted ? "table" : "derived",
  };
}

/**
 * Probability that a model whose true coverage is another one stays green.
 *
 * @param trueP probability of an exception in truth, 0 < trueP < 1
 */
export function greenProbability(trueP: number, observations = 250, p = 0.01): number {
  return binomialAtMost(zoneBounds(observations, p).firstYellow - 1, observations, trueP);
}

/** Exceptions of the last `window` rows, at each row from the first full window on. */
export interface RollingCount {
  /** Place of the last row of the window in the series, from 0. */
  readonly row: number;
  readonly exceptions: number;
  readonly zone: Zone;
}

/**
 * Number of exceptions in a window that moves row by row, with its zone.
 *
 * @param hits 1 or 0, in time order
 * @param p probability of an exception, 0 < p < 0.5
 * @param window rows, ≥ 1
 * @returns empty when there are fewer rows than the window
 */
export function rollingCounts(hits: readonly number[], p: number, window = 250): readonly RollingCount[] {
  if (hits.length < window) return [];
  const bounds = zoneBounds(window, p);
  let exceptions = 0;
  return hits.flatMap((hit, row) => {
    exceptions += hit - (hits[row - window] ?? 0);
    return row + 1 < window ? [] : [{ row, exceptions, zone: zoneOf(exceptions, bounds) }];
  });
}

/**
 * Whether a trading desk keeps its model: at most 12 exceptions at 99 % and 30 at 97.5 % in the last 250 rows.
 *
 * @param at99 exceptions at 99 %, the larger number of actual and hypothetical profit and loss
 * @param at975 exceptions at 97.5 %, likewise
 * @source MAR32.18
 */
export function deskKeepsModel(at99: number, at975: number): boolean {
  return at99 <= 12 && at975 <= 30;
}

function zoneOf(exceptions: number, { firstYellow, firstRed }: { firstYellow: number; firstRed: number }): Zone {
  if (exceptions >= firstRed) return "red";
  return exceptions >= firstYellow ? "yellow" : "green";
}

function derivedFactor(share: number, p: number, zone: Zone): number {
  if (zone === "green") return 1;
  if (zone === "red" || share >= 0.5) return 4 / 3;
  return Math.min(4 / 3, normalQuantile(1 - p) / normalQuantile(1 - share));
}
