import { DomainError, normalCdf, sum } from "../base/index.ts";
import { normalQuantile } from "../measure/index.ts";
import { notTestable, type TestOutcome, tested } from "./test-outcome.ts";

/**
 * Score of a joint forecast of value at risk and expected shortfall, of degree zero; the lower mean is the better model.
 *
 *     S_t = (1/e)(v + I_t (L_t − v)/p) + ln e − 1
 *
 * @param losses L, loss > 0
 * @param valueAtRisk v, same length and unit
 * @param expectedShortfall e, same length and unit; > 0
 * @param p tail probability, 0 < p < 1
 * @returns one score a row; a difference of two models' scores does not depend on the unit of money
 * @throws DomainError when the lengths differ or a shortfall is not above 0
 * @source T. Fissler, J. Ziegel, Higher order elicitability and Osband's principle, Annals of Statistics 44 (2016), https://arxiv.org/abs/1507.00244
 */
export function jointScores(
  losses: readonly number[],
  valueAtRisk: readonly number[],
  expectedShortfall: readonly number[],
  p: number,
): readonly number[] {
  if (valueAtRisk.length !== losses.length || expectedShortfall.length !== losses.length)
    throw new DomainError("losses and forecasts must have one length", losses.length);
  return losses.map((loss, row) => {
    const [v, e] = [valueAtRisk[row] ?? 0, expectedShortfall[row] ?? 0];
    if (!(e > 0)) throw new DomainError("expected shortfall must be above 0", e);
    return (v + (loss > v ? (loss - v) / p : 0)) / e + Math.log(e) - 1;
  });
}

/**
 * Diebold and Mariano's test of two models on the same rows: is the mean difference of scores zero?
 *
 *     DM = mean(d) / √(V/T),   d = S_first − S_second,   V = γ0 + 2 Σ_{k<h} (1 − k/h) γ_k  ~  N(0, 1), two-sided
 *
 * @param first  scores of one model
 * @param second scores of the other, same length
 * @param horizon h in rows, ≥ 1: overlapping losses make the differences correlated over h − 1 rows
 * @returns below 0 when the first model is the better; not testable when the differences do not vary
 * @throws DomainError when the lengths differ
 * @source F. Diebold, R. Mariano, Comparing predictive accuracy, J. Business and Economic Statistics 13 (1995) 253–263
 */
export function dieboldMariano(
  first: readonly number[],
  second: readonly number[],
  horizon = 1,
  level = 0.05,
): TestOutcome {
  if (first.length !== second.length) throw new DomainError("scores must have one length", second.length);
  const count = first.length;
  const named = {
    id: "diebold-mariano",
    title: "Diebold-Mariano on joint scores",
    distribution: "standard normal, two-sided",
    level,
    sampleSize: count,
  };
  const differences = first.map((score, row) => score - (second[row] ?? 0));
  const mean = sum(differences) / count;
  const centred = differences.map((value) => value - mean);
  const covariance = (lag: number) => sum(centred.slice(lag).map((value, row) => value * (centred[row] ?? 0))) / count;
  let variance = covariance(0);
  for (let lag = 1; lag < horizon; lag += 1) variance += 2 * (1 - lag / horizon) * covariance(lag);
  if (count < 2 || !(variance > 0))
    return notTestable(named, "the two models' scores do not differ by a varying amount");
  const statistic = mean / Math.sqrt(variance / count);
  const figures = { meanFirst: sum(first) / count, meanSecond: sum(second) / count };
  return tested({ ...named, figures }, statistic, normalQuantile(1 - level / 2), 2 * normalCdf(-Math.abs(statistic)));
}
