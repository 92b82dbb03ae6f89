import { subjectOf } from "../file-subject.ts";
import { defineHistoryFormat, type HistoryProbe } from "../history-format.ts";
import { oneSeries } from "../one-series.ts";
import { instantOf } from "../row-instant.ts";
import { timeValueRows } from "../time-value-rows.ts";

/** Cells of the first row: `[time, value]` or `[time, open, high, low, close, volume]`. */
function widthOf(probe: HistoryProbe): number | undefined {
  if (probe.type !== "json" || !Array.isArray(probe.content)) return undefined;
  const first: unknown = probe.content[0];
  return Array.isArray(first) && first.every((cell) => typeof cell === "number") ? first.length : undefined;
}

/** JSON arrays `[milliseconds, value]`, or candles with the close in the fifth place. What is observed stands in the name of the file. */
export default defineHistoryFormat({
  id: "time-value-json",
  title: "JSON arrays [time, value] or [time, open, high, low, close, volume]",
  claims: (probe) => [2, 5, 6].includes(widthOf(probe) ?? 0) && subjectOf(probe.name) !== undefined,
  rows: timeValueRows,
  open(probe, intake) {
    const column = (widthOf(probe) ?? 2) > 2 ? "4" : "1";
    const series = oneSeries(probe.name, subjectOf(probe.name) ?? { factor: "", percent: false }, intake);
    return {
      read(row) {
        const ms = instantOf(row, "0", "a count since 1970");
        const value = row.requiredNumber(column);
        if (ms !== undefined && !row.broken()) series.add(ms, value);
      },
      finish: series.finish,
    };
  },
});
