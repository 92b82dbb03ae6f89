import { type Failure, failed, sum } from "../base/index.ts";
import { tailCount, tailProbability } from "./tail-probability.ts";
import type { QuantileConvention, TailMean, TailRequest } from "./tail-request.ts";

type Refusal = { readonly ok: false; readonly failure: Failure };

/**
 * What is wrong with a request for a tail, if anything: the first of confidence, length of the history, losses, weights, rules.
 *
 * @param losses     loss > 0, one a scenario
 * @param request    as asked
 * @param convention the convention asked or its default
 * @param estimator  the estimator asked or its default
 * @returns a refusal; undefined when nothing is wrong
 */
export function wrongTailRequest(
  losses: Float64Array,
  request: TailRequest,
  convention: QuantileConvention,
  estimator: TailMean,
): Refusal | undefined {
  const { confidence, weights, scenarioIds, leastTail = 1 } = request;
  if (!(confidence > 0 && confidence < 1)) {
    return failed("invalid-input", `confidence must be above 0 and below 1; found ${confidence}`);
  }
  const p = tailProbability(confidence);
  const needed = Math.max(1, Math.ceil(tailCount(leastTail, 1 / p)));
  if (losses.length < needed) {
    const asked = `${Number((confidence * 100).toPrecision(12))} % with rank ${Math.max(1, leastTail)}`;
    return failed("missing-data", `${asked} needs at least ${needed} observations; found ${losses.length}`);
  }
  const bad = losses.findIndex((loss) => !Number.isFinite(loss));
  if (bad >= 0) {
    const id = scenarioIds?.[bad] ?? `${bad + 1}`;
    return failed("invalid-input", `scenario ${id}: loss is ${losses[bad]}; expected a finite amount`, id);
  }
  return wrongWeights(request, losses.length) ?? needsEqualWeights(weights, convention, estimator);
}

function wrongWeights({ confidence, weights, weightsOnAverage }: TailRequest, n: number): Refusal | undefined {
  if (weights === undefined) return undefined;
  if (weights.length !== n) return failed("invalid-input", `${n} scenarios need ${n} weights; found ${weights.length}`);
  const bad = weights.findIndex((weight) => !(weight >= 0 && Number.isFinite(weight)));
  if (bad >= 0) return failed("invalid-input", `weight of scenario ${bad + 1} must be ≥ 0; found ${weights[bad]}`);
  const total = sum(weights);
  if (weightsOnAverage === undefined && Math.abs(total - 1) > 1e-9) {
    return failed("invalid-input", `weights of the scenarios must sum to 1; found ${total}`);
  }
  const p = tailProbability(confidence);
  if (total >= p) return undefined;
  return failed("invalid-input", `weights of the scenarios sum to ${total}, less than the tail of ${p} asked`);
}

function needsEqualWeights(
  weights: Float64Array | undefined,
  convention: QuantileConvention,
  estimator: TailMean,
): Refusal | undefined {
  if (!unequal(weights)) return undefined;
  const rule = convention.startsWith("type") ? convention : estimator === "strict" ? "strict" : undefined;
  if (rule === undefined) return undefined;
  return failed(
    "not-applicable",
    `${rule} supposes equal weights; with weights take cum, conservative, inverse or interpolated`,
  );
}

/**
 * Whether weights are given and differ.
 *
 * @param weights one a scenario, or none
 */
export function unequal(weights: Float64Array | undefined): weights is Float64Array {
  return weights?.some((weight) => weight !== weights[0]) ?? false;
}
