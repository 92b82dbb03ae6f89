import { seriesHead } from "../../../history/index.ts";
import { defineHistoryFormat, hasHistoryColumns, stemOf } from "../history-format.ts";
import { observe } from "../history-intake.ts";

const own = ["instrument_name", "candle_price_used", "candle_price_timestamp_ms", "accepted_under_max_gap"];

/** Candle prices of perpetuals nearest to snapshots: one series an instrument, at the time of the price itself. */
export default defineHistoryFormat({
  id: "perpetual-candles-csv",
  title: "Perpetual prices near snapshots (CSV, candle_price_used)",
  claims: (probe) => hasHistoryColumns(probe, ...own),
  open(probe, intake) {
    const source = stemOf(probe.name);
    return {
      read(row) {
        const name = row.requiredText("instrument_name");
        const ms = row.instant("candle_price_timestamp_ms");
        const value = row.number("candle_price_used", { above: 0 });
        if (row.broken()) return;
        const usable = row.text("accepted_under_max_gap") === "True" && value !== undefined && ms !== undefined;
        if (!usable) return row.leaveOut("a candle is near the snapshot", `${name} has no candle near the snapshot`);
        const head = seriesHead(`price:${name}`, source);
        if (head === undefined)
          return row.reject("the name can be a factor", `${name} is no name of a factor`, "instrument_name");
        observe(intake, head, ms, value);
      },
    };
  },
});
