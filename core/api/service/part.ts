import type { Result, Work } from "../../base/index.ts";
import type { OperationName, Output, ParsedInput, Partial } from "../contract.ts";

/** What every handler is given besides its input; only jobs have someone who watches. */
export interface JobWork<Value> extends Work {
  /** Hands out an early value. */
  readonly partial: (value: Value) => void;
}

export type Handler<N extends OperationName> = (
  input: ParsedInput<N>,
  work: JobWork<Partial<N>>,
) => Result<Output<N>> | Promise<Result<Output<N>>>;

/** Operations that the service implements; `dispatch` itself answers `job.cancel`, because it owns the running jobs. */
export type ServedName = Exclude<OperationName, "job.cancel">;

/** A handler for every operation of the contract: a missing or extra one does not compile. */
export type Service = { readonly [N in ServedName]: Handler<N> };

/** The handlers of one noun: `ServicePart<"price">` has `price.option` and so on. */
export type ServicePart<Noun extends string> = {
  readonly [N in Extract<ServedName, `${Noun}.${string}`>]: Handler<N>;
};
