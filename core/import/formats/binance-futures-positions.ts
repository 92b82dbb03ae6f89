import { quantityUnit } from "../../instrument/index.ts";
import type { StatedFigures } from "../../portfolio/index.ts";
import { binanceContract } from "../binance/contract.ts";
import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";
import { addPosition, type Intake, placeOf } from "../intake.ts";

/**
 * Reply of positionRisk (fapi, dapi, papi): `positionAmt` is signed, coins for USD-M and contracts for COIN-M.
 *
 * @source Binance API, Position Information; resources/docs/formats.md, section 12
 */
export default defineFormat({
  id: "binance-futures-positions",
  title: "Binance futures positions (positionRisk)",
  kind: "positions",
  claims: (probe) =>
    probe.type === "json" && firstHas(probe.content, "symbol", "positionAmt", "entryPrice", "markPrice"),
  rows: rowsOf,
  read: readPosition,
});

function readPosition(row: RowReader, intake: Intake): void {
  const contract = binanceContract(row, "symbol", intake);
  const amount = row.requiredNumber("positionAmt");
  const positionSide = row.text("positionSide") ?? "BOTH";
  const averagePrice = row.number("entryPrice", { zeroIsNone: true });
  const stated: StatedFigures = present({
    markPrice: row.number("markPrice", { atLeast: 0, zeroIsNone: true }),
    profitLoss: row.number("unRealizedProfit"),
    initialMargin: row.number("initialMargin"),
    maintenanceMargin: row.number("maintMargin"),
  });
  if (contract === undefined || row.broken()) return;
  const { instrument, size } = contract;
  if (amount === 0) {
    row.leaveOut("zero positions are left out", `${instrument.symbol} has size 0; it is left out`, "positionAmt");
    return;
  }
  if ((positionSide === "LONG" && amount < 0) || (positionSide === "SHORT" && amount > 0)) {
    row.reject(
      "positionAmt and positionSide agree",
      `positionSide is ${positionSide} and positionAmt ${amount}`,
      "positionAmt",
    );
    return;
  }
  if (row.text("marginType") === "isolated")
    row.warn(
      "positions share one margin",
      `${instrument.symbol} is isolated: the venue margins it by itself`,
      "marginType",
    );
  addPosition(intake, {
    instrument,
    quantity: amount * size,
    ...(averagePrice === undefined ? {} : { averagePrice }),
    stated,
    origin: {
      at: placeOf(intake),
      quantity: String(row.raw("positionAmt")),
      unit: size === 1 ? quantityUnit(instrument) : `contracts of ${size}`,
    },
  });
}
