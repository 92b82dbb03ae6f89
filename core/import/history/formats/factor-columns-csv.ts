import { factorOf, seriesHead } from "../../../history/index.ts";
import { decide } from "../../intake.ts";
import { defineHistoryFormat, type HistoryProbe, stemOf } from "../history-format.ts";
import { observe } from "../history-intake.ts";
import { instantOf } from "../row-instant.ts";

const timeColumns = ["date", "time"];

/** Columns named as factors, with the time in `date` or `time`. */
function columnsOf(probe: HistoryProbe): { readonly time: string; readonly factors: readonly string[] } | undefined {
  if (probe.type !== "csv") return undefined;
  const time = timeColumns.find((column) => probe.columns.includes(column));
  const factors = probe.columns.filter((column) => factorOf(column) !== undefined);
  return time === undefined || factors.length === 0 ? undefined : { time, factors };
}

/**
 * This program's own layout: `date` (a day, known at its end) or `time` (an instant), and a column a factor, named by it. Prices and
 * margins in USD, everything else as fractions. An empty cell is no observation.
 */
export default defineHistoryFormat({
  id: "factor-columns-csv",
  title: "Columns named by risk factors (CSV)",
  claims: (probe) => columnsOf(probe) !== undefined,
  open(probe, intake) {
    const { time, factors } = columnsOf(probe) ?? { time: "", factors: [] };
    const heads = factors.flatMap((factor) => seriesHead(factor, stemOf(probe.name)) ?? []);
    decide(intake, "units", "prices in USD, all else as fractions", "columns are named by risk factors");
    return {
      read(row) {
        const ms = instantOf(row, time, "dates of this layout are in UTC");
        const values = heads.map((head) => ({ head, value: row.number(head.factor) }));
        if (ms === undefined || row.broken()) return;
        const stated = values.filter(({ value }) => value !== undefined);
        if (stated.length === 0) row.leaveOut("a row has a value", "the row has no value");
        for (const { head, value } of stated) if (value !== undefined) observe(intake, head, ms, value);
      },
    };
  },
});
