import type { RowReader } from "../cells.ts";
import type { Intake } from "../intake.ts";
import { instrumentNamed } from "./instrument-name.ts";
import { readQuote } from "./quote-row.ts";

/** One row with the names of public/ticker, which the order book repeats. */
export function readTicker(row: RowReader, intake: Intake): void {
  const instrument = instrumentNamed(row, "instrument_name", intake);
  if (instrument === undefined) return;
  const columns = {
    ...{ mark: "mark_price", markVolatility: "mark_iv", bid: "best_bid_price", ask: "best_ask_price" },
    ...{ bidVolatility: "bid_iv", askVolatility: "ask_iv", underlyingPrice: "underlying_price" },
    ...{ underlyingName: "underlying_index", indexPrice: "index_price", openInterest: "open_interest" },
  };
  const units = { volatility: "percent", why: "the venue's API states volatility in percent" } as const;
  readQuote(row, intake, instrument, columns, units, row.instant("timestamp"));
}
