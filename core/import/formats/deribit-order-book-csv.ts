import type { RowReader } from "../cells.ts";
import { checkTerms, instrumentNamed } from "../deribit/instrument-name.ts";
import { readQuote } from "../deribit/quote-row.ts";
import { defineFormat, hasColumns, isRecord } from "../format.ts";
import { parsePythonLiteral } from "../python-literal.ts";

/** CSV of order-book replies whose nested members are Python text: `stats` and `greeks` dictionaries, `bids` and `asks` lists. */
export default defineFormat({
  id: "deribit-order-book-csv",
  title: "Deribit order books (CSV with Python cells)",
  kind: "market",
  claims: (probe) =>
    hasColumns(probe, "instrument_name", "underlying_index", "mark_iv", "greeks", "best_bid_price", "stats"),
  read(row, intake) {
    const instrument = instrumentNamed(row, "instrument_name", intake);
    if (instrument === undefined) return;
    checkTerms(row, instrument, { strike: "strike", expiry: "expiration_timestamp", optionType: "option_type" });
    checkNested(row);
    const columns = {
      ...{ mark: "mark_price", markVolatility: "mark_iv", bid: "best_bid_price", ask: "best_ask_price" },
      ...{ bidVolatility: "bid_iv", askVolatility: "ask_iv", underlyingPrice: "underlying_price" },
      ...{ underlyingName: "underlying_index", indexPrice: "index_price", openInterest: "open_interest" },
    };
    const units = { volatility: "percent", why: "this layout keeps the venue's percent" } as const;
    readQuote(row, intake, instrument, columns, units, row.instant("timestamp"));
  },
});

/** The nested cells are not used for pricing; one that cannot be read shows that the row is damaged. */
function checkNested(row: RowReader): void {
  for (const column of ["greeks", "stats"]) {
    const text = row.text(column);
    if (text === undefined || isRecord(parsePythonLiteral(text))) continue;
    row.warn(`${column} is a Python dictionary`, `${column} cannot be read; the rest of the row is kept`, column);
  }
}
