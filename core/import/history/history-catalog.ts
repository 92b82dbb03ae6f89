import type { CsvTable, JsonDocument } from "../open-file.ts";
import type { HistoryFormat, HistoryProbe } from "./history-format.ts";

const modules = import.meta.glob<HistoryFormat>("./formats/*.ts", { eager: true, import: "default" });

/** Every layout of histories, by id: a file in `formats/`. */
export const historyFormats: ReadonlyMap<string, HistoryFormat> = new Map(
  Object.values(modules)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((format) => [format.id, format]),
);

/** The layout that claims a file; `undefined` when none does. */
export function historyFormatOf(probe: HistoryProbe): HistoryFormat | undefined {
  for (const format of historyFormats.values()) if (format.claims(probe)) return format;
  return undefined;
}

/** What formats are shown of an opened file. */
export function historyProbeOf(name: string, document: JsonDocument | CsvTable): HistoryProbe {
  return document.type === "json"
    ? { type: "json", name, content: document.content }
    : { type: "csv", name, columns: document.columns, comments: document.comments };
}
