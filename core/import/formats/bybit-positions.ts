import { quantityUnit } from "../../instrument/index.ts";
import type { StatedFigures } from "../../portfolio/index.ts";
import { bybitInstrument, bybitList, bybitRows, warnOfPages } from "../bybit/instrument-name.ts";
import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { defineFormat, firstHas } from "../format.ts";
import { addPosition, type Intake, placeOf } from "../intake.ts";

/**
 * Reply of position/list: `size` is positive and `side` gives the sign; USD for inverse contracts, coins for everything else.
 *
 * @source resources/docs/formats.md, section 11
 */
export default defineFormat({
  id: "bybit-positions",
  title: "Bybit positions (position/list)",
  kind: "positions",
  claims: (probe) =>
    probe.type === "json" && firstHas(bybitList(probe.content), "symbol", "side", "size", "positionIdx"),
  rows: bybitRows,
  read(row, intake, outer) {
    warnOfPages(row, intake, outer);
    readPosition(row, intake);
  },
});

function readPosition(row: RowReader, intake: Intake): void {
  const instrument = bybitInstrument(row, "symbol", intake);
  const size = row.requiredNumber("size", { atLeast: 0 });
  const side = row.text("side");
  const sideIndex = row.number("positionIdx") ?? 0;
  const averagePrice = row.number("avgPrice", { zeroIsNone: true });
  const stated: StatedFigures = present({
    markPrice: row.number("markPrice", { atLeast: 0, zeroIsNone: true }),
    delta: row.number("delta"),
    initialMargin: row.number("positionIM"),
    maintenanceMargin: row.number("positionMM"),
    profitLoss: row.number("unrealisedPnl"),
  });
  if (instrument === undefined || row.broken()) return;
  if (size === 0) {
    row.leaveOut("zero positions are left out", `${instrument.symbol} has size 0; it is left out`, "size");
    return;
  }
  if (side !== "Buy" && side !== "Sell") {
    row.reject("side is Buy or Sell", `${instrument.symbol} has size ${size} and side "${side ?? ""}"`, "side");
    return;
  }
  if ((sideIndex === 1 && side === "Sell") || (sideIndex === 2 && side === "Buy"))
    row.warn(
      "side and positionIdx agree",
      `side is ${side} and positionIdx ${sideIndex}; the side is believed`,
      "side",
    );
  if (row.number("tradeMode") === 1)
    row.warn(
      "positions share one margin",
      `${instrument.symbol} is isolated: the venue margins it by itself`,
      "tradeMode",
    );
  const status = row.text("positionStatus");
  if (status !== undefined && status !== "Normal")
    row.warn(
      "the position is normal",
      `${instrument.symbol} has status ${status}: the venue is closing it`,
      "positionStatus",
    );
  addPosition(intake, {
    instrument,
    quantity: side === "Sell" ? -size : size,
    ...(averagePrice === undefined ? {} : { averagePrice }),
    stated,
    origin: { at: placeOf(intake), quantity: String(row.raw("size")), unit: `${quantityUnit(instrument)}, ${side}` },
  });
}
