import { answerReader, type Call, type CoreEvent, type Transport } from "../../core/api/client.ts";
import { inSlices } from "./slices.ts";

/** What the preload script puts into an Electron window. */
export interface CoreBridge {
  /** The result; lines of text when it is large. */
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
  return {
    send: async (call) => {
      const answer = await bridge.call(call);
      return Array.isArray(answer) ? resultOf(answer) : answer;
    },
    onEvent: (listener) => bridge.on(listener),
  };
}

async function resultOf(lines: readonly string[]): Promise<unknown> {
  const read = answerReader();
  let result: unknown;
  await inSlices(lines, (line) => {
    const message = read(line);
    if (!message.ok) throw new Error(message.failure.message);
    if (message.value !== undefined && "result" in message.value) result = message.value.result;
  });
  return result;
}
