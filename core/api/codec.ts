import { DomainError, failed, type Result, success } from "../base/index.ts";
import { base64Of, bytesOfBase64 } from "./base64.ts";

/**
 * How values cross a door as text. Plain JSON would turn a `Float64Array` into an object and `NaN` into `null`, so
 * arrays go tagged as base64 of their little-endian bytes (every platform this program runs on is little-endian):
 *
 *     Uint8Array   {"$bytes": "…"}
 *     Float64Array {"$float64": "…"}
 *     Int16Array   {"$int16": "…"}
 *
 * An object of the user's that looks like a tag is wrapped: {"$plain": {"$bytes": 1}}. Values that cross in parts have two more
 * tags, `$part` and `$joined`: see parts.ts.
 */
const arrays = {
  $bytes: { is: Uint8Array, of: (bytes: Uint8Array<ArrayBuffer>) => bytes, width: 1 },
  $float64: { is: Float64Array, of: (bytes: Uint8Array<ArrayBuffer>) => new Float64Array(bytes.buffer), width: 8 },
  $int16: { is: Int16Array, of: (bytes: Uint8Array<ArrayBuffer>) => new Int16Array(bytes.buffer), width: 2 },
} as const;

type Tag = keyof typeof arrays;
export type CodedArray = Uint8Array<ArrayBuffer> | Float64Array | Int16Array;

const tags = Object.keys(arrays) as readonly Tag[];
const references: readonly string[] = ["$part", "$joined"];

/**
 * The value as it may leave the core: plain objects and arrays, texts, finite numbers, booleans, null and typed arrays.
 * Members that are `undefined` are dropped and −0 becomes 0, so that every door hands out the same value.
 *
 * @throws DomainError for a number that is not finite (in typed arrays too), a function, or an object that is not plain
 */
export function plainOf(value: unknown): unknown {
  return plain(value);
}

/**
 * Text of a value.
 *
 * @throws DomainError as `plainOf`
 */
export function encode(value: unknown): string {
  return JSON.stringify(plain(value, tagOf));
}

/**
 * The value with arrays as tags: what `encode` makes a text of.
 *
 * @param tag what stands for a typed array; default: its base64
 * @throws DomainError as `plainOf`
 */
export function taggedOf(value: unknown, tag: (array: CodedArray) => unknown = tagOf): unknown {
  return plain(value, tag);
}

/**
 * The value of a text made by `encode`, or of any JSON; a text that is neither is a `parse-error`.
 *
 * @param parts values that the text refers to by number; without any, references stay what they look like
 */
export function decode(text: string, parts: readonly unknown[] = []): Result<unknown> {
  try {
    return success(untag(JSON.parse(text), parts));
  } catch (error) {
    return failed(
      "parse-error",
      `not JSON as this program writes it: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** The value checked and copied, typed arrays as they are or as tags. One pass: results have a hundred thousand members. */
function plain(value: unknown, tag?: (array: CodedArray) => unknown): unknown {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new DomainError("a number that leaves the core is finite", value);
    return value === 0 ? 0 : value;
  }
  if (typeof value !== "object") throw new DomainError("only plain data leave the core", typeof value);
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : plain(item, tag)));
  if (ArrayBuffer.isView(value)) return tag ? tag(checkedArray(value)) : checkedArray(value);
  if (!isPlain(value)) throw new DomainError("only plain data leave the core", value.constructor);
  const members: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (member !== undefined) set(members, key, plain(member, tag));
  }
  return tag && isTagLike(members) ? { $plain: members } : members;
}

function checkedArray(value: ArrayBufferView): CodedArray {
  if (!tags.some((tag) => value instanceof arrays[tag].is))
    throw new DomainError("arrays that leave the core are of bytes, float64 or int16", value.constructor);
  const wrong = value instanceof Float64Array ? value.find((item) => !Number.isFinite(item)) : undefined;
  if (wrong !== undefined) throw new DomainError("an array that leaves the core holds finite numbers", wrong);
  return value as CodedArray;
}

/** The tag of an array, in base64 of its bytes in the machine's order: `{"$float64": "AAAAAAAA8D8="}`. */
export function tagOf(value: CodedArray): Readonly<Record<string, string>> {
  const tag = tags.find((name) => value instanceof arrays[name].is) ?? "$bytes";
  return { [tag]: base64Of(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
}

/** Replaces tags by what they stand for, in place: the value is fresh from `JSON.parse` and nobody else's. */
function untag(value: unknown, parts: readonly unknown[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  const keys = Object.keys(value);
  const [key] = keys;
  if (keys.length === 1 && key !== undefined && !Array.isArray(value)) {
    const content = (value as Readonly<Record<string, unknown>>)[key];
    if (isTag(key)) return arrayOf(key, content);
    if (key === "$plain" && typeof content === "object" && content !== null) return untagMembers(content, parts);
    if (parts.length > 0 && key === "$part") return partAt(parts, content);
    if (parts.length > 0 && key === "$joined" && Array.isArray(content)) {
      return content.flatMap((number) => partAt(parts, number));
    }
  }
  return untagMembers(value, parts);
}

function untagMembers(value: object, parts: readonly unknown[]): unknown {
  const members = value as Record<string, unknown>;
  for (const key of Object.keys(value)) {
    const member = members[key];
    if (typeof member !== "object" || member === null) continue;
    const untagged = untag(member, parts);
    if (untagged !== member) set(members, key, untagged);
  }
  return value;
}

function partAt(parts: readonly unknown[], number: unknown): unknown {
  if (typeof number !== "number" || !(number in parts))
    throw new DomainError("a reference names an earlier part", number);
  return parts[number];
}

function arrayOf(tag: Tag, content: unknown): CodedArray {
  if (typeof content !== "string") throw new DomainError(`${tag} is followed by base64 text`, content);
  const bytes = bytesOfBase64(content);
  const { of, width } = arrays[tag];
  if (bytes.length % width !== 0) throw new DomainError(`${tag} has a multiple of ${width} bytes`, bytes.length);
  return of(bytes);
}

/** An own member whatever its name: plain assignment of `__proto__` would change the prototype instead. */
function set(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  } else {
    target[key] = value;
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isTag(key: string): key is Tag {
  return (tags as readonly string[]).includes(key);
}

/** Whether an object is a tag, or is taken for one. */
export function isTagLike(members: object): boolean {
  const keys = Object.keys(members);
  const [key] = keys;
  return keys.length === 1 && key !== undefined && (key === "$plain" || isTag(key) || references.includes(key));
}
