import { seriesHead } from "../../../history/index.ts";
import { defineHistoryFormat, hasHistoryColumns, stemOf } from "../history-format.ts";
import { observe } from "../history-intake.ts";

const own = ["futures_instrument_name", "term_mark_price_final", "term_candle_price_timestamp_ms"];

/** Prices of dated futures near snapshots: one series a contract, each as long as it was listed. */
export default defineHistoryFormat({
  id: "term-futures-csv",
  title: "Dated futures prices near snapshots (CSV, term_mark_price_final)",
  claims: (probe) => hasHistoryColumns(probe, ...own),
  open(probe, intake) {
    const source = stemOf(probe.name);
    return {
      read(row) {
        const name = row.requiredText("futures_instrument_name");
        const ms = row.instant("term_candle_price_timestamp_ms") ?? row.instant("timestamp");
        const value = row.number("term_mark_price_final", { above: 0 });
        if (row.broken()) return;
        if (ms === undefined || value === undefined) return row.leaveOut("a row has a price", `${name} has no price`);
        const head = seriesHead(`price:${name}`, source, { calendar: "as-observed" });
        if (head === undefined)
          return row.reject("the name can be a factor", `${name} is no name of a factor`, "futures_instrument_name");
        observe(intake, head, ms, value);
      },
    };
  },
});
