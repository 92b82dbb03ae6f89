import { decode } from "../api/codec.ts";
import { failed, type Result } from "../base/index.ts";

/**
 * The call of a body that `callBody` made with bytes: a line of sizes, a line of text, the bytes. Sizes that are not those of the bytes
 * are a `parse-error`.
 */
export function callWithBytes(body: Buffer): Result<unknown> {
  const sizesEnd = body.indexOf("\n");
  const textEnd = body.indexOf("\n", sizesEnd + 1);
  if (sizesEnd < 0 || textEnd < 0) return failed("parse-error", "a call with bytes begins with two lines of text");
  const sizes = decode(body.toString("utf8", 0, sizesEnd));
  if (!sizes.ok) return sizes;
  const parts = partsOf(body.subarray(textEnd + 1), sizes.value);
  if (parts === undefined) return failed("parse-error", "the sizes of a call are not those of its bytes");
  return decode(body.toString("utf8", sizesEnd + 1, textEnd), parts);
}

function partsOf(bytes: Buffer, sizes: unknown): Uint8Array[] | undefined {
  if (!Array.isArray(sizes)) return undefined;
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    if (typeof size !== "number" || !Number.isInteger(size) || size < 0) return undefined;
    // A copy with a buffer of its own, which can be moved to the worker.
    parts.push(new Uint8Array(bytes.subarray(at, at + size)));
    at += size;
  }
  return at === bytes.length ? parts : undefined;
}
