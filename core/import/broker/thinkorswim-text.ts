import { type Failure, failure } from "../../base/index.ts";
import { CsvSplitter } from "../csv-record.ts";

/** A detail row of a position statement. */
export interface StatementRow {
  /** 1-based line of the file. */
  readonly line: number;
  /** Symbol of the group it stands in; absent before the first group row. */
  readonly group?: string;
  /** Column -> cell. */
  readonly cells: Readonly<Record<string, string>>;
}

/** What stands in a position statement of thinkorswim. */
export interface PositionStatement {
  readonly account: string;
  /** `12/29/21 11:49:04`, the account's own time. */
  readonly stated: string;
  readonly rows: readonly StatementRow[];
  /** Lines of two cells at the end: label and amount. */
  readonly footer: readonly { readonly line: number; readonly label: string; readonly amount: string }[];
}

const title = /^\s*Position Statement for (.+?)(?: \((.*?)\))? on (\d{1,2}\/\d{1,2}\/\d{2} \d{1,2}:\d{2}(?::\d{2})?)/;
/** `100 (Weeklys) 31 MAY 22 4650 PUT`, `1/50 21 JAN 22 4700 PUT /EW3F2`: size, tag, day, strike, right, symbol of an option on a future. */
export const optionName =
  /^(?:1\/)?(\d+)(?: \(([^)]*)\))? (\d{1,2}) ([A-Z]{3}) (\d{2})(?: \[?(AM)\]?)? ([\d.,]+) (CALL|PUT)(?: (\/\w+))?$/;

const totals = /^(?:sub)?totals?\b|^overall totals?\b/i;

/** Whether a text begins as a position statement. */
export function isPositionStatement(text: string): boolean {
  return title.test(text.slice(0, 1000));
}

/** Whether a text begins as the other statement of thinkorswim, which lists orders and trades. */
export function isAccountStatement(text: string): boolean {
  return /^\s*Account Statement for /.test(text.slice(0, 200));
}

/**
 * Splits a position statement into its detail rows: text above the header, group rows (a symbol with the totals of its rows), repeated
 * headers, subtotals and the lines of two cells at the end are told apart.
 *
 * @param text whole text, without byte order mark
 * @returns a failure without a header, or with one that leaves out the quantity
 * @source resources/docs/formats.md, section 17.3
 */
export function openPositionStatement(text: string): PositionStatement | Failure {
  const [, account = "", , stated = ""] = title.exec(text.slice(0, 1000)) ?? [];
  const rows: StatementRow[] = [];
  const footer: { line: number; label: string; amount: string }[] = [];
  let columns: readonly string[] | undefined;
  let group: string | undefined;
  for (const { cells, line } of new CsvSplitter(",").push(text, true)) {
    const first = (cells[0] ?? "").trim();
    if (first === "Instrument") {
      columns = cells.map((cell) => cell.trim());
      if (!columns.includes("Qty"))
        return failure("parse-error", "the statement has no column Qty: add it to the columns and export again");
      continue;
    }
    if (columns === undefined || first === "" || totals.test(first)) continue;
    if (cells.length === 1) {
      group = undefined;
      continue;
    }
    if (cells.length === 2 && columns.length > 2) {
      footer.push({ line, label: first, amount: (cells[1] ?? "").trim() });
      continue;
    }
    const named = Object.fromEntries(columns.map((column, place) => [column, cells[place] ?? ""]));
    const isGroup = ((named.Qty ?? "").trim() === "" && !optionName.test(first)) || /^\/[A-Z0-9]{1,4}$/.test(first);
    if (isGroup) group = first;
    else rows.push({ line, ...(group === undefined ? {} : { group }), cells: named });
  }
  if (columns === undefined)
    return failure("parse-error", "the statement has no row of column names (Instrument, Qty, …)");
  return { account, stated, rows, footer };
}
