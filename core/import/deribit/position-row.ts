import { unitOfPlace } from "../../base/index.ts";
import { type Instrument, quantityUnit } from "../../instrument/index.ts";
import type { StatedFigures } from "../../portfolio/index.ts";
import type { RowReader } from "../cells.ts";
import { addPosition, type Intake, placeOf } from "../intake.ts";
import { instrumentNamed } from "./instrument-name.ts";

/**
 * One position as `get_positions` writes it: `size` is signed; USD for inverse futures and perpetuals, coins for everything else.
 * A zero position is kept only when open orders need margin on it.
 *
 * @source resources/docs/formats.md, sections 9.1 and 5
 */
export function readPosition(row: RowReader, intake: Intake, account: string | undefined): void {
  const instrument = instrumentNamed(row, "instrument_name", intake);
  const size = row.requiredNumber("size");
  const direction = row.text("direction");
  const stated = statedFigures(row);
  const averagePrice = row.number("average_price", { zeroIsNone: true });
  const sizeCurrency = row.number("size_currency");
  if (instrument === undefined || row.broken()) return;
  const expected = size > 0 ? "buy" : size < 0 ? "sell" : "zero";
  if (direction !== undefined && direction !== expected && size !== 0) {
    row.reject("size and direction agree", `direction is "${direction}" and size is ${size}`, "direction");
    return;
  }
  if (size === 0 && (stated.openOrdersMargin ?? 0) === 0) {
    row.leaveOut(
      "zero positions are left out",
      `${instrument.symbol} has size 0 and no open orders; it is left out`,
      "size",
    );
    return;
  }
  const unroundedMark = recoveredMark(row, instrument, size, sizeCurrency, averagePrice);
  addPosition(intake, {
    instrument,
    quantity: size,
    ...(averagePrice === undefined ? {} : { averagePrice }),
    ...(account === undefined ? {} : { account }),
    stated,
    origin: { at: placeOf(intake), quantity: String(row.raw("size")), unit: quantityUnit(instrument) },
    ...(unroundedMark === undefined ? {} : { unroundedMark }),
  });
}

function statedFigures(row: RowReader): StatedFigures {
  const figures = {
    markPrice: row.number("mark_price", { atLeast: 0 }),
    indexPrice: row.number("index_price", { atLeast: 0, zeroIsNone: true }),
    delta: row.number("delta"),
    initialMargin: row.number("initial_margin"),
    maintenanceMargin: row.number("maintenance_margin"),
    openOrdersMargin: row.number("open_orders_margin"),
    profitLoss: row.number("total_profit_loss"),
  };
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
}

/**
 * The mark before rounding, from figures of the row that carry more digits:
 * options, mark = average price + total profit / size; inverse futures, mark = size / size in coin.
 *
 * @returns `undefined` when it does not round to the stated mark, or is known no better than it
 */
function recoveredMark(
  row: RowReader,
  instrument: Instrument,
  size: number,
  sizeCurrency: number | undefined,
  averagePrice: number | undefined,
): number | undefined {
  const mark = row.number("mark_price");
  const profit = row.number("total_profit_loss");
  if (mark === undefined || size === 0) return undefined;
  const half = 0.5 * unitOfPlace(decimalPlaces(String(row.raw("mark_price"))));
  const statedDigit = 0.5e-9;
  const [recovered, error] =
    instrument.kind === "option" && averagePrice !== undefined && profit !== undefined
      ? [averagePrice + profit / size, statedDigit / Math.abs(size)]
      : instrument.payoff === "inverse" && instrument.kind !== "option" && (sizeCurrency ?? 0) !== 0
        ? [size / (sizeCurrency ?? 1), (mark * statedDigit) / Math.abs(sizeCurrency ?? 1)]
        : [undefined, 0];
  if (recovered === undefined || error >= half) return undefined;
  return Math.abs(recovered - mark) <= half * (1 + 1e-6) + error ? recovered : undefined;
}

function decimalPlaces(text: string): number {
  const [digits = "", exponent = "0"] = text.trim().toLowerCase().split("e");
  return Math.max(0, (digits.split(".")[1] ?? "").length - Number(exponent));
}
