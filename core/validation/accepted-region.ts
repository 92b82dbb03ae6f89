import { chiSquareQuantile } from "../measure/index.ts";
import { proportionRatio } from "./kupiec.ts";

/** Numbers of exceptions that Kupiec's test accepts. */
export interface AcceptedRegion {
  readonly p: number;
  readonly observations: number;
  /** Least and greatest accepted; absent when none is. */
  readonly lowest?: number;
  readonly highest?: number;
}

/**
 * Numbers of exceptions at which Kupiec's test does not reject.
 *
 * @param p probability of an exception, 0 < p < 1
 * @param observations T ≥ 1
 * @param level probability of rejecting a right model
 */
export function acceptedRegion(p: number, observations: number, level = 0.05): AcceptedRegion {
  const critical = chiSquareQuantile(1 - level, 1);
  const accepts = (exceptions: number) => proportionRatio(exceptions, observations, p) <= critical;
  const centre = Math.round(p * observations);
  if (!accepts(centre)) return { p, observations };
  // the ratio grows away from x = pT on either side
  let [lowest, highest] = [centre, centre];
  while (lowest > 0 && accepts(lowest - 1)) lowest -= 1;
  while (highest < observations && accepts(highest + 1)) highest += 1;
  return { p, observations, lowest, highest };
}

/** The table of accepted regions, one a probability and length. */
export function acceptedRegions(
  probabilities: readonly number[] = [0.01, 0.025, 0.05, 0.075, 0.1],
  lengths: readonly number[] = [255, 510, 1000],
  level = 0.05,
): readonly AcceptedRegion[] {
  return probabilities.flatMap((p) => lengths.map((observations) => acceptedRegion(p, observations, level)));
}
