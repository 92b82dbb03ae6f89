import { Button } from "@mantine/core";
import { useMemo } from "react";
import { csvText, formatNumber } from "../../../core/base/format.ts";
import type { ImportProblem } from "../../client/types.ts";
import { numberColumn, textColumn } from "../../grids/columns.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { saveFile } from "../download.ts";
import { HistoryCoverage } from "../history/history-coverage.tsx";
import { HeaderFacts } from "../parameter-file/header-facts.tsx";
import { TableHead } from "../table-head.tsx";
import { Decisions } from "./decisions.tsx";
import styles from "./import-wizard.module.css";
import { SavedBlock } from "./saved-block.tsx";
import type { AnyOutcome } from "./start-import.ts";

interface ReportStepProps {
  readonly outcome: AnyOutcome;
  readonly onMore: () => void;
  readonly onDone: () => void;
}

const whole = (value: number | null | undefined): string => formatNumber(value, { decimals: 0 });

/** What was kept, what was rejected and why, what the readers decided; then: use it. */
export function ReportStep({ outcome, onMore, onDone }: ReportStepProps) {
  const { report, history, header } = outcome;
  const { files, decisions, problems, problemsNotListed } = report;
  return (
    <>
      <SavedBlock outcome={outcome} onDone={onDone} />
      {header && <HeaderFacts header={header} />}
      {files.length > 0 && <Counts files={files} />}
      <Decisions decisions={decisions} />
      {history && <HistoryCoverage id={history.id} name={history.name} />}
      {problems.length > 0 && <Problems problems={problems} notListed={problemsNotListed} />}
      <div className={styles.actions}>
        <Button variant="default" onClick={onMore}>
          Import more files
        </Button>
        <Button variant="default" onClick={onDone}>
          Close
        </Button>
      </div>
    </>
  );
}

/** Rows of each file: kept and rejected. */
function Counts({ files }: Pick<AnyOutcome["report"], "files">) {
  return (
    <table className={styles.counts}>
      <TableHead columns={["File", "Read as", { number: "Rows" }, { number: "Kept" }, { number: "Rejected" }]} />
      <tbody>
        {files.map((file) => (
          <tr key={file.name}>
            <td>
              {file.name}
              {file.incomplete && <strong className="loss"> · the end of the file is missing</strong>}
            </td>
            <td>{file.formatTitle}</td>
            <td className="numeric" data-value={file.rows}>
              {whole(file.rows)}
            </td>
            <td className="numeric" data-value={file.kept}>
              {whole(file.kept)}
            </td>
            <td className="numeric" data-value={file.rejected}>
              {file.rejected > 0 ? <strong className="loss">{whole(file.rejected)}</strong> : "0"}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ProblemRow extends ImportProblem {
  readonly key: string;
}

function Problems({
  problems,
  notListed,
}: {
  readonly problems: readonly ImportProblem[];
  readonly notListed: number;
}) {
  const rows = useMemo<readonly ProblemRow[]>(
    () => problems.map((problem, place) => ({ ...problem, key: String(place) })),
    [problems],
  );
  const isFew = problems.length <= fewProblems;
  return (
    <section>
      <div className={styles.heading}>
        <strong>
          {problems.length + notListed === 1 ? "1 problem" : `${whole(problems.length + notListed)} problems`}
          {notListed > 0 && <span className="muted"> (the first {whole(problems.length)} are listed)</span>}
        </strong>
        <Button size="compact-xs" variant="default" onClick={() => saveProblems(problems)}>
          Export problems as CSV
        </Button>
      </div>
      <div className={styles.problems} data-few={isFew}>
        <DataGrid label="Import problems" rows={rows} columns={problemColumns} rowId={rowId} autoHeight={isFew} />
      </div>
    </section>
  );
}

/** As many stand below each other without a scroll bar of their own. */
const fewProblems = 6;

const rowId = ({ key }: ProblemRow): string => key;

const problemColumns = [
  textColumn<ProblemRow>({ id: "severity", header: "Severity", value: (row) => row.severity, width: 80 }),
  textColumn<ProblemRow>({ id: "file", header: "File", value: (row) => row.file, width: 130 }),
  numberColumn<ProblemRow>({
    id: "row",
    header: "Row",
    value: (row) => row.row,
    format: whole,
    width: 60,
    whyMissing: () => "concerns the whole file",
  }),
  textColumn<ProblemRow>({ id: "column", header: "Column", value: (row) => row.column, width: 100 }),
  textColumn<ProblemRow>({ id: "value", header: "Value", value: (row) => row.value, width: 100 }),
  textColumn<ProblemRow>({ id: "rule", header: "Rule", value: (row) => row.rule, width: 150 }),
  {
    ...textColumn<ProblemRow>({ id: "message", header: "Message", value: (row) => row.message, width: 300, flex: 1 }),
    wrapText: true,
    autoHeight: true,
    cellClass: "cell-lines",
  },
];

function saveProblems(problems: readonly ImportProblem[]): void {
  const header = ["severity", "file", "row", "column", "value", "rule", "message"];
  const rows = problems.map((p) => [p.severity, p.file, p.row, p.column, p.value, p.rule, p.message]);
  saveFile("import-problems.csv", csvText([header, ...rows]), "text/csv");
}
