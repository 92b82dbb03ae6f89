import type { Format, Probe } from "./format.ts";
import type { ImportFile } from "./import-result.ts";
import type { CsvTable, JsonDocument } from "./open-file.ts";

const modules = import.meta.glob<Format>("./formats/*.ts", { eager: true, import: "default" });

/** Every source format, by id: a file in `formats/`. */
export const formats: ReadonlyMap<string, Format> = new Map(
  Object.values(modules)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((format) => [format.id, format]),
);

/** The format that claims a file; `undefined` when none does. */
export function formatOf(probe: Probe): Format | undefined {
  for (const format of formats.values()) if (format.claims(probe)) return format;
  return undefined;
}

/** What formats are shown of an opened file. */
export function probeOf(file: ImportFile, document: JsonDocument | CsvTable): Probe {
  return document.type === "json"
    ? { type: "json", name: file.name, content: document.content }
    : { type: "csv", name: file.name, columns: new Set(document.columns) };
}
