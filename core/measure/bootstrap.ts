import { DomainError, type Result, success, sum } from "../base/index.ts";
import { quantile } from "./quantile.ts";
import { randomStream } from "./random.ts";
import { tailOf } from "./tail.ts";
import type { TailRequest } from "./tail-request.ts";

export interface BootstrapSettings {
  /** Stored with the result; integer from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** B; 1000 when absent, at least 100. */
  readonly replicates?: number;
  /** Consecutive scenarios drawn together; at least h with windows of h steps that overlap; 1 when absent. */
  readonly blockLength?: number;
  /** Probability outside the interval; 0.1 when absent. */
  readonly alpha?: number;
}

export interface BootstrapEstimate {
  readonly lower: number;
  readonly upper: number;
  readonly standardError: number;
}

export interface BootstrapResult {
  readonly valueAtRisk: BootstrapEstimate;
  readonly expectedShortfall: BootstrapEstimate;
  readonly settings: Required<BootstrapSettings>;
}

/**
 * Percentile confidence intervals of VaR and ES by resampling scenarios, in blocks that run round the end of the series.
 * The losses are taken as they are: a filter is not estimated again.
 *
 * @param losses   in time order; finite
 * @param request  the tail measured; weights travel with their scenarios and are brought to sum 1 in each replicate
 * @param settings seed, replicates, block length, level
 * @returns unit of the losses; same seed, same bits; or the Failure of `tailOf`
 * @throws DomainError if a setting is outside its bound
 * @source D. Politis, J. Romano, A circular block-resampling procedure for stationary data (1992)
 */
export function bootstrapTail(
  losses: Float64Array,
  request: TailRequest,
  settings: BootstrapSettings,
): Result<BootstrapResult> {
  const { seed, replicates = 1000, blockLength = 1, alpha = 0.1 } = settings;
  if (!(Number.isInteger(replicates) && replicates >= 100))
    throw new DomainError("at least 100 replicates", replicates);
  if (!(Number.isInteger(blockLength) && blockLength >= 1)) throw new DomainError("block length ≥ 1", blockLength);
  if (!(alpha > 0 && alpha < 1)) throw new DomainError("α must be inside (0, 1)", alpha);
  const whole = tailOf(losses, request);
  if (!whole.ok) return whole;
  const n = losses.length;
  const stream = randomStream(seed);
  const drawn = new Float64Array(n);
  const drawnWeights = request.weights === undefined ? undefined : new Float64Array(n);
  const [valuesAtRisk, shortfalls] = [new Float64Array(replicates), new Float64Array(replicates)];
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    for (let at = 0; at < n; ) {
      const start = stream.nextBelow(n);
      for (let j = 0; j < blockLength && at < n; j += 1, at += 1) {
        const index = (start + j) % n;
        drawn[at] = losses[index] ?? 0;
        if (drawnWeights !== undefined) drawnWeights[at] = request.weights?.[index] ?? 0;
      }
    }
    const tail = tailOf(drawn, { ...request, ...broughtToOne(drawnWeights) });
    if (!tail.ok) return tail;
    valuesAtRisk[replicate] = tail.value.valueAtRisk;
    shortfalls[replicate] = tail.value.expectedShortfall;
  }
  return success({
    valueAtRisk: estimate(valuesAtRisk, alpha),
    expectedShortfall: estimate(shortfalls, alpha),
    settings: { seed, replicates, blockLength, alpha },
  });
}

function broughtToOne(weights: Float64Array | undefined): { readonly weights?: Float64Array } {
  if (weights === undefined) return {};
  const total = sum(weights);
  return { weights: total > 0 ? weights.map((weight) => weight / total) : weights.slice().fill(1 / weights.length) };
}

function estimate(values: Float64Array, alpha: number): BootstrapEstimate {
  const ascending = values.slice().sort();
  const mean = sum(values) / values.length;
  const variance = sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
  return {
    lower: quantile(ascending, alpha / 2),
    upper: quantile(ascending, 1 - alpha / 2),
    standardError: Math.sqrt(variance),
  };
}
