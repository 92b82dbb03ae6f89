import { expiryOf, type Instrument } from "../instrument/index.ts";
import type { Feed } from "../market/index.ts";
import type { RowReader } from "./cells.ts";
import type { ColumnMapping } from "./import-result.ts";
import { type Intake, placeOf, warn } from "./intake.ts";
import { fractionOfPercent } from "./read-number.ts";

/**
 * Rates and dividends a row of the generic market CSV states: a rate for the row's expiry, a dividend yield and cash dividends for its
 * underlying. Rows that repeat one add nothing; a row that contradicts an earlier one is warned of, the earlier stands.
 */
export function readCarry(row: RowReader, intake: Intake, { columns }: ColumnMapping, instrument: Instrument): void {
  const { underlying } = instrument;
  const number = (name: string) => (columns[name] === undefined ? undefined : fractionIn(row, columns[name]));
  const expiryMs = expiryOf(instrument);
  const rate = number("rate");
  if (rate !== undefined)
    take(intake, { kind: "rate", underlying, value: rate, ...(expiryMs === undefined ? {} : { expiryMs }) });
  const dividendYield = number("dividend_yield");
  if (dividendYield !== undefined) take(intake, { kind: "dividend-yield", underlying, value: dividendYield });
  const listed = columns.dividends === undefined ? undefined : row.text(columns.dividends);
  for (const part of (listed ?? "").split(";")) {
    if (part.trim() === "") continue;
    const [day = "", amount = ""] = part.split("=").map((piece) => piece.trim());
    const exDateMs = Date.parse(`${day}T13:30:00Z`);
    const value = Number(amount);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !Number.isFinite(exDateMs) || amount === "" || !(value >= 0)) {
      row.warn("dividends are day=amount", `${JSON.stringify(part.trim())} is left out`, columns.dividends);
      continue;
    }
    take(intake, { kind: "dividend", underlying, expiryMs: exDateMs, value });
  }
}

/** A number of a cell; one written with a `%` is that many hundredths. */
function fractionIn(row: RowReader, column = ""): number | undefined {
  const value = row.number(column);
  return value !== undefined && hasPercentSign(row, column) ? fractionOfPercent(value) : value;
}

/** Whether a cell is written with a `%`. */
export function hasPercentSign(row: RowReader, column: string | undefined): boolean {
  return column !== undefined && /%\s*$/.test(row.text(column) ?? "");
}

function take(intake: Intake, feed: Feed): void {
  const known = intake.feeds.find(
    ({ kind, underlying, expiryMs }) =>
      kind === feed.kind && underlying === feed.underlying && expiryMs === feed.expiryMs,
  );
  if (known === undefined) {
    intake.feeds.push(feed);
    return;
  }
  if (known.value === feed.value) return;
  const message = `${feed.kind} of ${feed.underlying} is ${feed.value} at ${placeOf(intake)} and ${known.value} before; the first stands`;
  warn(intake, { rule: "one rate or dividend an underlying and day", message });
}
