import { unzipSync, type Zippable, zipSync } from "fflate";
import { DomainError } from "./domain-error.ts";

/** One column of a sheet. A `date` cell is UTC milliseconds. */
export interface WorkbookColumn {
  readonly header: string;
  readonly kind: "text" | "number" | "date";
  /** Excel's number format, such as `0.00%`; default: plain numbers, `yyyy-mm-dd hh:mm:ss` for dates. */
  readonly format?: string;
}

export interface WorkbookSheet {
  /** What Excel does not allow in a name is replaced; names that become equal are numbered. */
  readonly name: string;
  readonly columns: readonly WorkbookColumn[];
  /** Cells by column; absent ones stay empty. */
  readonly rows: readonly (readonly (string | number | boolean | undefined)[])[];
}

/** What a workbook says of itself, on a sheet of its own. */
export interface WorkbookAbout {
  readonly title: string;
  /** UTC ms; of the data, so that equal exports are equal files. */
  readonly createdMs?: number;
  /** Marks of the figures: method, version, data, hashes, how exact. */
  readonly facts?: readonly (readonly [label: string, value: string | number])[];
}

const mostRows = 1_048_575;
const mostColumns = 16_384;
const mostCharacters = 32_767;

/**
 * An Excel workbook (.xlsx): a sheet each with a frozen, filtered header row, and a last sheet `About`. Texts are always texts: one that begins
 * with `=` is no formula. The same input gives the same bytes.
 *
 * @param sheets one at least; a sheet has at most 1,048,575 rows and 16,384 columns
 * @param about  what the figures are
 * @throws DomainError for a number that is not finite, too many rows or columns, or no sheet
 */
export async function writeWorkbook(sheets: readonly WorkbookSheet[], about: WorkbookAbout): Promise<Uint8Array> {
  if (sheets.length === 0) throw new DomainError("a workbook needs a sheet", 0);
  const { Workbook } = await import("@cj-tech-master/excelts");
  const book = new Workbook();
  const created = new Date(about.createdMs ?? 0);
  Object.assign(book, { creator: "Marginscope", lastModifiedBy: "Marginscope", title: about.title, created });
  Object.assign(book, { modified: created });
  const used = new Set<string>();
  for (const sheet of [...sheets, aboutSheet(about)]) addSheet(book, sheet, used);
  return settled(new Uint8Array(await book.xlsx.writeBuffer()));
}

type Book = InstanceType<typeof import("@cj-tech-master/excelts")["Workbook"]>;

function addSheet(book: Book, sheet: WorkbookSheet, used: Set<string>): void {
  const { columns, rows } = sheet;
  if (rows.length > mostRows) throw new DomainError(`a sheet has at most ${mostRows} rows`, rows.length);
  if (columns.length > mostColumns) throw new DomainError(`a sheet has at most ${mostColumns} columns`, columns.length);
  const written = book.addWorksheet(sheetName(sheet.name, used), { views: [{ state: "frozen", ySplit: 1 }] });
  written.addRow(columns.map(({ header }) => header));
  written.getRow(1).font = { bold: true };
  for (const row of rows) written.addRow(columns.map((column, at) => cellValue(row[at], column, sheet.name)));
  for (const [at, column] of columns.entries()) {
    const target = written.getColumn(at + 1);
    target.width = widthOf(column, rows, at);
    const format = column.format ?? (column.kind === "date" ? "yyyy-mm-dd hh:mm:ss" : undefined);
    if (format !== undefined) target.numFmt = format;
  }
  const last = columns.length;
  if (last > 0 && rows.length > 0)
    written.autoFilter = { from: { row: 1, col: 1 }, to: { row: rows.length + 1, col: last } };
}

function cellValue(
  value: string | number | boolean | undefined,
  { kind, header }: WorkbookColumn,
  sheet: string,
): string | number | boolean | Date | null {
  if (value === undefined) return null;
  if (typeof value === "string") return textOf(value);
  if (typeof value === "boolean") return value;
  if (!Number.isFinite(value)) throw new DomainError(`a cell of ${sheet}, ${header} must be finite`, value);
  return kind === "date" ? new Date(value) : value;
}

/** XML has no control characters, Excel no longer texts. */
function textOf(value: string): string {
  const clean = [...value].filter((letter) => letter >= " " || letter === "\n" || letter === "\t").join("");
  return clean.length <= mostCharacters
    ? clean
    : `${clean.slice(0, mostCharacters - 40)}… (${clean.length} characters)`;
}

function widthOf(column: WorkbookColumn, rows: WorkbookSheet["rows"], at: number): number {
  const longest = rows.slice(0, 200).reduce((most, row) => {
    const cell = row[at];
    return Math.max(most, column.kind === "date" ? 19 : cell === undefined ? 0 : String(cell).length);
  }, column.header.length);
  return Math.min(Math.max(longest + 2, 8), 60);
}

function sheetName(name: string, used: Set<string>): string {
  const allowed = name.replace(/[\s[\]:*?/\\]+/g, " ").replace(/^'+|'+$/g, "");
  const stem = allowed.trim().slice(0, 31).trim() || "Sheet";
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? "" : ` ${count}`;
    const tried = `${stem.slice(0, 31 - suffix.length).trimEnd()}${suffix}`;
    if (used.has(tried.toLowerCase())) continue;
    used.add(tried.toLowerCase());
    return tried;
  }
}

function aboutSheet({ title, createdMs, facts = [] }: WorkbookAbout): WorkbookSheet {
  const time = createdMs === undefined ? [] : ([["Time (UTC)", new Date(createdMs).toISOString()]] as const);
  const rows = [["Title", title], ["Program", "Marginscope"], ...time, ...facts] as const;
  return {
    name: "About",
    columns: [
      { header: "What", kind: "text" },
      { header: "Value", kind: "text" },
    ],
    rows,
  };
}

/** Packed anew by a compressor of our own: those of Node's versions differ in their bytes. */
function settled(bytes: Uint8Array): Uint8Array {
  const parts: Zippable = {};
  for (const [path, content] of Object.entries(unzipSync(bytes))) parts[path] = content;
  return zipSync(parts, { level: 6, mtime: new Date(1980, 0, 1) });
}
