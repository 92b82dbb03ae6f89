/** One thing wrong with a stress set, said where and by which rule. */
export interface StressSetProblem {
  /** `Historical events, scenario black-thursday, shock 3 (price of BTC)`; of a file: `events.csv:17`. */
  readonly at: string;
  /** Scenario id. */
  readonly scenario?: string;
  /** Label of a step of its path. */
  readonly step?: string;
  /** Place of the shock in its list, from 1. */
  readonly shock?: number;
  /** JSON pointer into the set: `/scenarios/0/shocks/2/amount`. */
  readonly pointer?: string;
  /** Row (the first line is 1) and column of a file. */
  readonly row?: number;
  readonly column?: string;
  readonly found?: string;
  /** What is expected, in words. */
  readonly rule: string;
}
