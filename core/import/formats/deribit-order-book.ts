import { readTicker } from "../deribit/ticker-row.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";

/** Reply of public/get_order_book, one or an array of them: a ticker with depth; a best price of 0 means none. */
export default defineFormat({
  id: "deribit-order-book",
  title: "Deribit order book (get_order_book)",
  kind: "market",
  claims: (probe) => probe.type === "json" && firstHas(probe.content, "instrument_name", "mark_price", "bids", "asks"),
  rows: rowsOf,
  read: readTicker,
});
