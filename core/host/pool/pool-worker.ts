import { parentPort } from "node:worker_threads";
import { analysisKinds } from "../../analysis/index.ts";
import { type BlockWork, bestEngine, engineKinds, runBlock, type WorkKind } from "../../revaluation/index.ts";
import { KeptObjects, receivedInput } from "./kept-objects.ts";
import type { FromPoolWorker, ToPoolWorker } from "./pool-message.ts";

/** Entry of a pool thread: makes works from plain data and computes their blocks. Its engine is its own. */
const port = parentPort;
if (port === null) throw new Error("this file runs as a worker thread only");

const kinds = new Map<string, WorkKind<never>>([...engineKinds, ...analysisKinds].map((kind) => [kind.name, kind]));
const kept = new KeptObjects();
const works = new Map<number, BlockWork>();
const engine = bestEngine();

const post = (message: FromPoolWorker, move: ArrayBuffer[] = []): void => port.postMessage(message, move);

port.on("message", (message: ToPoolWorker) => {
  const { job } = message;
  try {
    if (message.do === "end") works.delete(job);
    else if (message.do === "open") works.set(job, opened(message.kind, receivedInput(message.input, kept)));
    else {
      const work = works.get(job);
      if (work === undefined) return;
      const { values, notes } = runBlock(engine, work, message.block);
      post({ did: "block", job, block: message.block, values, notes }, [values.buffer as ArrayBuffer]);
    }
  } catch (error) {
    post({ did: "fail", job, message: error instanceof Error ? error.message : String(error) });
  }
});

function opened(name: string, input: unknown): BlockWork {
  const kind = kinds.get(name);
  if (kind === undefined) throw new Error(`pool threads know no work called ${name}`);
  return kind.make(input as never);
}

post({ did: "start" });
