import { formatNumber, formatQuantity } from "../../base/format.ts";
import type { ReportCell, ReportDocument, ReportSection } from "../../report/index.ts";
import { type Column, textTable } from "./text-table.ts";

/** A report as a page of text: title, facts, sections with their tables; numbers with six significant digits. */
export function documentText({ title, facts, sections }: ReportDocument): string {
  const width = Math.max(0, ...facts.map(([label]) => label.length));
  const head = facts.map(([label, value]) => `${label.padEnd(width)}  ${value}`);
  return [[title, ...head].join("\n"), ...sections.map(sectionText)].join("\n\n");
}

function sectionText({ heading, paragraphs, table }: ReportSection): string {
  const columns = (table?.columns ?? []).map(
    ({ title, kind }, at): Column<readonly ReportCell[]> => ({
      title,
      text: (row) => cellText(row[at]),
      right: kind === "number",
    }),
  );
  const rows = table === undefined || table.rows.length === 0 ? [] : [textTable(columns, table.rows)];
  return [heading, ...paragraphs, ...rows].join("\n");
}

function cellText(cell: ReportCell): string {
  if (typeof cell !== "number") return cell ?? "";
  return Number.isInteger(cell) ? formatQuantity(cell) : formatNumber(cell, { significant: 6 });
}
