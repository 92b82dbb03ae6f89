import { parentPort, workerData } from "node:worker_threads";
import { localCore } from "./local-core.ts";
import { buffersOf, type FromWorker, type ToWorker, type WorkerOptions } from "./worker-message.ts";

/** Entry of the worker thread that owns the library and does all computing: messages in, dispatch, messages out. */
const port = parentPort;
if (port === null) throw new Error("this file runs as a worker thread only");

const core = localCore(workerData as WorkerOptions);

const post = (message: FromWorker): void => port.postMessage(message, buffersOf(message));

port.on("message", async (message: ToWorker) => {
  if (message.kind === "close") {
    await core.close();
    port.close();
    return;
  }
  const { id, call, inLines } = message;
  const result = await core[inLines ? "answer" : "call"](call, (event) => post({ kind: "event", id, event }));
  post({ kind: "result", id, result });
});
