import { type WorkbookAbout, type WorkbookSheet, writeWorkbook } from "../base/index.ts";
import type { ReportDocument, ReportTable } from "./report-document.ts";

/**
 * A report as an Excel workbook: a sheet for each table with typed cells and a frozen header; facts of the report and texts without a
 * table, such as remarks, stand on the sheet `About`.
 *
 * @param document  what to write
 * @param createdMs UTC ms of the data, not of the writing: equal reports are equal files
 * @returns bytes of an .xlsx file
 * @throws DomainError if a number of a table is not finite, or a table has more rows than Excel
 */
export async function reportWorkbook(document: ReportDocument, createdMs: number): Promise<Uint8Array> {
  const { sheets, about } = workbookOf(document, createdMs);
  return writeWorkbook(sheets, about);
}

/** What `reportWorkbook` writes, as data. */
export function workbookOf(
  { title, facts, sections }: ReportDocument,
  createdMs: number,
): { readonly sheets: readonly WorkbookSheet[]; readonly about: WorkbookAbout } {
  const texts = sections.flatMap(({ heading, paragraphs }) => paragraphs.map((text) => [heading, text] as const));
  return {
    sheets: sections.flatMap(({ heading, table }) => (table === undefined ? [] : [sheetOf(heading, table)])),
    about: { title, createdMs, facts: [...facts, ...texts] },
  };
}

/** Two decimals at least, and what there is up to eight. */
export const numberFormat = "#,##0.00######";

function sheetOf(name: string, { columns, rows }: ReportTable): WorkbookSheet {
  return {
    name,
    columns: columns.map(({ title, kind }) => ({
      header: title,
      kind,
      ...(kind === "number" && { format: numberFormat }),
    })),
    rows,
  };
}
