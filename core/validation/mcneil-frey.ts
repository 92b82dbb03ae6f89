import { randomStream, studentTCdf, studentTQuantile } from "../measure/index.ts";
import { notTestable, type TestOutcome, tested } from "./test-outcome.ts";

/** Below this many exceptions the t distribution is not to be trusted and the bootstrap decides. */
const fewExceptions = 20;

/**
 * Standardised excesses over the expected shortfall, on exceptions.
 *
 *     r_t = (L_t − ES_t) / σ_t   where L_t > VaR_t
 *
 * @param deviations σ, forecast standard deviation of each row, > 0
 */
export function standardisedExcesses(
  losses: readonly number[],
  valueAtRisk: readonly number[],
  expectedShortfall: readonly number[],
  deviations: readonly number[],
): readonly number[] {
  return losses.flatMap((loss, row) =>
    loss > (valueAtRisk[row] ?? 0) ? [(loss - (expectedShortfall[row] ?? 0)) / (deviations[row] ?? 1)] : [],
  );
}

/**
 * McNeil and Frey's test: is the mean standardised excess above zero, so that the expected shortfall is too small?
 *
 *     t = mean(r) / (s/√x),   one-sided, Student t with x − 1 degrees of freedom; below 20 exceptions the bootstrap decides
 *
 * The bootstrap draws x excesses with replacement from the excesses less their mean, and counts how often their t is at
 * least the one observed.
 *
 * @param excesses as `standardisedExcesses` gives them
 * @param observations rows they come from
 * @param settings number of bootstrap samples and seed
 * @returns not testable below two exceptions, or when all excesses are equal
 * @source A. McNeil, R. Frey, Estimation of tail-related risk measures, J. Empirical Finance 7 (2000) 271–300
 */
export function mcneilFrey(
  excesses: readonly number[],
  observations: number,
  { draws = 10_000, seed = 1, level = 0.05 }: { draws?: number; seed?: number; level?: number } = {},
): TestOutcome {
  const count = excesses.length;
  const named = {
    id: "mcneil-frey",
    title: "McNeil-Frey standardised excess",
    distribution: `Student t, ${Math.max(0, count - 1)} degrees of freedom, upper tail`,
    level,
    sampleSize: observations,
  };
  const statistic = tStatistic(excesses);
  if (statistic === undefined) return notTestable(named, "fewer than two different excesses over the value at risk");
  const direction = statistic > 0 ? ("losses too large" as const) : ("losses too small" as const);
  const byStudent = studentTCdf(-statistic, count - 1);
  const byBootstrap = bootstrapTail(excesses, statistic, draws, seed);
  const figures = { exceptions: count, byStudent, byBootstrap, draws, seed };
  const critical = studentTQuantile(1 - level, count - 1);
  const few = count < fewExceptions;
  const remarks = few ? [`${count} exceptions: the p-value is that of ${draws} bootstrap samples, seed ${seed}`] : [];
  return tested({ ...named, direction, figures, remarks }, statistic, critical, few ? byBootstrap : byStudent);
}

/** mean / (s/√n) with the n − 1 variance; undefined below two values or when all are equal. */
export function tStatistic(values: readonly number[]): number | undefined {
  const count = values.length;
  if (count < 2) return undefined;
  const mean = values.reduce((total, value) => total + value, 0) / count;
  const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / (count - 1);
  return variance > 0 ? mean / Math.sqrt(variance / count) : undefined;
}

function bootstrapTail(excesses: readonly number[], statistic: number, draws: number, seed: number): number {
  const { nextBelow } = randomStream(seed);
  const count = excesses.length;
  const mean = excesses.reduce((total, value) => total + value, 0) / count;
  const centred = excesses.map((value) => value - mean);
  let atLeast = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const sample = Array.from({ length: count }, () => centred[nextBelow(count)] ?? 0);
    // a sample of one repeated value has no t; it counts on the side of its sign
    const drawn = tStatistic(sample) ?? ((sample[0] ?? 0) > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);
    if (drawn >= statistic) atLeast += 1;
  }
  return (1 + atLeast) / (1 + draws);
}
