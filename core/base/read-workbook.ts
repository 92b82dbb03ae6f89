import { strFromU8, unzipSync, type Zippable, zipSync } from "fflate";
import { failed, type Result, success } from "./result.ts";

/** How much of a file from outside is read. */
export interface WorkbookLimits {
  /** Of the parts of the file, unpacked. */
  readonly unpackedBytes: number;
  readonly sheets: number;
  readonly rows: number;
  readonly columns: number;
}

export interface ReadSheet {
  readonly name: string;
  /** From the first row of the sheet; a date is UTC milliseconds. Cells with a formula are in `formulas`, and empty here. */
  readonly rows: readonly (readonly (string | number | boolean | undefined)[])[];
  /** Places (row and column from 1) whose formula was not read. */
  readonly formulas: readonly { readonly row: number; readonly column: number }[];
}

/** Whether bytes begin as an Excel workbook (a zip archive) does. */
export function isWorkbook(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/**
 * Reads the cells of an Excel workbook (.xlsx) from an untrusted source. Formulas, links, macros and everything but cells are ignored;
 * sizes are checked before anything is unpacked.
 *
 * @returns sheets in their order; a failure for what is no workbook, is damaged, names XML entities, or is larger than the limits
 */
export async function readWorkbook(bytes: Uint8Array, limits: WorkbookLimits): Promise<Result<readonly ReadSheet[]>> {
  const parts = cellParts(bytes, limits);
  if (!parts.ok) return parts;
  const { Workbook } = await import("@cj-tech-master/excelts");
  const book = new Workbook();
  try {
    await book.xlsx.load(parts.value, { maxRows: limits.rows, maxCols: limits.columns });
  } catch (error) {
    const message = error instanceof Error ? error.message : "damaged";
    const [, what] = /^Max (row|column) count/.exec(message) ?? [];
    if (what !== undefined)
      return failed(
        "invalid-input",
        `a sheet has more than ${what === "row" ? limits.rows : limits.columns} ${what}s, the most that are read`,
      );
    return failed("parse-error", `the workbook cannot be read: ${message}`);
  }
  if (book.worksheets.length > limits.sheets)
    return failed(
      "invalid-input",
      `the workbook has ${book.worksheets.length} sheets; at most ${limits.sheets} are read`,
    );
  return success(book.worksheets.map(cellsOf));
}

type Sheet = InstanceType<typeof import("@cj-tech-master/excelts")["Workbook"]>["worksheets"][number];

function cellsOf(sheet: Sheet): ReadSheet {
  const formulas: { readonly row: number; readonly column: number }[] = [];
  const rows: (string | number | boolean | undefined)[][] = [];
  for (let row = 1; row <= sheet.rowCount; row += 1) {
    const cells: (string | number | boolean | undefined)[] = [];
    for (let column = 1; column <= sheet.columnCount; column += 1) {
      const { value } = sheet.getRow(row).getCell(column);
      if (isFormula(value)) formulas.push({ row, column });
      cells.push(plainValue(value));
    }
    rows.push(cells);
  }
  return { name: sheet.name, rows, formulas };
}

function isFormula(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("formula" in value || "sharedFormula" in value);
}

function plainValue(value: unknown): string | number | boolean | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (value instanceof Date) return Number.isFinite(value.getTime()) ? value.getTime() : undefined;
  if (typeof value !== "object" || value === null || isFormula(value)) return undefined;
  if ("richText" in value && Array.isArray(value.richText))
    return value.richText.map((piece: { readonly text?: unknown }) => String(piece.text ?? "")).join("");
  return "text" in value ? plainValue(value.text) : undefined;
}

/** Parts of the archive that hold cells, in an archive of their own. */
function cellParts(bytes: Uint8Array, { unpackedBytes }: WorkbookLimits): Result<Uint8Array> {
  if (!isWorkbook(bytes)) return failed("parse-error", "the file is no Excel workbook (.xlsx)");
  let total = 0;
  let parts: Record<string, Uint8Array>;
  try {
    parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!isCellPart(name)) return false;
        total += originalSize;
        return total <= unpackedBytes;
      },
    });
  } catch {
    return failed("parse-error", "the workbook is damaged or truncated; save or copy it again");
  }
  if (total > unpackedBytes)
    return failed("invalid-input", `the workbook unpacks to more than ${Math.floor(unpackedBytes / 1e6)} MB`);
  if (parts["xl/workbook.xml"] === undefined)
    return failed("parse-error", "the file is a zip archive but no Excel workbook (.xlsx)");
  const packed: Zippable = {};
  for (const [name, content] of Object.entries(parts)) {
    if (/<!(DOCTYPE|ENTITY)/i.test(strFromU8(content)))
      return failed("unsupported", `the workbook names XML entities (${name}), which no spreadsheet writes`);
    packed[name] = content;
  }
  return success(zipSync(packed, { level: 0 }));
}

function isCellPart(name: string): boolean {
  return /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|sharedStrings|styles)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/.test(
    name,
  );
}
