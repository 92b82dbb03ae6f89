import type { RowReader } from "../cells.ts";
import { readInstant } from "../read-instant.ts";
import { knownAt } from "./history-intake.ts";

/**
 * When the values of a row were known, UTC milliseconds: a day at its end, an instant as it is.
 *
 * @param column with the time; must not be empty
 * @param utc    why text without a zone is taken as UTC
 * @returns `undefined` for a cell that is no time: the row has been rejected
 */
export function instantOf(row: RowReader, column: string, utc: string): number | undefined {
  const ms = row.instant(column, utc);
  if (ms === undefined) {
    row.reject(`${column} is given`, `${column} is empty`, column);
    return undefined;
  }
  const reading = readInstant(row.raw(column));
  return reading.kind === "instant" ? knownAt(reading) : undefined;
}
