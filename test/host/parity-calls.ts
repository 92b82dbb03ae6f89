import type { Call, CoreEvent } from "../../core/api/call.ts";
import { encode } from "../../core/api/codec.ts";
import { attributionCalls } from "./parity-calls/attribution.ts";
import { backtestCalls } from "./parity-calls/backtest.ts";
import type { Earlier, ParityCall } from "./parity-calls/call.ts";
import { hedgeCalls } from "./parity-calls/hedge.ts";
import { historyCalls } from "./parity-calls/history.ts";
import { importCalls } from "./parity-calls/import.ts";
import { libraryCalls } from "./parity-calls/library.ts";
import { marginCalls } from "./parity-calls/margin.ts";
import { methodCalls } from "./parity-calls/method.ts";
import { parameterFileCalls } from "./parity-calls/parameter-file.ts";
import { priceCalls } from "./parity-calls/price.ts";
import { programCalls } from "./parity-calls/program.ts";
import { reconcileCalls } from "./parity-calls/reconcile.ts";
import { stressCalls } from "./parity-calls/stress.ts";
import { stressSetCalls } from "./parity-calls/stress-set.ts";
import { validationCalls } from "./parity-calls/validation.ts";
import { whatIfCalls } from "./parity-calls/what-if.ts";

export type { Earlier, ParityCall } from "./parity-calls/call.ts";

/** One way into the core. Each door has a library of its own, empty at first. */
export interface Door {
  readonly name: string;
  readonly call: (call: Call) => Promise<unknown>;
  /** Starts a job and cancels it as soon as it reports progress. */
  readonly callAndCancel: (call: Call) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** A door made of a function that sends calls and hands over their events. */
export function doorOf(
  name: string,
  send: (call: Call, emit: (event: CoreEvent) => void) => Promise<unknown>,
  close: () => Promise<void>,
): Door {
  return {
    name,
    call: (call) => send(call, () => {}),
    callAndCancel: (call) => {
      const job = `cancel-${call.operation}`;
      let asked = false;
      return send({ ...call, job }, () => {
        if (!asked) void send({ operation: "job.cancel", input: { job } }, () => {});
        asked = true;
      });
    },
    close,
  };
}

/** Answers and refusals of every noun of the contract, in an order in which later calls can use what earlier ones saved. */
export const parityCalls: readonly ParityCall[] = [
  ...programCalls,
  ...priceCalls,
  ...methodCalls,
  ...importCalls,
  ...historyCalls,
  ...parameterFileCalls,
  ...marginCalls,
  ...stressCalls,
  ...hedgeCalls,
  ...stressSetCalls,
  ...attributionCalls,
  ...libraryCalls,
  ...reconcileCalls,
  ...backtestCalls,
  ...validationCalls,
  ...whatIfCalls,
];

/** An answer with all that may differ between doors taken out. */
export interface ParityAnswer {
  readonly title: string;
  /** `ok`, or the reason of the refusal. */
  readonly outcome: string;
  /** The answer as text: typed arrays, numbers and order of members included. */
  readonly text: string;
}

/** Sends the whole list through a door, one call after the other. */
export async function answersOf(door: Door): Promise<readonly ParityAnswer[]> {
  const values = new Map<string, unknown>();
  const earlier: Earlier = (title, member) => {
    const value = values.get(title) as { id?: string } & Record<string, { id: string } | undefined>;
    return (member === undefined ? value?.id : value?.[member]?.id) ?? `nothing was answered to ${title}`;
  };
  const answers: ParityAnswer[] = [];
  for (const { title, operation, input, cancel, holdsIds } of parityCalls) {
    const call: Call = { operation, input: typeof input === "function" ? input(earlier) : input };
    const answer = (await (cancel ? door.callAndCancel(call) : door.call(call))) as PlainResult;
    if (answer.ok) values.set(title, answer.value);
    answers.push({ title, outcome: answer.ok ? "ok" : answer.failure.reason, text: comparableText(answer, holdsIds) });
  }
  return answers;
}

type PlainResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly failure: { readonly reason: string } };

/** Members that tell a door, a moment or a place apart, and nothing of the answer: the size of a library depends on its compressor. */
const ownOfDoor = new Set(["host", "savedAtMs", "openedAtMs", "path", "bytes"]);
/** How many threads computed is the machine's and the moment's; the bits do not depend on it. */
const threads = /, \d+ threads?\b/g;
const uuid = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** An answer as text with ids, times, threads, paths of the library and the name of the host blanked. */
export function comparableText(answer: unknown, holdsIds = false): string {
  const own = holdsIds ? new Set([...ownOfDoor, "sha256"]) : ownOfDoor;
  return encode(blanked(answer, own)).replace(uuid, "<id>").replace(threads, ", <threads>");
}

function blanked(value: unknown, own: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((member) => blanked(member, own));
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      own.has(key) && typeof member !== "object" ? `<${key}>` : blanked(member, own),
    ]),
  );
}
