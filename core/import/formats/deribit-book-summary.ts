import { instrumentNamed } from "../deribit/instrument-name.ts";
import { readQuote } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";

/** Reply of public/get_book_summary_by_currency (or _by_instrument): options and futures, no greeks, no index. */
export default defineFormat({
  id: "deribit-book-summary",
  title: "Deribit book summary (get_book_summary_by_currency)",
  kind: "market",
  claims: (probe) =>
    probe.type === "json" && firstHas(probe.content, "instrument_name", "mark_price", "creation_timestamp", "volume"),
  rows: rowsOf,
  read(row, intake) {
    const instrument = instrumentNamed(row, "instrument_name", intake);
    if (instrument === undefined) return;
    const columns = {
      ...{ mark: "mark_price", markVolatility: "mark_iv", bid: "bid_price", ask: "ask_price" },
      ...{ underlyingPrice: "underlying_price", underlyingName: "underlying_index" },
      ...{ estimatedDeliveryPrice: "estimated_delivery_price", openInterest: "open_interest", volume: "volume" },
    };
    const units = { volatility: "percent", why: "the venue's API states volatility in percent" } as const;
    readQuote(row, intake, instrument, columns, units, row.instant("creation_timestamp"));
  },
});
