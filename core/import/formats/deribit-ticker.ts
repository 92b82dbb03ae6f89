import { readTicker } from "../deribit/ticker-row.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";

/** Reply of public/ticker, one or an array of them. */
export default defineFormat({
  id: "deribit-ticker",
  title: "Deribit ticker",
  kind: "market",
  claims: (probe) =>
    probe.type === "json" &&
    firstHas(probe.content, "instrument_name", "mark_price", "best_bid_price") &&
    !firstHas(probe.content, "bids") &&
    !firstHas(probe.content, "option_pricing"),
  rows: rowsOf,
  read: readTicker,
});
