import { checkTerms, instrumentNamed } from "../deribit/instrument-name.ts";
import { readQuote } from "../deribit/quote-row.ts";
import { defineFormat, hasColumns } from "../format.ts";

/** Chain CSV made from book summaries: `snapshot_utc` without a zone mark, `mark_iv` in percent. */
export default defineFormat({
  id: "deribit-book-summary-csv",
  title: "Deribit book summary (CSV, snapshot_utc … mark_iv)",
  kind: "market",
  claims: (probe) => hasColumns(probe, "snapshot_utc", "exchange", "instrument", "mark_iv", "underlying_price", "type"),
  read(row, intake) {
    const exchange = row.requiredText("exchange");
    if (exchange.toLowerCase() !== "deribit") {
      row.reject(
        "the exchange is Deribit",
        `rows of "${exchange}" cannot be read yet: names and units differ`,
        "exchange",
      );
      return;
    }
    const instrument = instrumentNamed(row, "instrument", intake);
    if (instrument === undefined) return;
    checkTerms(row, instrument, { strike: "strike", expiry: "expiry", optionType: "type" });
    const columns = {
      ...{ mark: "mark_price", markVolatility: "mark_iv", bid: "bid", ask: "ask", underlyingPrice: "underlying_price" },
      ...{ openInterest: "open_interest", volume: "volume_24h" },
    };
    const units = { volatility: "percent", why: "this layout keeps the venue's percent" } as const;
    const taken = row.instant("snapshot_utc", "the column is named so");
    readQuote(row, intake, instrument, columns, units, taken);
  },
});
