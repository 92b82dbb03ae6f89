import type { Emit } from "../api/call.ts";
import type { Result } from "../base/index.ts";

export type Answer = Result<unknown> | readonly string[];

/** The core behind a door of this process: in a worker, or in this very thread. */
export interface Core {
  /** Never rejects. `emit` gets the events of this call, all of them before its answer. */
  readonly call: (call: unknown, emit?: Emit) => Promise<Result<unknown>>;
  /** As `call`; a large answer comes as the lines of parts.ts, which are cheap to hand on and to read piece by piece. */
  readonly answer: (call: unknown, emit?: Emit) => Promise<Answer>;
  /** Closes the library and ends whatever was started; calls still open are answered `cancelled`. */
  readonly close: () => Promise<void>;
}
