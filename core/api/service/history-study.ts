import { failed, type Result, success, type Work } from "../../base/index.ts";
import { type History, jointChangesOf, type Series, seriesOf } from "../../history/index.ts";
import { deviationsAndCorrelation, factorCovariance, filteredSeries, symmetricEigen } from "../../measure/index.ts";
import { plainOf } from "../codec.ts";
import type { FilteredHistory, HistoryCorrelation, ParsedInput } from "../contract.ts";
import type { Sources } from "./source.ts";

/** Series of a history by factor; `not-found` names the first that it lacks. */
export function seriesNamed(history: History, factors: readonly string[]): Result<readonly Series[]> {
  const series: Series[] = [];
  for (const factor of factors) {
    const found = seriesOf(history, factor);
    if (found === undefined) return failed("not-found", `the history ${history.name} has no series ${factor}`, factor);
    series.push(found);
  }
  return success(series);
}

/** Variance forecasts and standardised residuals of one factor. */
export async function filteredHistory(
  { history: source, factor, filter, ...request }: ParsedInput<"history.filter">,
  sources: Sources,
  work: Work,
): Promise<Result<FilteredHistory>> {
  const joint = await changesOf(source, [factor], request, sources, work);
  if (!joint.ok) return joint;
  const { values, fromMs, toMs, changes } = joint.value;
  const filtered = filteredSeries(values, filter);
  if (!filtered.ok) return filtered;
  return success({ ...filtered.value, factor, change: changes[0] ?? "log", fromMs, toMs, returns: values });
}

/** Correlation of factors over the windows they share. */
export async function historyCorrelation(
  { history: source, factors, lambda, ...request }: ParsedInput<"history.correlation">,
  sources: Sources,
  work: Work,
): Promise<Result<HistoryCorrelation>> {
  const twice = factors.find((factor, place) => factors.indexOf(factor) !== place);
  if (twice !== undefined) return failed("invalid-input", `the factor ${twice} is named twice`, twice);
  const joint = await changesOf(source, factors, request, sources, work);
  if (!joint.ok) return joint;
  const { values, fromMs, toMs } = joint.value;
  const observations = fromMs.length;
  const byObservation = values.map((_, at) => {
    const [observation, factor] = [Math.floor(at / factors.length), at % factors.length];
    return values[factor * observations + observation] ?? 0;
  });
  const covariance = factorCovariance(
    { factors, values: byObservation },
    lambda === undefined ? { kind: "equal", mean: "sample" } : { kind: "ewma", lambda },
  );
  if (!covariance.ok) return covariance;
  const { deviations, correlation } = deviationsAndCorrelation(covariance.value);
  const eigen = symmetricEigen(correlation);
  return success({
    ...{ factors, observations, fromMs: fromMs[0] ?? 0, toMs: toMs.at(-1) ?? 0 },
    ...{ deviations, correlation: correlation.values, eigenvalues: eigen.values, eigenvectors: eigen.vectors },
  });
}

async function changesOf(
  source: ParsedInput<"history.filter">["history"],
  factors: readonly string[],
  request: object,
  sources: Sources,
  work: Work,
) {
  const found = await sources.history(source, work);
  if (!found.ok) return found;
  const series = seriesNamed(found.value.content, factors);
  if (!series.ok) return series;
  // Members that are undefined are left out, as the types of the stages ask.
  return jointChangesOf(series.value, plainOf(request) as Parameters<typeof jointChangesOf>[1]);
}
