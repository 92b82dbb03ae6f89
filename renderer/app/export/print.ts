import { formatInstant, formatNumber, formatQuantity, missing } from "../../../core/base/format.ts";
import { isDesktop, printPdf } from "../../client/shell.ts";
import type { Failure } from "../../client/types.ts";
import { preferences } from "../../state/preferences.ts";
import { session } from "../../state/session.ts";
import { exportName } from "../download.ts";
import { styleNonce } from "../theme/nonce.ts";
import { factsOf, runId } from "./facts.ts";
import { imageOf } from "./figure-files.ts";
import type { ShownFigure } from "./panel-figures.ts";
import type { PanelContent } from "./panel-file.ts";
import { paperColumns } from "./paper-columns.ts";
import "./print.css";

/** A table of as many rows is not cut by the end of a page. */
const wholeRows = 16;
/** Rows that go onto paper; files have all. */
const mostRows = 2_000;

/**
 * Prints a panel on a page of its own, light: charts as images, tables with every row they have, marks and what the numbers rest on.
 * The desktop asks where to put a PDF; a browser opens its own dialog.
 */
export async function printPanel(content: PanelContent, figures: readonly ShownFigure[]): Promise<Failure | undefined> {
  const { paper } = preferences.getState();
  const footer = footerWords(content.title);
  const sheet = await printSheet(content, figures);
  const landscape = sheet.dataset.landscape === "true";
  const style = pageStyle(landscape ? `${paper} landscape` : paper, footer);
  document.body.append(style, sheet);
  try {
    await imagesOf(sheet);
    const name = exportName(content.panel, "pdf");
    const printed = await printPdf({ name, title: content.title, footer, paper, landscape });
    if (printed === "browser") window.print();
    else if (typeof printed === "object") return printed;
    return undefined;
  } finally {
    for (const { src } of sheet.querySelectorAll("img")) URL.revokeObjectURL(src);
    sheet.remove();
    style.remove();
  }
}

function footerWords(title: string): string {
  const { result } = session.getState();
  if (!result) return title;
  return `${title} · run ${runId(result)} · portfolio sha256 ${result.inputs.portfolio.slice(0, 16)}…`;
}

/** What is printed, as elements of the page that only paper shows. */
export async function printSheet(content: PanelContent, figures: readonly ShownFigure[]): Promise<HTMLElement> {
  const { result } = session.getState();
  const sheet = element("article", { className: "print-sheet" });
  sheet.append(element("h1", { textContent: content.title }));
  if (result) {
    const words = `${result.portfolioName} · ${result.marketName} at ${formatInstant(result.asOfMs)} · ${result.methodology.title}, ${result.rules.version} · ${result.accuracy}`;
    sheet.append(element("p", { textContent: words }));
  }
  for (const { text, detail } of content.marks) {
    sheet.append(element("p", { className: "print-mark", textContent: detail ? `${text}: ${detail}` : text }));
  }
  for (const shown of figures) {
    const bytes = await imageOf(shown, content);
    const image = element("img", { alt: `${shown.label}. ${shown.description}` });
    image.src = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
    sheet.append(image);
  }
  const tables = content.tables.flatMap((table): readonly Table[] => table.paper ?? [table]);
  for (const table of tables) {
    if (tables.length > 1) sheet.append(element("h2", { textContent: table.name }));
    sheet.append(...tablesOf(table.header, table.rows.slice(0, mostRows), sheet));
    const left = table.rows.length - mostRows;
    if (left > 0) sheet.append(element("p", { textContent: `${left} further rows: see the CSV or Excel file.` }));
    for (const remark of table.remarks ?? []) sheet.append(element("p", { textContent: remark }));
  }
  const facts = element("dl");
  for (const [label, value] of factsOf(result, [])) {
    facts.append(element("dt", { textContent: label }), element("dd", { textContent: value }));
  }
  sheet.append(element("h2", { textContent: "What these figures rest on" }), facts);
  return sheet;
}

type Table = PanelContent["tables"][number];

/** A table, in several below each other where it is wider than the page; the sheet is turned for it. */
function tablesOf(header: Table["header"], rows: Table["rows"], sheet: HTMLElement): HTMLElement[] {
  const texts = rows.map((row) => row.map(printed));
  const { landscape, bands } = paperColumns(header, texts);
  if (landscape) sheet.dataset.landscape = "true";
  const numeric = header.map((_, at) => rows.some((row) => typeof row[at] === "number"));
  return bands.map((places) => tableOf(header, texts, places, numeric));
}

function tableOf(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  places: readonly number[],
  numeric: readonly boolean[],
): HTMLElement {
  const cells = (name: "th" | "td", row: readonly string[]): HTMLElement => {
    const line = element("tr");
    for (const at of places) {
      line.append(element(name, { textContent: row[at] ?? "", className: numeric[at] ? "numeric" : "" }));
    }
    return line;
  };
  const table = element("table", { className: rows.length <= wholeRows ? "print-whole" : "" });
  const [head, body] = [element("thead"), element("tbody")];
  head.append(cells("th", header));
  body.append(...rows.map((row) => cells("td", row)));
  table.append(head, body);
  return table;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Numbers and times as on screen, at the precision paper has room for. */
function printed(value: Table["rows"][number][number]): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string" && instant.test(value)) return formatInstant(Date.parse(value));
  if (typeof value !== "number") return String(value);
  if (!Number.isFinite(value)) return missing;
  return Math.abs(value) >= 100 && !Number.isInteger(value) ? formatNumber(value) : formatQuantity(value);
}

/** Size of the paper, e.g. `A4 landscape`, and the foot of the page where the desktop does not draw it; stands in the page while it is printed. */
export function pageStyle(paper: string, words: string): HTMLStyleElement {
  const footer = isDesktop() ? undefined : words;
  const style = element("style");
  const nonce = styleNonce();
  if (nonce !== undefined) style.setAttribute("nonce", nonce);
  const foot = `@bottom-left { content: ${JSON.stringify(footer)}; font: 8pt sans-serif; } @bottom-right { content: counter(page) " of " counter(pages); font: 8pt sans-serif; }`;
  style.textContent = `@page { size: ${paper}; margin: 14mm 12mm 16mm; ${footer === undefined ? "" : foot} }`;
  return style;
}

function imagesOf(sheet: HTMLElement): Promise<unknown> {
  return Promise.all([...sheet.querySelectorAll("img")].map((image) => image.decode().catch(() => undefined)));
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}
