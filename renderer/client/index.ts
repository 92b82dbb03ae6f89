import { type Client, createClient } from "../../core/api/client.ts";
import { httpTransport } from "./http.ts";
import { ipcTransport } from "./ipc.ts";

let connected: Client | undefined;

/** Connects to the engine: at start without an argument, in tests with a fake. */
export function connect(client: Client = clientOfWindow()): void {
  connected = client;
}

export const call: Client["call"] = async (operation, input, options) => {
  if (!connected) return { ok: false, failure: { reason: "internal", message: "not connected to the engine" } };
  return connected.call(operation, input, options);
};

/** The door that this window has: the Electron bridge, else the loopback host. */
function clientOfWindow(): Client {
  const { core } = window;
  return createClient(core ? ipcTransport(core) : httpTransport(), () => crypto.randomUUID());
}
