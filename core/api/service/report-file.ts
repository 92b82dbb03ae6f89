import { accountsOf, withoutAccountIds } from "../../base/format.ts";
import { type Result, success } from "../../base/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import { type ReportDocument, reportHtml, reportWorkbook } from "../../report/index.ts";
import { workbookType } from "../contract/report.ts";
import type { BinaryFile, ReportFile } from "../contract.ts";

/** How a report is written down: as a document, and in the two layouts of its own. */
export interface ReportForms<Report> {
  readonly document: (report: Report) => ReportDocument;
  readonly csv: (report: Report) => string;
  readonly json: (report: Report) => string;
}

const mediaTypes = { csv: "text/csv", json: "application/json", html: "text/html" } as const;

/**
 * A report as a file to give away.
 *
 * @param stem   name of the file without its ending
 * @param asOfMs time of its market
 */
export async function reportFile<Report>(
  stem: string,
  report: Report,
  asOfMs: number,
  format: keyof typeof mediaTypes | "xlsx",
  { document, csv, json }: ReportForms<Report>,
): Promise<Result<ReportFile | BinaryFile>> {
  if (format === "xlsx") {
    const bytes = await reportWorkbook(document(report), asOfMs);
    return success({ name: `${stem}.xlsx`, mediaType: workbookType, bytes });
  }
  const text = { csv, json, html: (one: Report) => reportHtml(document(one)) }[format](report);
  return success({ name: `${stem}.${format}`, mediaType: mediaTypes[format], text });
}

/** What is said of a book, without the names of its accounts where they are masked. */
export function maskedFor<T>(value: T, isMasked: boolean, { positions }: Pick<Portfolio, "positions">): T {
  if (!isMasked) return value;
  const named = positions.flatMap(({ account }) => account ?? []);
  const inIds = accountsOf(positions.map(({ id, instrument: { symbol } }) => ({ id, symbol })));
  return withoutAccountIds(value, new Set([...named, ...inIds]));
}
