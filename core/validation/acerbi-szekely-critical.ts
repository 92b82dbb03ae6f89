import { DomainError, type Steps } from "../base/index.ts";
import { generatorName, randomStream } from "../measure/index.ts";
import { binomialProbability } from "./binomial.ts";
import { type TailModel, tailModelName, tailRatio } from "./tail-model.ts";

/** What is simulated, and how. */
export interface NullSimulation {
  /** T ≥ 1. */
  readonly observations: number;
  /** Tail probability, 0 < p ≤ 0.5. */
  readonly p: number;
  readonly model: TailModel;
  /** Samples; 10⁶ place the 5 % value within 0.002. */
  readonly draws: number;
  readonly seed: number;
}

/** Statistics of a right model, ascending, with everything that made them. */
export interface NullSample extends NullSimulation {
  readonly generator: string;
  readonly modelName: string;
  readonly values: Float64Array;
}

/** Exceptions drawn between two pauses. */
const exceptionsAtOnce = 100_000;

/**
 * Distribution of Z2 when the model is right, by simulation: a binomial number of exceptions, each with a loss from the tail.
 *
 * @returns values ascending
 * @throws DomainError if draws is not a whole number ≥ 1 or p is outside its bound
 */
export function* simulatedSecond(simulation: NullSimulation): Steps<NullSample> {
  const { observations, p } = simulation;
  const counts = cumulativeCounts(observations, p);
  return yield* simulated(simulation, (draw) => {
    const u = draw();
    let exceptions = 0;
    while (exceptions < counts.length && u > (counts[exceptions] ?? 1)) exceptions += 1;
    return { exceptions, scale: observations * p };
  });
}

/**
 * Distribution of Z1 for a given number of exceptions when the model is right.
 *
 * @param exceptions x ≥ 1
 */
export function* simulatedFirst(simulation: NullSimulation, exceptions: number): Steps<NullSample> {
  if (!(exceptions >= 1)) throw new DomainError("exceptions must be 1 or more", exceptions);
  return yield* simulated(simulation, () => ({ exceptions, scale: exceptions }));
}

/**
 * Critical value of a lower-tail test.
 *
 * @param level probability of rejecting a right model, above 1/draws
 * @returns the value below which a share `level` of the sample lies, linear between neighbours
 */
export function criticalValueOf({ values }: Pick<NullSample, "values">, level: number): number {
  const place = Math.min(values.length - 1, Math.max(0, level * values.length - 0.5));
  const at = Math.floor(place);
  const low = values[at] ?? 0;
  return low + (place - at) * ((values[at + 1] ?? low) - low);
}

/**
 * Probability of a statistic at or below the one found, (1 + count) / (1 + draws): never 0, as a sample cannot show less than one
 * in its number. With its standard error.
 */
export function pValueOf(
  { values }: Pick<NullSample, "values">,
  statistic: number,
): { readonly pValue: number; readonly standardError: number } {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= statistic) low = middle + 1;
    else high = middle;
  }
  const pValue = (1 + low) / (1 + values.length);
  return { pValue, standardError: Math.sqrt((pValue * (1 - pValue)) / values.length) };
}

function* simulated(
  simulation: NullSimulation,
  next: (draw: () => number) => { readonly exceptions: number; readonly scale: number },
): Steps<NullSample> {
  const { p, model, draws, seed } = simulation;
  if (!(Number.isInteger(draws) && draws >= 1)) throw new DomainError("draws must be whole, 1 or more", draws);
  if (!(p > 0 && p <= 0.5)) throw new DomainError("p must lie above 0 and at most at 0.5", p);
  const { nextOpen } = randomStream(seed);
  const ratio = tailRatio(model, p);
  const values = new Float64Array(draws);
  let sincePause = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const { exceptions, scale } = next(nextOpen);
    sincePause += exceptions;
    if (sincePause > exceptionsAtOnce) {
      yield;
      sincePause = 0;
    }
    let total = 0;
    // −ln u is the exponential variable that places a loss beyond the quantile
    for (let exception = 0; exception < exceptions; exception += 1) total += ratio(-Math.log(nextOpen()));
    values[draw] = 1 - total / scale;
  }
  return { ...simulation, generator: generatorName, modelName: tailModelName(model), values: values.sort() };
}

/** P(X ≤ k) for k = 0, 1 … up to where it is 1 in double precision. */
function cumulativeCounts(observations: number, p: number): Float64Array {
  const counts: number[] = [];
  let total = 0;
  for (let k = 0; k <= observations; k += 1) {
    const probability = binomialProbability(k, observations, p);
    total += probability;
    counts.push(Math.min(1, total));
    if (k > observations * p && probability < 1e-18) break;
  }
  return Float64Array.from(counts);
}
