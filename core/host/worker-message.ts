import type { CoreEvent } from "../api/call.ts";
import type { Answer } from "./core.ts";
import type { CoreOptions } from "./local-core.ts";

/** What the worker is started with. */
export type WorkerOptions = CoreOptions;

export type ToWorker =
  | { readonly kind: "call"; readonly id: number; readonly call: unknown; readonly inLines: boolean }
  | { readonly kind: "close" };

export type FromWorker =
  | { readonly kind: "event"; readonly id: number; readonly event: CoreEvent }
  | { readonly kind: "result"; readonly id: number; readonly result: Answer };

/**
 * Buffers of the typed arrays in a value, to be moved instead of copied. Arrays that share a larger buffer
 * (Node's `Buffer`s do) are left to be copied: moving the buffer would take it from its other owners.
 */
export function buffersOf(value: unknown, found: Set<ArrayBuffer> = new Set()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteLength } = value;
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && !Buffer.isBuffer(value)) found.add(buffer);
  } else if (typeof value === "object" && value !== null) {
    for (const member of Object.values(value)) buffersOf(member, found);
  }
  return [...found];
}
