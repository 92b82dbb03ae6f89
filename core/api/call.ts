/** What crosses a door: a call goes in; events of its job and one `Result` come out. Plain data only. */
export interface Call {
  /** Name in the contract, e.g. `margin.run`. */
  readonly operation: string;
  readonly input: unknown;
  /** Id under which a job reports and can be cancelled, unique among running jobs; the core chooses one when absent. */
  readonly job?: string;
}

export interface ProgressEvent {
  readonly kind: "progress";
  readonly job: string;
  readonly done: number;
  readonly total: number;
  /** Unit of `done` and `total`: `rows`, `scenarios`. */
  readonly label: string;
}

/** An early, complete but coarser value of the job's output. */
export interface PartialEvent {
  readonly kind: "partial";
  readonly job: string;
  readonly value: unknown;
}

export type CoreEvent = ProgressEvent | PartialEvent;

export type Emit = (event: CoreEvent) => void;
