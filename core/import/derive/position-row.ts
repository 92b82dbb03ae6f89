import { quantityUnit } from "../../instrument/index.ts";
import type { StatedFigures } from "../../portfolio/index.ts";
import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { addPosition, decide, type Intake, placeOf } from "../intake.ts";
import { deriveInstrument } from "./instrument-name.ts";

/**
 * One position: `amount` is signed and counts coins. The venue writes what a position requires as a negative number; here a
 * requirement is positive.
 *
 * @source resources/docs/formats.md, section 13
 */
export function readDerivePosition(row: RowReader, intake: Intake, account: string | undefined): void {
  const type = row.text("instrument_type");
  const instrument = deriveInstrument(row, intake);
  const quantity = row.requiredNumber("amount");
  const averagePrice = row.number("average_price", { zeroIsNone: true });
  const stated: StatedFigures = present({
    markPrice: row.number("mark_price", { atLeast: 0 }),
    indexPrice: row.number("index_price", { atLeast: 0, zeroIsNone: true }),
    delta: row.number("delta"),
    initialMargin: requirementOf(row, "initial_margin"),
    maintenanceMargin: requirementOf(row, "maintenance_margin"),
    openOrdersMargin: requirementOf(row, "open_orders_margin"),
    profitLoss: row.number("unrealized_pnl"),
  });
  if (instrument === undefined || row.broken()) return;
  if (quantity === 0) {
    row.leaveOut("zero positions are left out", `${instrument.symbol} has amount 0; it is left out`, "amount");
    return;
  }
  if (type !== undefined && type !== (instrument.kind === "perpetual" ? "perp" : instrument.kind))
    row.warn(
      "name and columns agree",
      `instrument_type is ${type} and the name says ${instrument.kind}; the name is believed`,
      "instrument_type",
    );
  decide(intake, "sign of position margins", "turned", "the venue writes a requirement as a negative number");
  addPosition(intake, {
    instrument,
    quantity,
    ...(averagePrice === undefined ? {} : { averagePrice }),
    ...(account === undefined ? {} : { account }),
    stated,
    origin: { at: placeOf(intake), quantity: String(row.raw("amount")), unit: quantityUnit(instrument) },
  });
}

/** A requirement the venue writes negative; one written positive is taken as it stands, with a warning. */
function requirementOf(row: RowReader, column: string): number | undefined {
  const found = row.number(column);
  if (found === undefined || found === 0) return found;
  if (found > 0)
    row.warn(
      "position margins are negative",
      `${column} is ${found}, above 0: the venue writes requirements as negative numbers; its size is taken`,
      column,
    );
  return Math.abs(found);
}
