import { tradingDayOf } from "../../instrument/index.ts";
import type { RowReader } from "../cells.ts";
import { decide, type Intake } from "../intake.ts";
import { readInstant } from "../read-instant.ts";

const close = "16:00 New York (index options settled at the opening: 9:30)";

/** Says once that listed contracts end at the exchange's clock, and of each Saturday that the day before it counts. */
export function noteExpiry(row: RowReader, intake: Intake, day: string, column: string): void {
  decide(intake, "time of expiry", close, "the file states days; listed contracts end at the close of their exchange");
  const traded = tradingDayOf(day);
  if (traded === day) return;
  row.warn("options expire on a day of trading", `${day} is a Saturday: the last trading day is ${traded}`, column);
}

/** An ISO day of a cell `20260320`, `2026-03-20` or `20MAR26`; rejects the row when it is none. */
export function dayOf(row: RowReader, column: string): string | undefined {
  const reading = readInstant(row.raw(column));
  if (reading.kind === "instant") return new Date(reading.ms).toISOString().slice(0, 10);
  row.reject(
    `${column} is a day`,
    `${column} is ${JSON.stringify(row.raw(column) ?? "")}, expected a day such as 20260320 or 2026-03-20`,
    column,
  );
  return undefined;
}
