import { failed, type Result, success } from "../base/index.ts";
import type { CoreEvent } from "./call.ts";
import { decode, encode, isTagLike, taggedOf, tagOf } from "./codec.ts";

/**
 * A large value crosses a door as several small texts, so that a page can read them one by one and stay responsive. A part is referred
 * to by its number: `{"$part": 3}` stands for its value, `{"$joined": [3, 4]}` for arrays put together again.
 *
 * A call with large `Uint8Array`s in it (files) is text that refers to them as parts, and they follow as they are.
 *
 * An answer is lines of text: `{"event": …}`, `{"part": …}` in the order of their numbers, at last `{"result": …}`.
 */

/** Members of one part: some 50 kB of text, read in a millisecond or two. */
const partSize = 2_000;

/** A message of an answer. */
export type AnswerMessage = { readonly event: CoreEvent } | { readonly result: unknown };

/**
 * The lines of an answer: one for a small value, else its parts and the rest.
 *
 * @throws DomainError for a value that cannot be encoded, as `encode`
 */
export function answerLines(result: unknown): readonly string[] {
  if (!isLarge(result)) return [encode({ result })];
  const parts: string[] = [];
  const { value } = withParts(taggedOf(result), (part) => parts.push(`{"part":${JSON.stringify(part)}}`) - 1);
  return [...parts, `{"result":${JSON.stringify(value)}}`];
}

/**
 * Whether a value has so many members that it should cross in parts. A value with a large typed array should not: it crosses as it is
 * where a door can do that.
 */
export function isLarge(value: unknown): boolean {
  let members = 0;
  const visit = (node: unknown): boolean => {
    members += 1;
    if (members > 2 * partSize) return true;
    if (typeof node !== "object" || node === null || ArrayBuffer.isView(node)) return false;
    return (Array.isArray(node) ? node : Object.values(node)).some(visit);
  };
  return visit(value);
}

/** Reads the lines of one answer, in order. A part gives no message. */
export function answerReader(): (line: string) => Result<AnswerMessage | undefined> {
  const parts: unknown[] = [];
  return (line) => {
    const message = decode(line, parts);
    if (!message.ok) return message;
    const content = message.value;
    if (typeof content !== "object" || content === null)
      return failed("parse-error", "a line of an answer is an object");
    if (!("part" in content)) return success(content as AnswerMessage);
    parts.push(content.part);
    return success(undefined);
  };
}

/** Bytes shorter than this cross as base64 within the text. */
const shortBytes = 16 * 1024;

/** What is sent for a call: pieces of text and bytes, one after another, and their media type. */
export interface CallBody {
  readonly type: string;
  readonly pieces: readonly (string | Uint8Array<ArrayBuffer>)[];
}

/** Media type of a body with bytes: a line of JSON with their sizes, a line with the call, the bytes. */
export const bytesType = "application/x-marginscope-call";

/**
 * The body of a call: JSON, or with its files as they are when it has any, so that a page does not have to make text of them.
 *
 * @throws DomainError for a call that cannot be encoded, as `encode`
 */
export function callBody(call: unknown): CallBody {
  const bytes: Uint8Array<ArrayBuffer>[] = [];
  const tagged = taggedOf(call, (array) =>
    array instanceof Uint8Array && array.length >= shortBytes ? { $part: bytes.push(array) - 1 } : tagOf(array),
  );
  const text = JSON.stringify(tagged);
  if (bytes.length === 0) return { type: "application/json", pieces: [text] };
  const sizes = JSON.stringify(bytes.map(({ length }) => length));
  return { type: bytesType, pieces: [`${sizes}\n${text}\n`, ...bytes] };
}

interface Cut {
  readonly value: unknown;
  /** Members of the value, those of parts cut out of it not counted. */
  readonly size: number;
}

/** A value of `taggedOf` with everything large cut out of it, in place. `add` takes a part and tells its number. */
function withParts(value: unknown, add: (part: unknown) => number): Cut {
  if (typeof value !== "object" || value === null || isTagLike(value)) return { value, size: 1 };
  if (Array.isArray(value)) return arrayWithParts(value, add);
  const members = value as Record<string, unknown>;
  let size = 1;
  for (const key of Object.keys(members)) {
    const member = withParts(members[key], add);
    // Only what was cut has changed; a member named `__proto__` is not assigned to.
    if (member.value !== members[key]) Object.defineProperty(members, key, { value: member.value });
    size += member.size;
  }
  return size < partSize ? { value, size } : { value: { $part: add(value) }, size: 1 };
}

function arrayWithParts(items: readonly unknown[], add: (part: unknown) => number): Cut {
  const numbers: number[] = [];
  let piece: unknown[] = [];
  let size = 1;
  for (const item of items) {
    const cut = withParts(item, add);
    piece.push(cut.value);
    size += cut.size;
    if (size < partSize) continue;
    numbers.push(add(piece));
    piece = [];
    size = 1;
  }
  if (numbers.length === 0) return { value: piece, size };
  if (piece.length > 0) numbers.push(add(piece));
  return { value: { $joined: numbers }, size: numbers.length };
}
