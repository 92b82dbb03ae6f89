import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { z } from "zod";
import type { ImportFile } from "../../import/index.ts";
import type { file } from "../schema.ts";

/** A file of a request as the importers take it; text counts as UTF-8. */
export function importFileOf({ name, bytes, text }: z.output<typeof file>): ImportFile {
  return { name, bytes: bytes ?? utf8ToBytes(text ?? "") };
}
