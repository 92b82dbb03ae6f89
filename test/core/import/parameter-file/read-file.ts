import { strToU8 } from "fflate";
import { unwatched, type Work } from "../../../../core/base/index.ts";
import { loadParameterFile } from "../../../../core/import/index.ts";
import type { ParameterFile } from "../../../../core/parameter-file/index.ts";

/** Bytes of a text whose characters are bytes. */
export function bytesOf(text: string): Uint8Array {
  return strToU8(text, true);
}

/** A parameter file from text; throws its failure in words. */
export async function fileFrom(text: string, work: Work = unwatched): Promise<ParameterFile> {
  const read = await loadParameterFile({ name: "test.spn", bytes: bytesOf(text) }, work);
  if (!read.ok) throw new Error(`${read.failure.reason}: ${read.failure.message} (${read.failure.at})`);
  return read.value;
}

/** The failure of a text that must not be read. */
export async function failureOf(text: string): Promise<string> {
  const read = await loadParameterFile({ name: "test.spn", bytes: bytesOf(text) }, unwatched);
  if (read.ok) return "it was read";
  return `${read.failure.reason}: ${read.failure.message} (${read.failure.at})`;
}
