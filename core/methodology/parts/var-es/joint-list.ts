import type { ScenarioSet } from "../../../scenario/index.ts";

/** Which joint scenarios: of the look-back window, of the days of stress, of the ten-year floor. */
export type ListName = "current" | "stress" | "long-run";

/** Joint scenarios of all underlyings: one set for each, the same ids in the same order. */
export interface JointList {
  readonly name: ListName;
  readonly sets: readonly ScenarioSet[];
  /** ISO days of history, or `path 17`. */
  readonly ids: readonly string[];
  /** Weight of each scenario, summing to 1; absent: equal. */
  readonly weights?: Float64Array;
  /** Days the scenarios come from. */
  readonly from: string;
  readonly to: string;
  /** Daily changes behind the scenarios. */
  readonly changes: number;
  /** Days left out because a factor was not observed. */
  readonly dropped: readonly string[];
  /** How random scenarios were drawn; absent for days of history. */
  readonly draws?: { readonly generator: string; readonly seed: number; readonly batches: number };
  /** What a reader must know of how they were made, in sentences. */
  readonly notes: readonly string[];
}

/** Id of the set of one underlying in a joint list. */
export function setId(name: ListName, underlying: string): string {
  return `${name} ${underlying}`;
}
