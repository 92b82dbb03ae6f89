import { call } from "../../client/index.ts";
import type { Failure, Input, MarginResult } from "../../client/types.ts";
import { session } from "../../state/session.ts";
import { parameterPointers } from "../command/parameter-pointers.ts";
import { type CsvRow, type CsvTable, exportName, saveAnswered, saveFile } from "../download.ts";
import type { Mark } from "../marks.tsx";
import { type Fact, factsOf } from "./facts.ts";

/** What a panel hands out. */
export interface PanelContent {
  /** Id of the panel, part of the file name. */
  readonly panel: string;
  readonly title: string;
  /** The first is the one of the CSV file. */
  readonly tables: readonly NamedTable[];
  readonly marks: readonly Mark[];
}

export interface NamedTable extends CsvTable {
  readonly name: string;
}

type Workbook = Input<"report.workbook">;
type Sheet = Workbook["sheets"][number];
type Column = Sheet["columns"][number];

/** A panel as an Excel file: a sheet each table, the parameters of its method, and what the numbers rest on. */
export async function saveWorkbook(content: PanelContent): Promise<Failure | undefined> {
  const { result } = session.getState();
  const answer = await call("report.workbook", workbookOf(content, result));
  if (!answer.ok) return answer.failure;
  saveAnswered({ ...answer.value, name: exportName(content.panel, "xlsx") });
  return undefined;
}

/** What `saveWorkbook` asks for. */
export function workbookOf({ panel, title, tables, marks }: PanelContent, result: MarginResult | undefined): Workbook {
  const remarks = tables.flatMap(({ name, remarks: said = [] }) => said.map((remark): Fact => [name, remark]));
  return {
    name: panel,
    sheets: [...tables.map(sheetOf), ...(result ? [parameterSheet(result)] : [])],
    about: {
      title,
      ...(result && { createdMs: result.asOfMs }),
      facts: [...factsOf(result, marks), ...remarks].map(([label, value]) => [label, value]),
    },
  };
}

/** A panel as JSON: tables with full precision, and what they rest on. Layout `panel/1`. */
export function saveJson({ panel, title, tables, marks }: PanelContent): void {
  const value = {
    schema: "panel/1",
    panel,
    title,
    about: factsOf(session.getState().result, marks),
    tables: tables.map(({ name, header, rows, remarks = [] }) => ({
      ...{ name, remarks, header },
      rows: rows.map((row) => row.map((cell) => (cell === undefined ? null : cell))),
    })),
  };
  saveFile(exportName(panel, "json"), `${JSON.stringify(value)}\n`, "application/json");
}

function sheetOf({ name, header, rows }: NamedTable): Sheet {
  const columns = header.map((words, at) => columnOf(words, rows, at));
  return {
    name,
    columns,
    rows: rows.map((row) => columns.map(({ kind }, at) => cellOf(row[at], kind))),
  };
}

const instant = /^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?$/;

/** Numbers and times are typed, so that a sheet can be computed with; a column of both stays text. */
function columnOf(header: string, rows: readonly CsvRow[], at: number): Column {
  const cells = rows.map((row) => row[at]).filter((cell) => cell !== undefined && cell !== null && cell !== "");
  if (cells.length > 0 && cells.every((cell) => typeof cell === "number")) {
    const whole = cells.every((cell) => Number.isInteger(cell));
    return { header, kind: "number", format: whole ? "#,##0" : "#,##0.00######" };
  }
  if (cells.length > 0 && cells.every((cell) => typeof cell === "string" && instant.test(cell))) {
    return { header, kind: "date" };
  }
  return { header, kind: "text" };
}

function cellOf(cell: CsvRow[number], kind: Column["kind"]): Sheet["rows"][number][number] {
  if (cell === undefined || cell === null || cell === "") return null;
  if (typeof cell === "number" && !Number.isFinite(cell)) return null;
  if (kind === "date") return Date.parse(String(cell).replace(" ", "T"));
  return cell;
}

function parameterSheet({ rules }: MarginResult): Sheet {
  const overridden = new Map(rules.overrides.map(({ path, replaced }) => [path, String(replaced)]));
  return {
    name: "Parameters",
    columns: [
      { header: "Parameter", kind: "text" },
      { header: "Value", kind: "text" },
      { header: "Published, where set by you", kind: "text" },
    ],
    rows: parameterPointers(rules.parameters).map(({ pointer, value }) => [
      pointer,
      numberOr(value),
      overridden.get(pointer) ?? null,
    ]),
  };
}

function numberOr(text: string): string | number {
  const value = Number(text);
  return text.trim() !== "" && Number.isFinite(value) ? value : text;
}
