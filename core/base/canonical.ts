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
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new DomainError("canonical JSON holds finite numbers only", value);
    return JSON.stringify(value);
  }
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return `[${Array.from(value as ArrayLike<unknown>, (item) => canonicalJson(item ?? null)).join(",")}]`;
  }
  if (typeof value === "object") {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(",")}}`;
  }
  throw new DomainError("canonical JSON holds plain data only", typeof value);
}

/** SHA-256 of the canonical JSON of a value, 64 hexadecimal digits. */
export function hashOf(value: unknown): string {
  return hashOfBytes(utf8ToBytes(canonicalJson(value)));
}

/** SHA-256 of bytes, 64 hexadecimal digits. */
export function hashOfBytes(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}
