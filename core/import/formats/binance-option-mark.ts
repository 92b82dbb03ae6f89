import { binanceContract, positiveOrNone } from "../binance/contract.ts";
import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";
import { addQuote, decide, type Intake, placeOf } from "../intake.ts";

/** How the two spellings name the same figures. */
const reply = { mark: "markPrice", markIv: "markIV", bidIv: "bidIV", askIv: "askIV" };
const stream = { mark: "mp", markIv: "vo", bidIv: "b", askIv: "a", bid: "bo", ask: "ao", index: "i", time: "E" };

/**
 * Reply of eapi/v1/mark and the mark stream with keys of one letter: marks per contract of `unit` coins, volatilities as decimals,
 * −1 or 0 = none. The forward is the index. Greeks are not read: they follow from the market.
 *
 * @source resources/docs/formats.md, section 12
 */
export default defineFormat({
  id: "binance-option-mark",
  title: "Binance option marks (eapi mark, mark stream)",
  kind: "market",
  claims: (probe) =>
    probe.type === "json" &&
    (firstHas(probe.content, "symbol", "markPrice", "markIV") || firstHas(probe.content, "s", "mp", "vo")),
  rows: rowsOf,
  read: (row, intake) => {
    if (row.has("mp")) readMark(row, intake, "s", stream);
    else readMark(row, intake, "symbol", reply);
  },
});

function readMark(row: RowReader, intake: Intake, symbol: string, names: typeof reply & Partial<typeof stream>): void {
  const contract = binanceContract(row, symbol, intake);
  if (contract === undefined) return;
  const { instrument, size } = contract;
  const positive = (column: string | undefined) => (column === undefined ? undefined : positiveOrNone(row, column));
  const perCoin = (column: string | undefined) => {
    const price = positive(column);
    return price === undefined ? undefined : price / size;
  };
  const index = positive(names.index);
  const mark = row.number(names.mark, { atLeast: 0 });
  const fields = present({
    mark: mark === undefined ? undefined : mark / size,
    markVolatility: positive(names.markIv),
    bidVolatility: positive(names.bidIv),
    askVolatility: positive(names.askIv),
    bid: perCoin(names.bid),
    ask: perCoin(names.ask),
    indexPrice: index,
    underlyingPrice: index,
    timestampMs: names.time === undefined ? undefined : row.instant(names.time),
  });
  if (row.broken()) return;
  decide(intake, `unit of ${names.markIv}`, "decimal", "the venue states volatilities as decimals");
  if (index !== undefined)
    decide(intake, "forward", "the index", "the venue prices its options on the index at zero rate");
  addQuote(intake, { instrument, ...fields, at: placeOf(intake) });
}
