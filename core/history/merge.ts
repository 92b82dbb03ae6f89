import { type Failure, failed, failure, isoDate, type Result, success } from "../base/index.ts";
import type { History, Series } from "./history.ts";

/** Which series of a history go into a merged one. */
export interface MergePart {
  readonly history: History;
  /** Default: all that no earlier part has. */
  readonly factors?: readonly string[];
  /** Also appends these series where an earlier part has the factor: later values follow, behind a break. */
  readonly append?: readonly string[];
}

/**
 * One history of several. A factor that two parts have is taken of the first and the others are named; where the user asks for it, the
 * later source is appended behind the last value of the earlier one. The join is a break: no change is taken across it, so that two
 * sources are never mixed inside one change.
 *
 * @returns the merged history; `missing-data` when no series is chosen, `not-found` for a factor that a part does not have, `conflict` when two parts are asked for one factor
 */
export function mergeHistories(name: string, parts: readonly MergePart[]): Result<History> {
  const series = new Map<string, Series>();
  const notes: Failure[] = [];
  for (const { history, factors, append = [] } of parts) {
    const absent = [...(factors ?? []), ...append].find(
      (factor) => !history.series.some((own) => own.factor === factor),
    );
    if (absent !== undefined) return failed("not-found", `the history ${history.name} has no series ${absent}`, absent);
    for (const own of history.series) {
      const { factor } = own;
      const earlier = series.get(factor);
      if (append.includes(factor) && earlier !== undefined) {
        const joined = joinedSeries(earlier, own);
        if (!joined.ok) return joined;
        series.set(factor, joined.value.series);
        notes.push(failure("invalid-input", joined.value.note, factor));
      } else if (earlier === undefined) {
        if (factors === undefined || factors.includes(factor) || append.includes(factor)) series.set(factor, own);
      } else if (factors?.includes(factor) === true) {
        return failed("conflict", `${factor} is asked of ${earlier.source} and of ${own.source}; take it once`, factor);
      } else if (factors === undefined) {
        notes.push(failure("invalid-input", `${factor}: ${earlier.source} is kept, ${own.source} is left out`, factor));
      }
    }
  }
  if (series.size === 0) return failed("missing-data", `${name}: no series was chosen`);
  const kept = [...series.values()].sort((a, b) => (a.factor < b.factor ? -1 : 1));
  const warned = parts.flatMap(({ history }) => history.warnings);
  const sources = parts.flatMap(({ history }) => history.sources);
  return success({
    ...{ name, series: kept, warnings: [...warned, ...notes] },
    sources: [...new Map(sources.map((source) => [source.sha256, source])).values()],
    ...(parts.some(({ history }) => history.synthetic === true) ? { synthetic: true } : {}),
  });
}

function joinedSeries(earlier: Series, later: Series): Result<{ readonly series: Series; readonly note: string }> {
  const { factor, unit } = earlier;
  if (unit !== later.unit)
    return failed(
      "conflict",
      `${factor} is in ${unit} and in ${later.unit}; series of two units are not joined`,
      factor,
    );
  const end = earlier.timesMs.at(-1) ?? Number.NEGATIVE_INFINITY;
  const from = later.timesMs.findIndex((ms) => ms > end);
  const joinMs = later.timesMs[from];
  if (joinMs === undefined)
    return failed("conflict", `${factor}: ${later.source} has nothing after ${isoDate(end)}`, factor);
  const breaksMs = [...(earlier.breaksMs ?? []), joinMs, ...(later.breaksMs ?? []).filter((ms) => ms > joinMs)];
  const source = `${earlier.source}, from ${isoDate(joinMs)} ${later.source}`;
  return success({
    series: {
      ...earlier,
      calendar: earlier.calendar === later.calendar ? earlier.calendar : "as-observed",
      timesMs: [...earlier.timesMs, ...later.timesMs.slice(from)],
      values: [...earlier.values, ...later.values.slice(from)],
      ...{ breaksMs, source },
    },
    note: `${factor}: ${source}; no change is taken across the join`,
  });
}
