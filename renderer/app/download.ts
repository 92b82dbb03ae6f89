import { csvText, formatInstant } from "../../core/base/format.ts";
import { session } from "../state/session.ts";

export type CsvRow = readonly (string | number | boolean | null | undefined)[];

export interface CsvTable {
  /** Units belong here. */
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
  /** What the numbers need beside them, e.g. overrides and exclusions; written as a comment block. */
  readonly remarks?: readonly string[];
}

/** Saves a panel's table as CSV; the name says portfolio, panel, time and run. */
export function saveCsv(table: CsvTable, panel: string): void {
  const comments = [...provenanceRemarks(), ...(table.remarks ?? [])].map(
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

/** `portfolio_panel_asof_run.ext`, ASCII. */
export function exportName(panel: string, extension: string): string {
  const { result } = session.getState();
  const parts = [
    result?.portfolioName ?? "marginscope",
    panel,
    formatInstant(result?.asOfMs).replaceAll(/[-:]/g, "").replace(" ", "T"),
    result?.inputs.portfolio.slice(0, 8) ?? "",
  ];
  const name = parts
    .map((part) => part.replaceAll(/[^A-Za-z0-9.-]+/g, "-"))
    .filter((part) => part !== "" && part !== "-");
  return `${name.join("_")}.${extension}`;
}

function provenanceRemarks(): string[] {
  const { result } = session.getState();
  if (!result) return [];
  const { rules, excluded, inputs } = result;
  return [
    `portfolio ${result.portfolioName} sha256 ${inputs.portfolio}`,
    `market ${result.marketName} at ${new Date(result.asOfMs).toISOString()} sha256 ${inputs.market}`,
    ...(result.historyName === undefined ? [] : [`history ${result.historyName} sha256 ${inputs.history}`]),
    `methodology ${result.methodology.id} version ${rules.version} parameters sha256 ${inputs.parameters} accuracy ${result.accuracy}`,
    ...(result.synthetic ? ["synthetic data"] : []),
    ...rules.overrides.map(({ path, value, replaced }) => `override ${path} = ${value} (published ${replaced})`),
    ...excluded.map(({ symbol, failure }) => `excluded ${symbol}: ${failure.message}`),
  ];
}
