import { rawNumber } from "../base/format.ts";
import type { ReportCell, ReportDocument, ReportSection, ReportTable } from "./report-document.ts";

/**
 * A report as one HTML page for paper: no script, no link, nothing loaded from anywhere. Every text is escaped.
 *
 * @param document what to print
 * @returns a whole HTML5 document, UTF-8
 */
export function reportHtml(document: ReportDocument): string {
  const { title, facts, sections } = document;
  return [
    "<!doctype html>",
    `<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<style>${style}</style></head><body>`,
    `<h1>${escaped(title)}</h1>`,
    `<dl>${facts.map(([label, value]) => `<dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>`).join("")}</dl>`,
    ...sections.map(sectionHtml),
    "</body></html>",
  ].join("\n");
}

function sectionHtml({ heading, paragraphs, table }: ReportSection): string {
  const text = paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`).join("");
  return `<section><h2>${escaped(heading)}</h2>${text}${table === undefined ? "" : tableHtml(table)}</section>`;
}

function tableHtml({ columns, rows }: ReportTable): string {
  const kind = (at: number) => (columns[at]?.kind === "number" ? ' class="number"' : "");
  const head = columns.map(({ title }, at) => `<th scope="col"${kind(at)}>${escaped(title)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell, at) => `<td${kind(at)}>${cellHtml(cell)}</td>`).join("")}</tr>`);
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table>`;
}

function cellHtml(cell: ReportCell): string {
  return escaped(typeof cell === "number" ? rawNumber(cell) : (cell ?? ""));
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

const style = `
@page { size: A4; margin: 15mm; }
body { font: 10pt/1.4 system-ui, sans-serif; color: #111; background: #fff; }
h1 { font-size: 15pt; } h2 { font-size: 12pt; margin-top: 1.2em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15em 1em; } dt { color: #555; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: 8.5pt; } thead { display: table-header-group; }
th, td { text-align: left; vertical-align: top; padding: 0.2em 0.5em; border-bottom: 1px solid #ccc; overflow-wrap: anywhere; }
tr { break-inside: avoid; } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
`;
