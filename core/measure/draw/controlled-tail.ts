import { failed, type Result, success, sum } from "../../base/index.ts";
import { kernelDensity, silvermanBandwidth } from "../density.ts";
import { normalQuantile } from "../distribution/normal-quantile.ts";
import { valueAtRiskStandardError } from "../standard-error.ts";
import { tailOf } from "../tail.ts";
import type { SimulationError } from "./simulated-tail.ts";

/** A loss that is simulated beside the true one and whose distribution is known: delta-gamma, under normal factors. */
export interface ControlVariate {
  /** Q, one a scenario, in the scenarios of the losses. */
  readonly losses: Float64Array;
  /** Exact P(Q > x) and E[(Q − x)⁺]. */
  readonly upperTail: (x: number) => { readonly probability: number; readonly excess: number };
}

/** VaR and ES with a control variate. */
export interface ControlledTail {
  readonly confidence: number;
  readonly valueAtRisk: number;
  readonly expectedShortfall: number;
  readonly valueAtRiskError: SimulationError;
  readonly expectedShortfallError: SimulationError;
  /** β of the tail probability and of the excess, from the pilot scenarios. */
  readonly betas: readonly [probability: number, excess: number];
  /** Variance of the tail probability without the control over that with it: how many times more scenarios it is worth. */
  readonly varianceRatio: number;
  /** First scenarios, used for β and the starting point only. */
  readonly pilot: number;
  readonly observations: number;
}

/**
 * VaR and ES of independent simulated losses, with the error of a known proxy taken out.
 *
 *     P̂(x) = mean 1{L>x} − β·(mean 1{Q>x} − P(Q>x)) = p at the VaR
 *     ES = x + ( mean (L−x)⁺ − γ·(mean (Q−x)⁺ − E(Q−x)⁺) ) / p
 *
 * @param losses     L, one a scenario, currency; loss > 0, finite; independent, equally weighted
 * @param control    Q in the same scenarios and its exact tail
 * @param confidence c; in (0, 1)
 * @param alpha      probability outside the intervals; in (0, 1)
 * @returns currency; or a Failure: a control of another length, or a first tenth with fewer than 10 scenarios in its tail
 * @source P. Glasserman, Monte Carlo Methods in Financial Engineering (2004), sections 4.1 and 9.2.3
 */
export function controlledTail(
  losses: Float64Array,
  control: ControlVariate,
  confidence: number,
  alpha = 0.05,
): Result<ControlledTail> {
  if (control.losses.length !== losses.length) {
    return failed("invalid-input", `${losses.length} control losses are expected; found ${control.losses.length}`);
  }
  const bad = control.losses.findIndex((loss) => !Number.isFinite(loss));
  if (bad >= 0) return failed("invalid-input", `control loss of scenario ${bad + 1} is ${control.losses[bad]}`);
  const pilot = Math.ceil(losses.length / 10);
  const start = tailOf(losses.subarray(0, pilot), { confidence, leastTail: 10 });
  if (!start.ok) return start;
  const { tailProbability: p, valueAtRisk: first } = start.value;
  const betas = [
    slope(indicator(losses, first, 0, pilot), indicator(control.losses, first, 0, pilot)),
    slope(excess(losses, first, 0, pilot), excess(control.losses, first, 0, pilot)),
  ] as const;
  const count = losses.length - pilot;
  const own = losses.subarray(pilot);
  const other = control.losses.subarray(pilot);
  const probability = (x: number): number =>
    (above(own, x) - betas[0] * above(other, x)) / count + betas[0] * control.upperTail(x).probability;
  const valueAtRisk = inverse(probability, p, own);
  const combined = residual(indicator(own, valueAtRisk), indicator(other, valueAtRisk), betas[0]);
  const excesses = residual(excess(own, valueAtRisk), excess(other, valueAtRisk), betas[1]);
  const known = control.upperTail(valueAtRisk).excess;
  const expectedShortfall = valueAtRisk + (sum(excesses) / count + betas[1] * known) / p;
  const bandwidth = silvermanBandwidth(own);
  const density = bandwidth > 0 ? kernelDensity(own, valueAtRisk, bandwidth) : 0;
  const share = variance(combined) / (p * (1 - p));
  const valueAtRiskError = density > 0 ? valueAtRiskStandardError(count, p, density) * Math.sqrt(share) : 0;
  const shortfallError = Math.sqrt(variance(excesses) / count) / p;
  const quantile = normalQuantile(1 - alpha / 2);
  const around = (value: number, standardError: number): SimulationError => ({
    standardError,
    lower: value - quantile * standardError,
    upper: value + quantile * standardError,
  });
  return success({
    ...{ confidence, valueAtRisk, expectedShortfall, betas, pilot, observations: count },
    valueAtRiskError: around(valueAtRisk, valueAtRiskError),
    expectedShortfallError: around(expectedShortfall, shortfallError),
    varianceRatio: share > 0 ? 1 / share : Number.MAX_VALUE,
  });
}

function indicator(values: Float64Array, x: number, from = 0, to = values.length): Float64Array {
  return values.subarray(from, to).map((value) => (value > x ? 1 : 0));
}

function excess(values: Float64Array, x: number, from = 0, to = values.length): Float64Array {
  return values.subarray(from, to).map((value) => Math.max(0, value - x));
}

function above(values: Float64Array, x: number): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > x) count += 1;
  return count;
}

function residual(own: Float64Array, other: Float64Array, beta: number): Float64Array {
  return own.map((value, i) => value - beta * (other[i] as number));
}

function variance(values: Float64Array): number {
  const mean = sum(values) / values.length;
  return sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
}

/** cov/var; 0 when the control does not vary. */
function slope(own: Float64Array, other: Float64Array): number {
  const spread = variance(other);
  if (!(spread > 0)) return 0;
  const [x, y] = [sum(own) / own.length, sum(other) / other.length];
  return sum(own.map((value, i) => (value - x) * ((other[i] as number) - y))) / (own.length - 1) / spread;
}

/** x with P̂(x) = p, by halving between the smallest and the largest loss: P̂ falls from 1 to 0 but for small steps of the control. */
function inverse(probability: (x: number) => number, p: number, losses: Float64Array): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const loss of losses) {
    low = Math.min(low, loss);
    high = Math.max(high, loss);
  }
  for (let turn = 0; turn < 60; turn++) {
    const middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    if (probability(middle) > p) low = middle;
    else high = middle;
  }
  return high;
}
