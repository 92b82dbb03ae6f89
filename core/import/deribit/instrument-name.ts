import { type Instrument, parseDeribitSymbol } from "../../instrument/index.ts";
import type { RowReader } from "../cells.ts";
import type { Intake } from "../intake.ts";

/**
 * Instrument named in a column: from the instrument list of the same import when it has the name, else from the grammar.
 *
 * @returns `undefined` after rejecting the row
 */
export function instrumentNamed(row: RowReader, column: string, intake: Intake): Instrument | undefined {
  const name = row.requiredText(column);
  if (name === "") return undefined;
  const listed = intake.instruments.get(name);
  if (listed !== undefined) return listed;
  const parsed = parseDeribitSymbol(name);
  if (parsed.ok) return parsed.value;
  const rule =
    parsed.failure.reason === "unsupported" ? "combos are imported as their legs" : "the instrument name is known";
  row.reject(rule, parsed.failure.message, column);
  return undefined;
}

/** Warns when explicit columns of the row contradict the terms of its instrument. */
export function checkTerms(
  row: RowReader,
  instrument: Instrument,
  columns: { readonly strike?: string; readonly expiry?: string; readonly optionType?: string },
): void {
  const rule = "name and columns agree";
  const differs = (column: string, expected: string | number) =>
    row.warn(
      rule,
      `${column} differs from the name ${instrument.symbol}, which says ${expected}; the name is believed`,
      column,
    );
  if (instrument.kind !== "option") return;
  if (columns.strike !== undefined) {
    const strike = row.number(columns.strike);
    if (strike !== undefined && strike !== instrument.strike) differs(columns.strike, instrument.strike);
  }
  if (columns.expiry !== undefined) {
    const expiry = row.instantOfExpiry(columns.expiry);
    if (expiry !== undefined && expiry !== instrument.expiryMs) {
      differs(columns.expiry, new Date(instrument.expiryMs).toISOString());
    }
  }
  if (columns.optionType !== undefined) {
    const right = row.text(columns.optionType)?.toLowerCase().slice(0, 1);
    if (right !== undefined && right !== instrument.optionType.slice(0, 1)) {
      differs(columns.optionType, instrument.optionType);
    }
  }
}
