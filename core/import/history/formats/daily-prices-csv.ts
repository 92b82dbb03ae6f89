import { decide } from "../../intake.ts";
import { readInstant } from "../../read-instant.ts";
import { subjectOf } from "../file-subject.ts";
import { defineHistoryFormat, type HistoryProbe, stemOf } from "../history-format.ts";
import { breakAt, endOfDay } from "../history-intake.ts";
import { oneSeries } from "../one-series.ts";
import { splitAdjusted } from "../splits.ts";

const dateColumns = ["Date", "DATE", "timestamp"];
const closeColumns = ["Adj Close", "Close", "CLOSE", "close"];
const utcReason = "days of a daily table";

function columnsOf(probe: HistoryProbe): { readonly date: string; readonly close: string } | undefined {
  if (probe.type !== "csv") return undefined;
  const date = dateColumns.find((column) => probe.columns.includes(column));
  const close = closeColumns.find((column) => probe.columns.includes(column));
  return date === undefined || close === undefined ? undefined : { date, close };
}

/** Bitstamp up to 2015-07-21, then Coinbase: the joined file says so in its name only. */
const joinedExchanges = { inName: /bitstamp.*coinbase/i, from: Date.UTC(2015, 6, 22) };

/**
 * Closes of one price or index a day, as Yahoo Finance, Cboe and exchanges export them: `Date` and `Close`, more columns as they come. The
 * adjusted close is taken where there is one; splits of a column `Stock Splits` are applied unless the prices show that they are already.
 */
export default defineHistoryFormat({
  id: "daily-prices-csv",
  title: "Daily closes (CSV, Date … Close; Yahoo Finance, Cboe)",
  claims: (probe) => columnsOf(probe) !== undefined && subjectOf(probe.name) !== undefined,
  open(probe, intake) {
    const { date, close } = columnsOf(probe) ?? { date: "", close: "" };
    const subject = subjectOf(probe.name) ?? { factor: "", percent: false };
    const series = oneSeries(probe.name, subject, intake);
    const splits = splitAdjusted(intake, series, subject.factor);
    if (close === "Adj Close") decide(intake, "price", "Adj Close", "it is adjusted for splits and dividends");
    const [high, low] = [
      ["High", "HIGH", "high"],
      ["Low", "LOW", "low"],
    ].map((names) => names.find((name) => probe.type === "csv" && probe.columns.includes(name)));
    const raw = close === "Adj Close" ? "Close" : close;
    return {
      read(row) {
        const ms = row.instant(date, utcReason);
        const value = row.number(close);
        const top = high === undefined ? undefined : row.number(high);
        const bottom = low === undefined ? undefined : row.number(low);
        const ratio = row.number("Stock Splits", { atLeast: 0, zeroIsNone: true });
        const stated = row.number(raw);
        if (row.broken()) return;
        if (ms === undefined) return row.reject(`${date} is given`, `${date} is empty`, date);
        if (value === undefined) return row.leaveOut("a row has a value", `${close} is empty`, close);
        if (stated !== undefined && ((top !== undefined && stated > top) || (bottom !== undefined && stated < bottom)))
          row.warn("the close is between low and high", `the close ${stated} is outside ${bottom} to ${top}`, raw);
        splits.add(dayOf(row.raw(date)) ?? ms, value, ratio);
      },
      finish() {
        splits.finish();
        if (!joinedExchanges.inName.test(stemOf(probe.name))) return;
        breakAt(intake, subject.factor, endOfDay(joinedExchanges.from));
        const why = "the name of the file names both: Bitstamp up to 2015-07-21, then Coinbase";
        decide(intake, "join of sources", "2015-07-22; no change is taken across it", why);
      },
    };
  },
});

/** Midnight of the day a cell names, whatever its zone: a day of a market, not an instant. */
function dayOf(raw: unknown): number | undefined {
  const text = typeof raw === "string" ? /^(\d{4}-\d{2}-\d{2})[T ]00:00:00/.exec(raw.trim())?.[1] : undefined;
  const reading = text === undefined ? undefined : readInstant(text);
  return reading?.kind === "instant" ? reading.ms : undefined;
}
