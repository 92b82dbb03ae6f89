import { type Instrument, parseDeriveSymbol } from "../../instrument/index.ts";
import type { RowReader } from "../cells.ts";
import type { Intake } from "../intake.ts";

/**
 * The instrument a Derive row names: from the instrument list of the same import when it has the name, else from the grammar.
 *
 * @returns `undefined` after rejecting the row
 */
export function deriveInstrument(row: RowReader, intake: Intake): Instrument | undefined {
  const name = row.requiredText("instrument_name");
  if (name === "") return undefined;
  const listed = intake.instruments.get(name);
  if (listed?.venue === "derive") return listed;
  const parsed = parseDeriveSymbol(name);
  if (parsed.ok) return parsed.value;
  row.reject("the instrument name is known", parsed.failure.message, "instrument_name");
  return undefined;
}
