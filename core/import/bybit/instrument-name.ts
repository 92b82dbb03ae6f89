import { type Instrument, parseBybitSymbol } from "../../instrument/index.ts";
import type { RowReader } from "../cells.ts";
import { isRecord, type JsonRow } from "../format.ts";
import type { Intake } from "../intake.ts";

/**
 * The instrument a Bybit row names: from the instrument list of the same import when it has the name, else from the grammar.
 *
 * @returns `undefined` after rejecting the row
 */
export function bybitInstrument(row: RowReader, column: string, intake: Intake): Instrument | undefined {
  const name = row.requiredText(column);
  if (name === "") return undefined;
  const listed = intake.instruments.get(name);
  if (listed?.venue === "bybit") return listed;
  const parsed = parseBybitSymbol(name);
  if (parsed.ok) return parsed.value;
  row.reject("the instrument name is known", parsed.failure.message, column);
  return undefined;
}

/** The `list` of a v5 result, or a bare array of such rows. */
export function bybitList(content: unknown): unknown {
  return isRecord(content) && Array.isArray(content.list) ? content.list : content;
}

/** Rows of a v5 result, each with the category and the page cursor around it. */
export function bybitRows(content: unknown): readonly JsonRow[] {
  const list = bybitList(content);
  const { category, nextPageCursor } = isRecord(content) ? content : {};
  return (Array.isArray(list) ? list : [list]).map((row: unknown) => ({
    row: isRecord(row) ? row : {},
    outer: { category, nextPageCursor },
  }));
}

/** Warns once when a result has more pages than the file. */
export function warnOfPages(row: RowReader, intake: Intake, outer: Readonly<Record<string, unknown>>): void {
  const { nextPageCursor } = outer;
  if (intake.row !== 1 || typeof nextPageCursor !== "string" || nextPageCursor === "") return;
  row.warn(
    "all pages are given",
    "nextPageCursor is not empty: the rows of further pages are missing",
    "nextPageCursor",
  );
}
