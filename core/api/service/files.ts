import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { z } from "zod";
import type { Result, Work } from "../../base/index.ts";
import { type ColumnMapping, type ImportFile, type ImportResult, importFiles } from "../../import/index.ts";
import type { Ports } from "../ports.ts";
import type { file } from "../schema.ts";
import { rememberedMappings } from "./mapping.ts";

/** A file of a request as the importers take it; text counts as UTF-8. */
export function importFileOf({ name, bytes, text }: z.output<typeof file>): ImportFile {
  return { name, bytes: bytes ?? utf8ToBytes(text ?? "") };
}

/** Files of one call, with what is known of them. */
export interface FilesToImport {
  readonly files: readonly ImportFile[];
  /** By file name; for other unknown tables the remembered ones are taken. */
  readonly mappings?: Readonly<Record<string, ColumnMapping>>;
  /** Default: the name of the first file. */
  readonly name?: string | undefined;
}

/**
 * Imports files with what is remembered of their kind. The library is asked only when a file could not be read without:
 * a call on known formats needs no library.
 */
export async function importedFiles(
  ports: Ports,
  { files, mappings = {}, name = nameOfFiles(files) }: FilesToImport,
  work: Work,
): Promise<Result<ImportResult>> {
  const options = { name, work, nowMs: ports.now() };
  const imported = await importFiles(files, { ...options, mappings });
  if (!imported.ok && imported.failure.reason === "cancelled") return imported;
  const read = new Set(imported.ok ? imported.value.report.files.map((file) => file.name) : []);
  const unread = files.filter((file) => !read.has(file.name) && !Object.hasOwn(mappings, file.name));
  const remembered = unread.length > 0 ? rememberedMappings(ports, unread) : {};
  if (Object.keys(remembered).length === 0) return imported;
  return importFiles(files, { ...options, mappings: { ...mappings, ...remembered } });
}

/** `positions-2026-11-22` for `positions-2026-11-22.json.gz`. */
export function nameOfFiles([first]: readonly ImportFile[]): string {
  return first?.name.replace(/(\.(json|csv|txt|gz))+$/i, "") || "imported";
}
