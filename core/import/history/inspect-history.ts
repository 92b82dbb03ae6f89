import { finish } from "../../base/index.ts";
import { formatOf, probeOf } from "../format-catalog.ts";
import type { ImportFile, ImportProblem } from "../import-result.ts";
import { openFile } from "../open-file.ts";
import { historyFormatOf, historyProbeOf } from "./history-catalog.ts";
import { timeValueRows } from "./time-value-rows.ts";

/** What is known of a file of a history before importing it. */
export interface HistoryFileInspection {
  readonly name: string;
  readonly bytes: number;
  /** The layout that claims the file: series, or one instant of a panel of markets. */
  readonly format?: { readonly id: string; readonly title: string; readonly kind: "series" | "market" };
  /** For a table or array no layout claims: what a mapping needs. */
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
  /** Why the file cannot be imported at all. */
  readonly problem?: ImportProblem;
}

const rowsShown = 20;

/** Says what files are as histories, without importing them. A CSV is read at its beginning only. */
export function inspectHistoryFiles(files: readonly ImportFile[]): readonly HistoryFileInspection[] {
  return files.map((file) => ({ name: file.name, bytes: file.bytes.length, ...inspect(file) }));
}

function inspect(file: ImportFile): Omit<HistoryFileInspection, "name" | "bytes"> {
  const document = finish(openFile(file));
  if ("reason" in document) {
    const { message } = document;
    return { problem: { severity: "error", file: file.name, rule: "the file can be read", message } };
  }
  const series = historyFormatOf(historyProbeOf(file.name, document));
  if (series !== undefined) return { format: { id: series.id, title: series.title, kind: "series" } };
  const market = formatOf(probeOf(file, document));
  if (market?.kind === "market") return { format: { id: market.id, title: market.title, kind: "market" } };
  if (document.type === "csv")
    return { table: { columns: document.columns, rows: document.sample.slice(0, rowsShown) } };
  const rows = timeValueRows(document.content).slice(0, rowsShown);
  const columns = [...new Set(rows.flatMap(({ row }) => Object.keys(row)))];
  return {
    table: { columns, rows: rows.map(({ row }) => columns.map((column) => JSON.stringify(row[column]) ?? "")) },
  };
}
