import { useEffect } from "react";
import { createPortal } from "react-dom";
import { formatInstant, formatNumber } from "../../../core/base/format.ts";
import type { BreakReport } from "../../client/reports.ts";
import { countWords, shownDecimals, verdictText, verdictWords } from "./break-rows.ts";
import "../../app/export/print.css";
import "./print-sheet.css";
import { Bridges, Causes } from "./report-detail.tsx";

interface PrintSheetProps {
  readonly report: BreakReport;
  /** Called when the print dialog is closed. */
  readonly onDone: () => void;
}

/** The whole report on paper: light, all lines, nothing virtual. Prints as soon as it stands in the page. */
export function PrintSheet({ report, onDone }: PrintSheetProps) {
  useEffect(() => {
    const root = document.documentElement;
    const { theme } = root.dataset;
    root.dataset.theme = "light";
    window.addEventListener("afterprint", onDone);
    window.print();
    return () => {
      if (theme !== undefined) root.dataset.theme = theme;
      window.removeEventListener("afterprint", onDone);
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
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col" className="numeric">
              Ours
            </th>
            <th scope="col" className="numeric">
              Charged
            </th>
            <th scope="col" className="numeric">
              Difference
            </th>
            <th scope="col">Unit</th>
            <th scope="col">Verdict</th>
            <th scope="col">Cause</th>
          </tr>
        </thead>
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
