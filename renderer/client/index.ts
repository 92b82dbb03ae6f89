import type { CallOptions, Input, OperationName, Output, Result } from "./types.ts";

/** The engine behind its contract, over whatever carries the calls. */
export interface Client {
  /** Never rejects: everything that can go wrong is a failure. */
  readonly call: <N extends OperationName>(
    operation: N,
    input: Input<N>,
    options?: CallOptions<N>,
  ) => Promise<Result<Output<N>>>;
}

let connected: Client | undefined;

/** Called once at start, with the door that this window has; in tests with a fake. */
export function connect(client: Client): void {
  connected = client;
}

export const call: Client["call"] = async (operation, input, options) => {
  if (!connected) return { ok: false, failure: { reason: "internal", message: "not connected to the engine" } };
  return connected.call(operation, input, options);
};
