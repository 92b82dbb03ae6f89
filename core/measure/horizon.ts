import { DomainError, failed, type Result, success } from "../base/index.ts";
import type { ChangeType } from "../history/index.ts";

/** Windows of h steps: each starting one step after the last, or where the last ended (counted back from the newest). */
export type WindowMethod = "overlap" | "nonoverlap";

/** Changes over h steps, with how many independent observations they are worth. */
export interface HorizonChanges {
  /** Oldest first. */
  readonly changes: Float64Array;
  /** Index of the last observation of each window in the levels (or changes) given. */
  readonly endIndices: Int32Array;
  readonly method: WindowMethod;
  readonly steps: number;
  /** Number of windows that do not overlap; standard errors use this. */
  readonly effectiveObservations: number;
  /** What must be shown beside a figure made of them. */
  readonly warning?: string;
}

/**
 * Changes of a level over a horizon of h steps.
 *
 *     relative P_i/P_{i−h} − 1,   log ln(P_i/P_{i−h}),   absolute P_i − P_{i−h}
 *
 * @param levels P, oldest first, consecutive; above 0 for a relative or log change
 * @param steps  h ≥ 1
 * @param change how an observation becomes a shock
 * @param method overlapping windows (n − h + 1 of n one-step changes) or windows end to end, the last ending at the newest level
 * @returns oldest first; or a Failure: fewer than h + 1 levels, a level that has no such change (by its number)
 * @throws DomainError if h is not a whole number ≥ 1
 */
export function horizonChanges(
  levels: ArrayLike<number>,
  steps: number,
  change: ChangeType,
  method: WindowMethod,
): Result<HorizonChanges> {
  const ends = windowEnds(levels.length - 1, steps, method);
  if (!ends.ok) return ends;
  const shortfall = illegalLevel(levels, change);
  if (shortfall !== undefined) {
    return failed("invalid-input", `level ${shortfall + 1} is ${levels[shortfall]}: it has no ${change} change`);
  }
  const endIndices = ends.value.map((end) => end + 1);
  const changes = Float64Array.from(endIndices, (end) => {
    const [from, to] = [levels[end - steps] ?? 0, levels[end] ?? 0];
    return change === "absolute" ? to - from : change === "log" ? Math.log(to / from) : to / from - 1;
  });
  return success(described(changes, endIndices, steps, method, levels.length - 1));
}

/**
 * Sums of h consecutive one-step changes (log returns, absolute changes or P&L of a fixed book).
 *
 * @param oneStep changes, oldest first
 * @param steps   h ≥ 1
 * @param method  as `horizonChanges`
 * @returns oldest first; or a Failure with fewer than h changes
 * @throws DomainError if h is not a whole number ≥ 1
 */
export function horizonSums(oneStep: ArrayLike<number>, steps: number, method: WindowMethod): Result<HorizonChanges> {
  const ends = windowEnds(oneStep.length, steps, method);
  if (!ends.ok) return ends;
  const changes = Float64Array.from(ends.value, (end) => {
    let total = 0;
    for (let i = end - steps + 1; i <= end; i += 1) total += oneStep[i] ?? 0;
    return total;
  });
  return success(described(changes, ends.value, steps, method, oneStep.length));
}

/** Index of the last one-step change of each window. */
function windowEnds(count: number, steps: number, method: WindowMethod): Result<Int32Array> {
  if (!(Number.isInteger(steps) && steps >= 1)) throw new DomainError("a horizon is a whole number of steps", steps);
  if (count < steps) {
    return failed("missing-data", `a horizon of ${steps} needs at least ${steps + 1} observations; found ${count + 1}`);
  }
  const stride = method === "overlap" ? 1 : steps;
  const windows = Math.floor((count - steps) / stride) + 1;
  return success(Int32Array.from({ length: windows }, (_, window) => count - 1 - (windows - 1 - window) * stride));
}

function illegalLevel(levels: ArrayLike<number>, change: ChangeType): number | undefined {
  const index = Array.prototype.findIndex.call(levels, (level: number) =>
    change === "absolute" ? !Number.isFinite(level) : !(level > 0 && Number.isFinite(level)),
  );
  return index < 0 ? undefined : index;
}

function described(
  changes: Float64Array,
  endIndices: Int32Array,
  steps: number,
  method: WindowMethod,
  count: number,
): HorizonChanges {
  const effectiveObservations = Math.max(1, Math.floor(count / steps));
  const dependent = method === "overlap" && steps > 1;
  return {
    ...{ changes, endIndices, method, steps, effectiveObservations },
    ...(dependent
      ? {
          warning: `${changes.length} overlapping windows of ${steps} are worth about ${effectiveObservations} observations`,
        }
      : {}),
  };
}

/** A measure brought to a horizon by the square root of time. */
export interface ScaledMeasure {
  readonly value: number;
  readonly factor: number;
  readonly warning?: string;
}

/**
 * Measure over h steps from the measure over one.
 *
 *     R_h = √h·R₁
 *
 * Exact only for independent changes of mean zero and a linear book; with options the error has no known sign.
 *
 * @param measure    R₁, currency
 * @param steps      h > 0, steps; not necessarily whole
 * @param hasOptions whether the book holds options: the result then carries a warning
 * @returns currency
 * @throws DomainError if h is not above 0
 */
export function squareRootOfTime(measure: number, steps: number, hasOptions: boolean): ScaledMeasure {
  if (!(steps > 0 && Number.isFinite(steps))) throw new DomainError("a horizon is above 0", steps);
  const factor = Math.sqrt(steps);
  const warn = hasOptions && steps !== 1;
  return {
    ...{ value: measure * factor, factor },
    ...(warn ? { warning: `an option book scaled by √${steps}: reprice under the ${steps}-step shock instead` } : {}),
  };
}
