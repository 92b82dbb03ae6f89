import { type Calendar, type ChangeType, factorOf, seriesHead } from "../../history/index.ts";
import { decide } from "../intake.ts";
import { fractionOfPercent } from "../read-number.ts";
import type { HistoryFormat, HistoryProbe } from "./history-format.ts";
import { stemOf } from "./history-format.ts";
import { endOfDay, observe } from "./history-intake.ts";
import { instantOf } from "./row-instant.ts";
import { timeValueRows } from "./time-value-rows.ts";

/** Which columns of a file are which factors. The members of a JSON array `[time, value]` are the columns `0`, `1`. */
export interface HistoryMapping {
  /** Column of the time. */
  readonly time: string;
  /** What a time is: the instant of the value (default), or the beginning of a day whose close the value is. */
  readonly stamp?: "instant" | "day" | undefined;
  readonly values: readonly {
    readonly column: string;
    /** `price:BTC`, `volatility:BTC:30d`. */
    readonly factor: string;
    /** How the file writes fractions; asked for everything but prices and margins, never guessed. */
    readonly scale?: "percent" | "fraction" | undefined;
    readonly unit?: string | undefined;
    readonly change?: ChangeType | undefined;
  }[];
  readonly calendar?: Calendar | undefined;
  /** Default: the name of the file. */
  readonly source?: string | undefined;
}

/** Why a mapping cannot be used with a file, in words. */
export function historyMappingFaults(mapping: HistoryMapping, probe: HistoryProbe): readonly string[] {
  const columns = probe.type === "csv" ? probe.columns : undefined;
  const absent = [mapping.time, ...mapping.values.map(({ column }) => column)].filter(
    (column) => columns !== undefined && !columns.includes(column),
  );
  return [
    ...absent.map((column) => `the file has no column ${JSON.stringify(column)}`),
    ...mapping.values.flatMap(({ factor, scale }) => {
      const named = factorOf(factor);
      if (named === undefined) return [`${JSON.stringify(factor)} is no factor; expected a name such as price:BTC`];
      const counted = named.kind === "price" || named.kind === "margin";
      return counted || scale !== undefined ? [] : [`say whether ${factor} is in percent or a fraction`];
    }),
  ];
}

/** The layout a mapping describes. */
export function mappedHistoryFormat(mapping: HistoryMapping): HistoryFormat {
  return {
    id: "mapped-history",
    title: "CSV or JSON rows by column mapping",
    claims: () => false,
    rows: timeValueRows,
    open(probe, intake) {
      const source = mapping.source ?? stemOf(probe.name);
      const { calendar } = mapping;
      const columns = mapping.values.flatMap(({ column, factor, scale, unit, change }) => {
        const head = seriesHead(factor, source, {
          ...(unit === undefined ? {} : { unit }),
          ...(change === undefined ? {} : { change }),
          ...(calendar === undefined ? {} : { calendar }),
        });
        return head === undefined ? [] : [{ column, head, percent: scale === "percent" }];
      });
      if (mapping.stamp === "day")
        decide(intake, "time of a value", "end of its UTC day", "the mapping says that times are days");
      return {
        read(row) {
          const ms = instantOf(row, mapping.time, "the column mapping takes times without a zone as UTC");
          const stated = columns.map(({ column, ...rest }) => ({ ...rest, value: row.number(column) }));
          if (ms === undefined || row.broken()) return;
          const timeMs = mapping.stamp === "day" ? endOfDay(ms) : ms;
          if (stated.every(({ value }) => value === undefined))
            row.leaveOut("a row has a value", "the row has no value");
          for (const { head, percent, value } of stated)
            if (value !== undefined) observe(intake, head, timeMs, percent ? fractionOfPercent(value) : value);
        },
      };
    },
  };
}
