import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { formatInstant, formatNumber } from "../../../core/base/format.ts";
import { exportName } from "../../app/download.ts";
import { pageStyle } from "../../app/export/print.ts";
import { TableHead } from "../../app/table-head.tsx";
import type { BreakReport } from "../../client/reports.ts";
import { printPdf } from "../../client/shell.ts";
import type { Failure } from "../../client/types.ts";
import { preferences } from "../../state/preferences.ts";
import { countWords, shownDecimals, verdictText, verdictWords } from "./break-rows.ts";
import "../../app/export/print.css";
import "./print-sheet.css";
import { Bridges, Causes } from "./report-detail.tsx";

interface PrintSheetProps {
  readonly report: BreakReport;
  /** Called when it is printed, or the dialog was closed. */
  readonly onDone: (failure?: Failure) => void;
}

/** The whole report on paper: light, all lines, nothing virtual. Prints as soon as it stands in the page. */
export function PrintSheet({ report, onDone }: PrintSheetProps) {
  const latest = useRef(report);
  useEffect(() => {
    const root = document.documentElement;
    const { theme } = root.dataset;
    root.dataset.theme = "light";
    void printed(latest.current).then(onDone);
    return () => {
      if (theme !== undefined) root.dataset.theme = theme;
    };
  }, [onDone]);
  const { verdict, methodology, rules, inputs } = report;
  return createPortal(
    <article className="print-sheet break-sheet" aria-hidden="true">
      <h1>
        Break report: {report.portfolioName} against {report.venue}
      </h1>
      <p>
        <strong>{verdictText(verdict)}</strong>: {countWords(report.counts)}
      </p>
      <p>
        {methodology.title} ({methodology.id}), rules {rules.version} in force from {rules.effectiveFrom}. Charged at{" "}
        {report.chargedAsOfMs === undefined ? "a time the reply does not state" : formatInstant(report.chargedAsOfMs)}.
        Market {report.marketName} at {formatInstant(report.asOfMs)}
        {report.synthetic ? "; synthetic data" : ""}. Accuracy {report.accuracy}.
      </p>
      {rules.overrides.length > 0 && (
        <p>Overrides: {rules.overrides.map(({ path, value }) => `${path} = ${value}`).join(", ")}</p>
      )}
      <table>
        <caption>Line by line; requirements ≥ 0; difference is ours less charged</caption>
        <TableHead
          columns={[
            "Line",
            { number: "Ours" },
            { number: "Charged" },
            { number: "Difference" },
            "Unit",
            "Verdict",
            "Cause",
          ]}
        />
        <tbody>
          {report.lines.map((line) => (
            <tr key={line.statedId}>
              <th scope="row">
                {"· ".repeat(line.depth)}
                {line.account} {line.label}
              </th>
              {[line.own, line.charged, line.difference].map((value, place) => (
                <td key={["own", "charged", "difference"][place]} className="numeric">
                  {formatNumber(value, { decimals: shownDecimals(line.digit), signed: place === 2 })}
                </td>
              ))}
              <td>{line.unit}</td>
              <td>{verdictWords[line.verdict].word}</td>
              <td>{line.explainedBy.map(({ label }) => label).join("; ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Bridges report={report} />
      {report.swaps.length > 0 && <Causes report={report} />}
      {report.remarks.map((remark) => (
        <p key={remark}>{remark}</p>
      ))}
      <footer>
        Positions {inputs.portfolio.slice(0, 16)} · market {inputs.market.slice(0, 16)} · parameters{" "}
        {inputs.parameters.slice(0, 16)} ·{" "}
        {report.sources.map(({ name, sha256 }) => `${name} ${sha256.slice(0, 16)}`).join(" · ")}
      </footer>
    </article>,
    document.body,
  );
}

/** The desktop asks where to put a PDF; a browser opens its own dialog, which stops the page until it is closed. */
async function printed({ portfolioName, venue, inputs }: BreakReport): Promise<Failure | undefined> {
  const { paper } = preferences.getState();
  const footer = `Break report · positions sha256 ${inputs.portfolio.slice(0, 16)}…`;
  const page = pageStyle(`${paper} landscape`, footer);
  document.body.append(page);
  const title = `Break report: ${portfolioName} against ${venue}`.slice(0, 300);
  const answer = await printPdf({
    ...{ name: exportName("break-report", "pdf"), title, footer, paper, landscape: true },
  });
  if (answer === "browser") window.print();
  page.remove();
  return typeof answer === "object" ? answer : undefined;
}
