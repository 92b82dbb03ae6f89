import { seriesHead } from "../../../history/index.ts";
import { decide, warn } from "../../intake.ts";
import { defineHistoryFormat, hasHistoryColumns, stemOf } from "../history-format.ts";
import { observe } from "../history-intake.ts";

/** Date of files that hold one made-up entry in place of a history. */
const placeholderDate = Date.UTC(1990, 0, 1);

/** `cme/ES` for `margins/cme/ES.csv`, `ES` for `ES.csv`. */
function contractOf(name: string): string {
  const folders = name.split(/[/\\]/).slice(0, -1);
  const folder = folders.filter((part) => part !== "margins").at(-1);
  return folder === undefined || folder === "" ? stemOf(name) : `${folder}/${stemOf(name)}`;
}

/**
 * Outright margins of a futures contract by the day from which they were charged: `date,initial,maintenance`, contract currency per
 * contract. A file of one entry dated 1990-01-01 is a placeholder and gives no series.
 */
export default defineHistoryFormat({
  id: "margin-requirement-csv",
  title: "Futures margins by effective date (CSV, date, initial, maintenance)",
  claims: (probe) => hasHistoryColumns(probe, "date", "initial", "maintenance") && probe.columns.length === 3,
  open(probe, intake) {
    const contract = contractOf(probe.name);
    const source = stemOf(probe.name);
    const rows: {
      readonly ms: number;
      readonly initial: number;
      readonly maintenance: number;
      readonly row: number | undefined;
    }[] = [];
    return {
      read(row) {
        const ms = row.instant("date", "effective dates of the exchange");
        const initial = row.requiredNumber("initial", { above: 0 });
        const maintenance = row.requiredNumber("maintenance", { above: 0 });
        if (ms === undefined) row.reject("date is given", "date is empty", "date");
        if (ms !== undefined && !row.broken()) rows.push({ ms, initial, maintenance, row: intake.row });
      },
      finish() {
        const { row: last } = intake;
        intake.row = undefined;
        const [only] = rows;
        if (rows.length === 1 && only?.ms === placeholderDate) {
          const message = `${contract}: the only entry is dated 1990-01-01, a placeholder and no history; it is left out`;
          warn(intake, { rule: "a history has entries", message });
          intake.leftOut += 1;
          return;
        }
        if (rows.length === 1) {
          const message = `${contract}: a single entry, no changes can be taken of it`;
          warn(intake, { rule: "a history has entries", message });
        }
        decide(intake, "contract", contract, "folder and name of the file");
        decide(intake, "time of a margin", "start of its day", "dates are those from which it is charged");
        for (const { ms, initial, maintenance, row } of rows) {
          intake.row = row;
          for (const [kind, value] of [
            ["initial", initial],
            ["maintenance", maintenance],
          ] as const) {
            const unit = "contract currency";
            const head = seriesHead(`margin:${contract}:${kind}`, source, { unit, calendar: "as-observed" });
            if (head !== undefined) observe(intake, head, ms, value);
          }
        }
        intake.row = last;
      },
    };
  },
});
