import type { Input, OperationName, Output } from "../../../core/api/contract.ts";
import { createDispatch } from "../../../core/api/dispatch.ts";
import type { Ports } from "../../../core/api/ports.ts";
import { createService } from "../../../core/api/service.ts";
import type { Failure, Result } from "../../../core/base/index.ts";
import { memoryPorts } from "./memory-ports.ts";

/** The service over ports in memory, asked by name. */
export interface MemoryCore {
  readonly ports: Ports;
  readonly dispatch: ReturnType<typeof createDispatch>;
  readonly answer: <N extends OperationName>(operation: N, input: Input<N>, job?: string) => Promise<Result<Output<N>>>;
  /** A refusal fails the test. */
  readonly call: <N extends OperationName>(operation: N, input: Input<N>) => Promise<Output<N>>;
  /** The refusal; `undefined` for an answer. */
  readonly refusal: <N extends OperationName>(operation: N, input: Input<N>) => Promise<Failure | undefined>;
}

/** Calls by name over ports in memory, typed. */
export function memoryCore(changes: Partial<Ports> = {}): MemoryCore {
  const ports = memoryPorts(changes);
  const dispatch = createDispatch(createService(ports), ports);
  const answer: MemoryCore["answer"] = async <N extends OperationName>(operation: N, input: Input<N>, job?: string) =>
    (await dispatch({ operation, input, ...(job === undefined ? {} : { job }) })) as Result<Output<N>>;
  return {
    ...{ ports, dispatch, answer },
    call: async (operation, input) => {
      const result = await answer(operation, input);
      if (!result.ok) throw new Error(`${operation}: ${result.failure.message}`);
      return result.value;
    },
    refusal: async (operation, input) => {
      const result = await answer(operation, input);
      return result.ok ? undefined : result.failure;
    },
  };
}

/** The same as the doors see it, for commands. */
export function memoryDoor(changes: Partial<Ports> = {}) {
  const { dispatch } = memoryCore(changes);
  return {
    call: (call: unknown) => dispatch(call),
    answer: (call: unknown) => dispatch(call),
    close: async () => {},
  };
}
