import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { DomainError } from "./domain-error.ts";

/**
 * JSON text with sorted keys and no spaces, so that equal values have equal text (RFC 8785 for the values used here).
 * `undefined` members are left out; typed arrays are written as arrays of numbers.
 *
 * @throws DomainError for a number that is not finite
 */
export function canonicalJson(value: unknown): string {
  const parts: string[] = [];
  write(value, (text) => parts.push(text));
  return parts.join("");
}

function write(value: unknown, add: (text: string) => void): void {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new DomainError("canonical JSON holds finite numbers only", value);
    add(JSON.stringify(value));
  } else if (value === null || typeof value === "boolean" || typeof value === "string") add(JSON.stringify(value));
  else if (Array.isArray(value) || ArrayBuffer.isView(value)) writeList(value as ArrayLike<unknown>, add);
  else if (typeof value === "object") writeMembers(value, add);
  else throw new DomainError("canonical JSON holds plain data only", typeof value);
}

function writeList(values: ArrayLike<unknown>, add: (text: string) => void): void {
  add("[");
  for (let at = 0; at < values.length; at++) {
    if (at > 0) add(",");
    write(values[at] ?? null, add);
  }
  add("]");
}

function writeMembers(value: object, add: (text: string) => void): void {
  let separator = "{";
  for (const key of Object.keys(value).sort(byCodeUnits)) {
    const member: unknown = value[key as keyof typeof value];
    if (member === undefined) continue;
    add(`${separator}${JSON.stringify(key)}:`);
    write(member, add);
    separator = ",";
  }
  add(separator === "{" ? "{}" : "}");
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** SHA-256 of the canonical JSON of a value, 64 hexadecimal digits; its text is never held as a whole. */
export function hashOf(value: unknown): string {
  const hash = textHash();
  write(value, hash.add);
  return hash.digest();
}

/** SHA-256 of a text that is given piece by piece, in UTF-8. */
export interface TextHash {
  readonly add: (text: string) => void;
  /** 64 hexadecimal digits; nothing may be added afterwards. */
  readonly digest: () => string;
}

/** Characters hashed at once. */
const pieceLength = 1 << 15;

/** An empty text to be hashed. Pieces must not be cut inside a surrogate pair. */
export function textHash(): TextHash {
  const hash = sha256.create();
  let waiting: string[] = [];
  let length = 0;
  const flush = (): void => {
    hash.update(utf8ToBytes(waiting.join("")));
    waiting = [];
    length = 0;
  };
  return {
    add(text) {
      waiting.push(text);
      length += text.length;
      if (length >= pieceLength) flush();
    },
    digest() {
      flush();
      return bytesToHex(hash.digest());
    },
  };
}

/** SHA-256 of bytes, 64 hexadecimal digits. */
export function hashOfBytes(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}
