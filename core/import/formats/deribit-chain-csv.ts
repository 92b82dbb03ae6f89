import { checkTerms, instrumentNamed } from "../deribit/instrument-name.ts";
import { readQuote } from "../deribit/quote-row.ts";
import { defineFormat, hasColumns } from "../format.ts";

const own = [
  "instrument_name",
  "underlying_name",
  "expiry_datetime",
  "time_to_maturity",
  "implied_volatility",
  "futures_price",
];

/** Option chain CSV with `implied_volatility` in decimals and the time of collection in every row. Its `time_to_maturity` uses 365.25 days and is not read. */
export default defineFormat({
  id: "deribit-chain-csv",
  title: "Deribit option chain (CSV, instrument_name … implied_volatility)",
  kind: "market",
  claims: (probe) => hasColumns(probe, ...own),
  read(row, intake) {
    const instrument = instrumentNamed(row, "instrument_name", intake);
    if (instrument === undefined) return;
    checkTerms(row, instrument, { strike: "strike", expiry: "expiry_datetime", optionType: "option_type" });
    const columns = {
      ...{ mark: "mark_price", markVolatility: "implied_volatility", bid: "bid_price", ask: "ask_price" },
      ...{ underlyingPrice: "underlying", underlyingName: "underlying_name", indexPrice: "index_price" },
      ...{ openInterest: "open_interest", volume: "volume" },
    };
    const units = { volatility: "decimal", why: "this layout divides the venue's percent by 100" } as const;
    readQuote(row, intake, instrument, columns, units, row.instant("timestamp"));
  },
});
