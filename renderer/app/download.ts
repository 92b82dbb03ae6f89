import { csvText } from "../../core/base/format.ts";
import { session } from "../state/session.ts";
import { factLines, factsOf, runId } from "./export/facts.ts";
import type { Mark } from "./marks.tsx";

export type CsvRow = readonly (string | number | boolean | null | undefined)[];

export interface CsvTable {
  /** Units belong here. */
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
  /** What the numbers need beside them, e.g. overrides and exclusions; written as a comment block. */
  readonly remarks?: readonly string[];
  /** What stands on paper in its place, where nobody would read all its rows. */
  readonly paper?: readonly (CsvTable & { readonly name: string })[];
}

/** Saves a panel's table as CSV; the name says portfolio, panel, time and run. */
export function saveCsv(table: CsvTable, panel: string, marks: readonly Mark[] = []): void {
  const comments = [...factLines(factsOf(session.getState().result, marks)), ...(table.remarks ?? [])].map(
    (line) => `# ${line.replaceAll(/[\r\n]+/g, " ")}\r\n`,
  );
  saveFile(exportName(panel, "csv"), `${comments.join("")}${csvText([table.header, ...table.rows])}`, "text/csv");
}

/** Hands a file to the browser or Electron, which ask where to put it. */
export function saveFile(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Hands out a file that an operation made: text, or bytes. */
export function saveAnswered(file: {
  readonly name: string;
  readonly mediaType: string;
  readonly text?: string;
  readonly bytes?: Uint8Array;
}): void {
  saveFile(file.name, file.bytes ? Uint8Array.from(file.bytes) : (file.text ?? ""), file.mediaType);
}

/** `portfolio_panel_asof_run.ext`, ASCII; the time is UTC. */
export function exportName(panel: string, extension: string): string {
  const { result } = session.getState();
  const parts = [
    result?.portfolioName ?? "marginscope",
    panel,
    result === undefined ? "" : `${new Date(result.asOfMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`,
    result === undefined ? "" : runId(result),
  ];
  const name = parts
    .map((part) => part.replaceAll(/[^A-Za-z0-9.-]+/g, "-"))
    .filter((part) => part !== "" && part !== "-");
  return `${name.join("_")}.${extension}`;
}
