import type { CsvTable } from "../../app/download.ts";
import type { BreakReport } from "../../client/reports.ts";
import { causeWords, countWords, verdictWords } from "./break-rows.ts";

/** The lines of a report; the whole report is exported from the library. */
export function breakCsv(report: BreakReport): CsvTable {
  return {
    header: [
      ...["account", "depth", "venue id", "line id", "label", "unit", "ours", "charged", "as printed"],
      ...["difference", "last digit", "verdict", "cause", "rule", "basis"],
    ],
    rows: report.lines.map((line) => [
      ...[line.account, line.depth, line.statedId, line.lineId, line.label, line.unit, line.own, line.charged],
      ...[line.asPrinted, line.difference, line.digit, verdictWords[line.verdict].word, causeWords(line)],
      ...[line.rule, line.basis],
    ]),
    remarks: [
      `break report ${report.portfolioName} against ${report.venue}: ${countWords(report.counts)}`,
      `method ${report.methodology.id} ${report.rules.version}`,
      ...report.sources.map(({ name, sha256 }) => `reply ${name} sha256 ${sha256}`),
      ...report.remarks,
    ],
  };
}
