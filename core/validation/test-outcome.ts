/** What a statistical test says of one series. Plain data for a report. */
export interface TestOutcome {
  /** `kupiec-pof`; unique in a report of one series. */
  readonly id: string;
  readonly title: string;
  /** Absent when the test cannot be made. */
  readonly statistic?: number;
  /** The statistic rejects beyond this value, on the side `rejects` names. */
  readonly criticalValue?: number;
  readonly rejects: "above" | "below";
  /** Probability of a statistic at least as far out when the model is right, in [0, 1]. */
  readonly pValue?: number;
  /** Distribution of the statistic when the model is right: `chi-square, 1 degree of freedom`. */
  readonly distribution: string;
  /** Probability of rejecting a right model, fraction. */
  readonly level: number;
  /** Observations the statistic is made of. */
  readonly sampleSize: number;
  readonly decision: "accept" | "reject" | "not testable";
  /** Which way the model errs, where the test has a side. */
  readonly direction?: "too many exceptions" | "too few exceptions" | "losses too large" | "losses too small";
  /** Why it is not testable, and limits of what was done. */
  readonly remarks: readonly string[];
  /** Further figures by name: estimates, counts, degrees of freedom. */
  readonly figures?: Readonly<Record<string, number>>;
}

interface Named {
  readonly id: string;
  readonly title: string;
  readonly distribution: string;
  readonly level: number;
  readonly sampleSize: number;
  readonly rejects?: TestOutcome["rejects"];
  readonly direction?: NonNullable<TestOutcome["direction"]>;
  readonly remarks?: readonly string[];
  readonly figures?: NonNullable<TestOutcome["figures"]>;
}

/**
 * A test that was made: it rejects when its p-value is below the level.
 *
 * @param criticalValue of the statistic at the level
 * @param pValue        in [0, 1]
 */
export function tested(named: Named, statistic: number, criticalValue: number, pValue: number): TestOutcome {
  const decision = pValue < named.level ? "reject" : "accept";
  return { ...{ rejects: "above", remarks: [] }, ...named, statistic, criticalValue, pValue, decision };
}

/** A test that cannot be made on this sample, and why. */
export function notTestable(named: Named, why: string): TestOutcome {
  return { rejects: "above", ...named, remarks: [why, ...(named.remarks ?? [])], decision: "not testable" };
}
