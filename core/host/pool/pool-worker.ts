import { parentPort } from "node:worker_threads";
import { analysisKinds } from "../../analysis/index.ts";
import {
  BlockStopped,
  type BlockWork,
  bestEngine,
  engineKinds,
  runBlock,
  type WorkKind,
} from "../../revaluation/index.ts";
import { KeptObjects, receivedInput } from "./kept-objects.ts";
import { chooseNamedKernel } from "./kernel-choice.ts";
import { ended, type FromPoolWorker, go, type JobSignal, type ToPoolWorker } from "./pool-message.ts";

/** Entry of a pool thread: makes works from plain data and computes their blocks. Its engine is its own. */
const port = parentPort;
if (port === null) throw new Error("this file runs as a worker thread only");

const kinds = new Map<string, WorkKind<never>>([...engineKinds, ...analysisKinds].map((kind) => [kind.name, kind]));
const kept = new KeptObjects();
const works = new Map<number, { readonly work: BlockWork; readonly signal: JobSignal }>();
chooseNamedKernel();
const engine = bestEngine();

const post = (message: FromPoolWorker, move: ArrayBuffer[] = []): void => port.postMessage(message, move);

port.on("message", (message: ToPoolWorker) => {
  const { job } = message;
  try {
    if (message.do === "end") works.delete(job);
    else if (message.do === "open") open(message);
    else compute(job, message.block);
  } catch (error) {
    post({ did: "fail", job, message: error instanceof Error ? error.message : String(error) });
  }
});

function open({ job, kind, input, signal }: Extract<ToPoolWorker, { readonly do: "open" }>): void {
  // What the thread is to keep has to be taken in, even where the job has ended meanwhile.
  const received = receivedInput(input, kept);
  if (signalOf(signal) !== ended) works.set(job, { work: opened(kind, received), signal });
}

function compute(job: number, block: number): void {
  const known = works.get(job);
  if (known === undefined) return;
  const { work, signal } = known;
  const goOn = (): void => {
    if (signalOf(signal) !== go) throw new BlockStopped();
  };
  try {
    goOn();
    const { values, notes } = runBlock(engine, work, block, undefined, goOn);
    post({ did: "block", job, block, values, notes }, [values.buffer as ArrayBuffer]);
  } catch (error) {
    if (!(error instanceof BlockStopped)) throw error;
    post({ did: "giveBack", job, block });
  }
}

function signalOf(signal: JobSignal): number {
  return Atomics.load(signal, 0);
}

function opened(name: string, input: unknown): BlockWork {
  const kind = kinds.get(name);
  if (kind === undefined) throw new Error(`pool threads know no work called ${name}`);
  return kind.make(input as never);
}

post({ did: "start" });
