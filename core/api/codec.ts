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
 * An object of the user's that looks like a tag is wrapped: {"$plain": {"$bytes": 1}}.
 */
const arrays = {
  $bytes: { is: Uint8Array, of: (bytes: Uint8Array<ArrayBuffer>) => bytes, width: 1 },
  $float64: { is: Float64Array, of: (bytes: Uint8Array<ArrayBuffer>) => new Float64Array(bytes.buffer), width: 8 },
  $int16: { is: Int16Array, of: (bytes: Uint8Array<ArrayBuffer>) => new Int16Array(bytes.buffer), width: 2 },
} as const;

type Tag = keyof typeof arrays;
type CodedArray = Uint8Array | Float64Array | Int16Array;

const tags = Object.keys(arrays) as readonly Tag[];

/**
 * The value as it may leave the core: plain objects and arrays, texts, finite numbers, booleans, null and typed arrays.
 * Members that are `undefined` are dropped and −0 becomes 0, so that every door hands out the same value.
 *
 * @throws DomainError for a number that is not finite (in typed arrays too), a function, or an object that is not plain
 */
export function plainOf(value: unknown): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new DomainError("a number that leaves the core is finite", value);
    return value === 0 ? 0 : value;
  }
  if (isCodedArray(value)) {
    const wrong = value instanceof Float64Array ? value.find((item) => !Number.isFinite(item)) : undefined;
    if (wrong !== undefined) throw new DomainError("an array that leaves the core holds finite numbers", wrong);
    return value;
  }
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : plainOf(item)));
  if (typeof value === "object" && isPlain(value)) {
    const plain: Record<string, unknown> = {};
    for (const [key, member] of Object.entries(value)) {
      if (member !== undefined) set(plain, key, plainOf(member));
    }
    return plain;
  }
  throw new DomainError("only plain data leave the core", typeof value === "object" ? value.constructor : typeof value);
}

/**
 * Text of a value.
 *
 * @throws DomainError as `plainOf`
 */
export function encode(value: unknown): string {
  return JSON.stringify(tagged(plainOf(value)));
}

/** The value of a text made by `encode`, or of any JSON; a text that is neither is a `parse-error`. */
export function decode(text: string): Result<unknown> {
  try {
    return success(untagged(JSON.parse(text)));
  } catch (error) {
    return failed(
      "parse-error",
      `not JSON as this program writes it: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function tagged(value: unknown): unknown {
  if (isCodedArray(value)) {
    const tag = tags.find((name) => value instanceof arrays[name].is) ?? "$bytes";
    return { [tag]: base64Of(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
  }
  if (Array.isArray(value)) return value.map(tagged);
  if (typeof value !== "object" || value === null) return value;
  const members: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) set(members, key, tagged(member));
  return isTagLike(members) ? { $plain: members } : members;
}

function untagged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untagged);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined) {
    const [key, content] = first;
    if (key === "$plain" && typeof content === "object" && content !== null) return membersOf(content);
    if (isTag(key)) return arrayOf(key, content);
  }
  return membersOf(value);
}

function membersOf(value: object): unknown {
  const members: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) set(members, key, untagged(member));
  return members;
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

function isCodedArray(value: unknown): value is CodedArray {
  return tags.some((tag) => value instanceof arrays[tag].is);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isTag(key: string): key is Tag {
  return (tags as readonly string[]).includes(key);
}

function isTagLike(members: object): boolean {
  const keys = Object.keys(members);
  const [key] = keys;
  return keys.length === 1 && key !== undefined && (key === "$plain" || isTag(key));
}
