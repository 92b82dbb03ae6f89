import type { StatedFigures } from "../../portfolio/index.ts";
import { binanceContract } from "../binance/contract.ts";
import type { RowReader } from "../cells.ts";
import { checkTerms } from "../deribit/instrument-name.ts";
import { present } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";
import { addPosition, type Intake, placeOf } from "../intake.ts";

/**
 * Reply of eapi/v1/position: contracts of `unit` coins, prices per contract; the side gives the sign.
 *
 * @source resources/docs/formats.md, section 12
 */
export default defineFormat({
  id: "binance-option-positions",
  title: "Binance option positions (eapi position)",
  kind: "positions",
  claims: (probe) => probe.type === "json" && firstHas(probe.content, "symbol", "side", "quantity", "optionSide"),
  rows: rowsOf,
  read: readPosition,
});

function readPosition(row: RowReader, intake: Intake): void {
  const contract = binanceContract(row, "symbol", intake);
  const quantity = row.requiredNumber("quantity");
  const side = row.requiredText("side");
  const perContract = (column: string) => row.number(column, { atLeast: 0, zeroIsNone: true });
  const [mark, entry] = [perContract("markPrice"), perContract("entryPrice")];
  const profitLoss = row.number("unrealizedPNL");
  const taken = row.instant("time");
  if (contract === undefined || row.broken()) return;
  const { instrument, size } = contract;
  checkTerms(row, instrument, { strike: "strikePrice", expiry: "expiryDate", optionType: "optionSide" });
  if (side !== "LONG" && side !== "SHORT") {
    row.reject("side is LONG or SHORT", `${instrument.symbol} has side "${side}"`, "side");
    return;
  }
  if (quantity === 0) {
    row.leaveOut("zero positions are left out", `${instrument.symbol} has quantity 0; it is left out`, "quantity");
    return;
  }
  if (side === "LONG" && quantity < 0)
    row.warn("quantity and side agree", `side is LONG and quantity ${quantity}; the side is believed`, "quantity");
  if (taken !== undefined) intake.instants.push(taken);
  const stated: StatedFigures = present({ markPrice: mark === undefined ? undefined : mark / size, profitLoss });
  addPosition(intake, {
    instrument,
    quantity: (side === "SHORT" ? -1 : 1) * Math.abs(quantity) * size,
    ...(entry === undefined ? {} : { averagePrice: entry / size }),
    stated,
    origin: { at: placeOf(intake), quantity: String(row.raw("quantity")), unit: `contracts of ${size}, ${side}` },
  });
}
