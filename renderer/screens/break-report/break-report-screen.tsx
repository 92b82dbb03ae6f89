import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type DragEvent, useCallback, useEffect, useMemo, useState } from "react";
import { maskedForFile } from "../../app/export/account-mask.ts";
import { FailureBanner } from "../../app/failure-banner.tsx";
import type { Mark } from "../../app/marks.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { useOwnPrint } from "../../app/use-own-print.ts";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { BreakReport } from "../../client/reports.ts";
import type { Failure } from "../../client/types.ts";
import { FilterInput } from "../../grids/filter-input.tsx";
import type { TreeNode } from "../../grids/tree.ts";
import { TreeGrid } from "../../grids/tree-grid.tsx";
import { useTree } from "../../grids/use-tree.ts";
import { breakReportStore, breakWork, useBreakReport } from "../../state/break-report.ts";
import { openPanel } from "../../state/layout.ts";
import { session } from "../../state/session.ts";
import { useWork } from "../../state/work.ts";
import { openHelp } from "../../state/workspace.ts";
import { breakColumns } from "./break-columns.ts";
import { breakCsv } from "./break-csv.ts";
import styles from "./break-report.module.css";
import { type BreakRow, type BreakValue, breakTree, countWords, totalRow } from "./break-rows.ts";
import { PrintSheet } from "./print-sheet.tsx";
import { ChooseReply, ReplyControls, takeReply } from "./reply-controls.tsx";
import { ReportDetail } from "./report-detail.tsx";
import { exportReport, SaveReport, StoredReports } from "./stored-reports.tsx";
import { VerdictBand } from "./verdict-band.tsx";

const textOf = ({ id, label, value }: TreeNode<BreakValue>): string =>
  `${label} ${id} ${value.line?.component ?? ""} ${value.verdict} ${value.cause}`;

export default function BreakReportScreen() {
  const report = useWork(breakWork, (s) => s.value);
  const computed = useWork(breakWork, (s) => s.input !== undefined);
  const computedAtMs = useWork(breakWork, (s) => s.computedAtMs);
  const files = useBreakReport((s) => s.files);
  const statement = useBreakReport((s) => s.statement);
  const unreadable = useBreakReport((s) => s.unreadable);
  const kept = useBreakReport((s) => s.kept);
  const compare = useBreakReport((s) => s.compare);
  const [failure, setFailure] = useState<Failure>();
  const [printing, setPrinting] = useState(false);
  const marks = useMemo(() => (report ? marksOf(report) : []), [report]);
  const frame = useWorkFrame(breakWork, () => void compare(), marks);
  useEffect(() => void breakReportStore.getState().refresh(), []);
  useOwnPrint("break-report", report && (() => setPrinting(true)));
  const donePrinting = useCallback((failed?: Failure) => {
    setPrinting(false);
    setFailure(failed);
  }, []);

  const nodes = useMemo(() => (report ? breakTree(report) : []), [report]);
  const { rows, filter, setFilter, toggle } = useTree(nodes, 9, textOf);
  const columns = useMemo(() => breakColumns(toggle), [toggle]);
  const total = useMemo(() => (report ? [totalRow(report, countWords(report.counts))] : []), [report]);

  const exportAs = (format: "csv" | "json" | "html"): void => void exportReport(format).then(setFailure);
  return (
    <PanelFrame
      panel="break-report"
      title="Break report"
      {...frame}
      state={report === undefined && unreadable ? "error" : frame.state}
      failure={frame.failure ?? unreadable}
      help={report ? `methodology/${report.methodology.id}` : "glossary"}
      empty={<Start />}
      csv={report && (() => breakCsv(report))}
      menu={[
        { label: "Export whole report as CSV", onClick: () => exportAs("csv"), disabled: !report },
        { label: "Export whole report as JSON", onClick: () => exportAs("json"), disabled: !report },
        { label: "Export whole report as a page", onClick: () => exportAs("html"), disabled: !report },
      ]}
      provenance={
        report && {
          portfolio: report.portfolioName,
          market: report.marketName,
          asOfMs: report.asOfMs,
          methodology: report.methodology.id,
          version: report.rules.version,
          accuracy: report.accuracy,
          computedAtMs: computedAtMs ?? kept?.savedAtMs,
        }
      }
      toolbar={
        <>
          <ChooseReply first={false} />
          {report && <FilterInput label="Filter lines" value={filter} onChange={setFilter} />}
          {report && computed && !kept && <SaveReport onFailure={setFailure} />}
          <StoredReports onFailure={setFailure} />
          {kept && <span className="muted">{kept.name}</span>}
          {files.length > 0 && (
            <Button size="compact-xs" variant="default" onClick={() => void compare()}>
              Compare again
            </Button>
          )}
        </>
      }
    >
      {report && (
        // The keyboard way is the button above.
        <section className={styles.layout} aria-label="Report" data-drop="" onDragOver={allowDrop} onDrop={dropReply}>
          {failure && <FailureBanner failure={failure} />}
          {unreadable && <FailureBanner failure={unreadable} />}
          {statement && <ReplyControls />}
          <VerdictBand report={report} />
          <div className={styles.frame}>
            <div className={styles.grid}>
              <TreeGrid<BreakRow>
                label="Charged against ours, line by line"
                rows={rows}
                columns={columns}
                onToggle={toggle}
                pinnedBottomRows={total}
                onOpen={({ value: { line } }) =>
                  line?.rule !== undefined && openHelp(`methodology/${report.methodology.id}`, line.rule)
                }
                rowClass={({ value }) => (value.line ? undefined : "tree-group tree-group-2")}
                emptyText={filter === "" ? "The reply charges nothing." : `No line matches "${filter}".`}
              />
            </div>
            <ReportDetail key={report.inputs.parameters} report={report} onApply={() => applyParameters(report)} />
          </div>
          {printing && (
            <PrintSheet
              report={maskedForFile(report, { positions: [], excluded: report.excluded })}
              onDone={donePrinting}
            />
          )}
        </section>
      )}
    </PanelFrame>
  );
}

function Start() {
  return (
    // The keyboard way is the button.
    <section
      className={styles.start}
      aria-label="Choose a reply"
      data-drop=""
      onDragOver={allowDrop}
      onDrop={dropReply}
    >
      <p>
        Compare what a venue charges with our margin, line by line. Choose or drop here its own reply: Deribit
        simulations, OKX position builder, Bybit portfolio margin.
      </p>
      <ChooseReply first />
    </section>
  );
}

function allowDrop(event: DragEvent): void {
  event.preventDefault();
}

/** Here a dropped file is a reply; everywhere else it is imported. */
function dropReply(event: DragEvent): void {
  const files = [...event.dataTransfer.files];
  if (files.length === 0) return;
  event.preventDefault();
  void takeReply(files);
}

function applyParameters({ methodology, parameters }: BreakReport): void {
  const { methodology: current, selectMethodology, setOverrides } = session.getState();
  if (current !== methodology.id) selectMethodology(methodology.id);
  setOverrides(parameters.overrides);
  notifications.show({ message: `${parameters.overrides.length} overrides from the reply`, color: "accent" });
  openPanel("parameters");
}

function marksOf({ synthetic, testnet, rules, accuracy, excluded }: BreakReport): Mark[] {
  const { overrides } = rules;
  return [
    ...(synthetic ? [{ kind: "synthetic", text: "synthetic", detail: "Generated data." } as const] : []),
    ...(testnet
      ? [{ kind: "set", text: "test network", detail: "The reply is of the venue's test network." } as const]
      : []),
    ...(overrides.length > 0
      ? [
          {
            kind: "override",
            text: `${overrides.length} overrides`,
            detail: overrides.map(({ path }) => path).join(", "),
          } as const,
        ]
      : []),
    ...(excluded.length > 0
      ? [
          {
            kind: "partial",
            text: `${excluded.length} left out`,
            detail: "Positions that could not be valued.",
          } as const,
        ]
      : []),
    ...(accuracy === "exact"
      ? []
      : [{ kind: accuracy === "approximate" ? "approx" : "unsupported", text: accuracy } as const]),
  ];
}
