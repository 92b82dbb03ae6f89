import { msPerDay } from "../../base/index.ts";
import { seriesHead } from "../../history/index.ts";
import { decide, reject } from "../intake.ts";
import { fractionOfPercent } from "../read-number.ts";
import { type FileSubject, looksLikePercent } from "./file-subject.ts";
import { stemOf } from "./history-format.ts";
import { endOfDay, type HistoryIntake, observe } from "./history-intake.ts";

interface Pending {
  readonly ms: number;
  readonly value: number;
  readonly row: number | undefined;
}

/**
 * Takes the rows of a file that is one series and hands them on at its end, when its values show whether they are what the name says:
 * percent must look like percent, and times that are all midnights are days.
 */
export interface OneSeries {
  readonly add: (ms: number, value: number) => void;
  readonly finish: () => void;
}

/**
 * The rows of one such file.
 *
 * @param name    of the file; it becomes the source of the series
 * @param subject what the name says the values are
 */
export function oneSeries(name: string, subject: FileSubject, intake: HistoryIntake): OneSeries {
  const { factor, percent } = subject;
  const rows: Pending[] = [];
  return {
    add: (ms, value) => rows.push({ ms, value, row: intake.row }),
    finish() {
      const head = seriesHead(factor, stemOf(name), factor === "price:SPX" ? { unit: "index points" } : {});
      if (head === undefined || rows.length === 0) return;
      const { row: last } = intake;
      intake.row = undefined;
      decide(intake, "risk factor", factor, "the name of the file says it");
      const values = rows.map(({ value }) => value);
      if (percent && !looksLikePercent(factor, values)) {
        const message = `${factor} is in percent in this layout, and the values look like fractions; map the columns and say which`;
        reject(intake, { rule: "the unit fits the values", message });
        intake.rejected = rows.length;
        return;
      }
      if (percent) decide(intake, `unit of ${factor}`, "percent", "this layout writes percent, and the values fit");
      const days = rows.every(({ ms }) => ms % msPerDay === 0);
      if (days)
        decide(intake, "time of a value", "end of its UTC day", "all times are midnights: days, known at their end");
      for (const { ms, value, row } of rows) {
        intake.row = row;
        observe(intake, head, days ? endOfDay(ms) : ms, percent ? fractionOfPercent(value) : value);
      }
      intake.row = last;
    },
  };
}
