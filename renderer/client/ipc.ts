import type { Call, CoreEvent, Transport } from "../../core/api/client.ts";

/** What the preload script puts into an Electron window. */
export interface CoreBridge {
  readonly call: (request: Call) => Promise<unknown>;
  /** Returns what unsubscribes. */
  readonly on: (listener: (event: CoreEvent) => void) => () => void;
}

declare global {
  interface Window {
    readonly core?: CoreBridge;
  }
}

/** The door of an Electron window. */
export function ipcTransport(bridge: CoreBridge): Transport {
  return { send: (call) => bridge.call(call), onEvent: (listener) => bridge.on(listener) };
}
