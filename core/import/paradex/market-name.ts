import { type Instrument, parseParadexSymbol } from "../../instrument/index.ts";
import type { RowReader } from "../cells.ts";
import { isRecord } from "../format.ts";
import type { Intake } from "../intake.ts";

/**
 * The market a Paradex row names: from the market list of the same import when it has the name, else from the grammar.
 *
 * @returns `undefined` after rejecting the row
 */
export function paradexMarket(row: RowReader, column: string, intake: Intake): Instrument | undefined {
  const name = row.requiredText(column);
  if (name === "") return undefined;
  const listed = intake.instruments.get(name);
  if (listed?.venue === "paradex") return listed;
  const parsed = parseParadexSymbol(name);
  if (parsed.ok) return parsed.value;
  row.reject("the market name is known", parsed.failure.message, column);
  return undefined;
}

/** Members of a reply, which stand in `results`. */
export function resultsOf(content: unknown): unknown {
  return isRecord(content) && Array.isArray(content.results) ? content.results : undefined;
}
