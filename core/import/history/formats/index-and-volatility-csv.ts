import { seriesHead } from "../../../history/index.ts";
import { decide } from "../../intake.ts";
import { defineHistoryFormat, type HistoryProbe, hasHistoryColumns, stemOf } from "../history-format.ts";
import { observe } from "../history-intake.ts";
import { instantOf } from "../row-instant.ts";

/** Underlyings of columns such as `btc_index` with `btc_atm_iv`. */
function underlyingsOf(probe: HistoryProbe): readonly string[] {
  if (!hasHistoryColumns(probe, "snapshot_utc")) return [];
  return probe.columns.flatMap((column) => {
    const [, name] = /^([a-z0-9]+)_index$/.exec(column) ?? [];
    return name !== undefined && probe.columns.includes(`${name}_atm_iv`) ? [name] : [];
  });
}

/** Index price and at-the-money volatility of the option nearest 30 days, several times a day: `snapshot_utc`, `btc_index`, `btc_atm_iv`. */
export default defineHistoryFormat({
  id: "index-and-volatility-csv",
  title: "Index and 30-day volatility through time (CSV, snapshot_utc … btc_atm_iv)",
  claims: (probe) => underlyingsOf(probe).length > 0,
  open(probe, intake) {
    const source = stemOf(probe.name);
    const columns = underlyingsOf(probe).flatMap((name) => {
      const of = name.toUpperCase();
      return [
        { column: `${name}_index`, head: seriesHead(`price:${of}`, source) },
        { column: `${name}_atm_iv`, head: seriesHead(`volatility:${of}:30d`, source) },
      ];
    });
    decide(intake, "unit of volatilities", "fraction", "this layout writes decimals");
    decide(intake, "tenor of volatilities", "30 days", "the option nearest 30 days; its own days differ a little");
    return {
      read(row) {
        const ms = instantOf(row, "snapshot_utc", "the column is named snapshot_utc");
        const stated = columns.map(({ column, head }) => ({ head, value: row.number(column, { above: 0 }) }));
        if (ms === undefined || row.broken()) return;
        for (const { head, value } of stated)
          if (head !== undefined && value !== undefined) observe(intake, head, ms, value);
      },
    };
  },
});
