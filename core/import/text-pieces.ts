import { DecodeUTF8, Gunzip } from "fflate";
import { type Failure, failure } from "../base/index.ts";

/** More text than this is refused: a small gzip file can hold any amount of it. */
export const largestText = 512 * 1024 * 1024;

const plainPiece = 512 * 1024;
const gzipPiece = 16 * 1024;

/**
 * Text of a file in pieces of at most a few megabytes: gzip by content, UTF-8 with or without a byte order mark.
 *
 * @param bytes as they arrived; not changed
 * @param limit largest size of the text, bytes
 * @returns (of the generator) a failure when the file is not text, larger than the limit, or a damaged or truncated gzip file
 */
export function* textPieces(bytes: Uint8Array, limit = largestText): Generator<string, Failure | undefined, undefined> {
  const refusal = notText(bytes);
  if (refusal !== undefined) return refusal;
  const texts: string[] = [];
  const decoder = new DecodeUTF8((text) => texts.push(text));
  let first = true;
  function* decoded(piece: Uint8Array, last: boolean): Generator<string, void, undefined> {
    if (piece.length > 0 || last) decoder.push(piece, last);
    for (const text of texts.splice(0)) {
      yield first ? text.replace(/^\uFEFF/, "") : text;
      first = false;
    }
  }
  try {
    if (!isGzip(bytes)) {
      if (bytes.length > limit) return tooLarge(limit);
      for (let at = 0; at < bytes.length; at += plainPiece) {
        const next = at + plainPiece;
        yield* decoded(bytes.subarray(at, next), next >= bytes.length);
      }
      return undefined;
    }
    let size = 0;
    for (const piece of unzipped(bytes)) {
      if (size === 0 && isGzip(piece))
        return failure("unsupported", "the file is packed with gzip twice; unpack it once");
      size += piece.length;
      if (size > limit) return tooLarge(limit);
      yield* decoded(piece, false);
    }
    yield* decoded(new Uint8Array(0), true);
    return undefined;
  } catch (error) {
    if (error instanceof DamagedGzip) return failure("parse-error", error.message);
    if (isFlateError(error)) return failure("parse-error", "the text ends inside a character; the file is truncated");
    throw error;
  }
}

/**
 * Bytes of a file in pieces: gzip by content, anything else as it is.
 *
 * @param bytes as they arrived; not changed
 * @param limit largest unpacked size, bytes
 * @returns (of the generator) a failure when the file is empty, not text, larger than the limit or a damaged gzip file
 */
export function* bytePieces(bytes: Uint8Array, limit: number): Generator<Uint8Array, Failure | undefined, undefined> {
  const refusal = notText(bytes);
  if (refusal !== undefined) return refusal;
  if (!isGzip(bytes)) {
    if (bytes.length > limit) return tooLarge(limit);
    for (let at = 0; at < bytes.length; at += plainPiece) yield bytes.subarray(at, at + plainPiece);
    return undefined;
  }
  let size = 0;
  try {
    for (const piece of unzipped(bytes)) {
      size += piece.length;
      if (size > limit) return tooLarge(limit);
      yield piece;
    }
    return undefined;
  } catch (error) {
    if (error instanceof DamagedGzip) return failure("parse-error", error.message);
    throw error;
  }
}

class DamagedGzip extends Error {}

function isFlateError(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "number";
}

/** Unpacked pieces of a gzip file, with the stated length and checksum verified at the end of each of its members. */
function* unzipped(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
  const found: (Uint8Array | { readonly nextMemberAt: number })[] = [];
  const gunzip = new Gunzip((piece) => found.push(piece));
  gunzip.onmember = (nextMemberAt) => found.push({ nextMemberAt });
  let size = 0;
  let checksum = 0xffffffff;
  const verify = (memberEnd: number) => {
    const trailer = new DataView(bytes.buffer, bytes.byteOffset + memberEnd - 8, 8);
    const whole = trailer.getUint32(4, true) === size % 2 ** 32 && trailer.getUint32(0, true) === ~checksum >>> 0;
    if (!whole) throw new DamagedGzip("the gzip file is truncated or damaged: its length or checksum is wrong");
    size = 0;
    checksum = 0xffffffff;
  };
  for (let at = 0; at < bytes.length; at += gzipPiece) {
    const next = at + gzipPiece;
    try {
      gunzip.push(bytes.subarray(at, next), next >= bytes.length);
    } catch {
      throw new DamagedGzip("the gzip file is truncated or damaged; copy or download it again");
    }
    for (const item of found.splice(0)) {
      if ("nextMemberAt" in item) {
        verify(item.nextMemberAt);
        continue;
      }
      size += item.length;
      checksum = crc32(checksum, item);
      yield item;
    }
  }
  verify(bytes.length);
}

/** Whether bytes begin as a gzip file does; names are not looked at. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function notText(bytes: Uint8Array): Failure | undefined {
  const [a, b] = bytes;
  if (bytes.length === 0) return failure("parse-error", "the file is empty");
  if (isGzip(bytes)) {
    return bytes.length < 18 ? failure("parse-error", "the gzip file is truncated: it has no end") : undefined;
  }
  if (a === 0x50 && b === 0x4b) return failure("unsupported", "the file is a zip archive; unpack it first");
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    return failure("unsupported", "the file is UTF-16 text; save it as UTF-8");
  }
  return bytes.subarray(0, 4096).includes(0)
    ? failure("unsupported", "the file is binary; expected JSON or CSV text, or either packed with gzip")
    : undefined;
}

function tooLarge(limit: number): Failure {
  return failure(
    "invalid-input",
    `the file holds more than ${Math.floor(limit / 1024 / 1024)} MB of text, the largest size read`,
  );
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function crc32(start: number, bytes: Uint8Array): number {
  let crc = start;
  for (let i = 0; i < bytes.length; i += 1) crc = (crcTable[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  return crc;
}
