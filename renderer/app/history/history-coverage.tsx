import { type CSSProperties, useEffect, useState } from "react";
import type { SeriesCoverage } from "../../client/through-time.ts";
import type { Failure, Output } from "../../client/types.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { startJob } from "../../state/jobs.ts";
import { FailureBanner } from "../failure-banner.tsx";
import { coverageColumns } from "./coverage-columns.ts";
import styles from "./history-coverage.module.css";

type Summary = Output<"history.summary">;

interface HistoryCoverageProps {
  readonly id: string;
  readonly name: string;
}

/** Coverage of a stored history by factor: first and last day, gaps, values that limit the changes, and every warning. */
export function HistoryCoverage({ id, name }: HistoryCoverageProps) {
  const [summary, setSummary] = useState<Summary>();
  const [failure, setFailure] = useState<Failure>();
  useEffect(() => {
    const job = startJob("history.summary", { history: { id } }, { label: `Coverage of ${name}` });
    let current = true;
    void job.result.then((answer) => {
      if (!current) return;
      setSummary(answer.ok ? answer.value : undefined);
      setFailure(answer.ok ? undefined : answer.failure);
    });
    return () => {
      current = false;
      job.supersede();
    };
  }, [id, name]);

  if (failure) return <FailureBanner failure={failure} />;
  if (!summary) return <p className="muted">Counting…</p>;
  return <Coverage name={name} summary={summary} />;
}

/** The table of a summary and its warnings. */
export function Coverage({ name, summary }: { readonly name: string; readonly summary: Summary }) {
  const { series, warnings } = summary;
  return (
    <div className={styles.coverage}>
      <div className={styles.grid} style={{ "--rows": Math.min(series.length, mostRows) } as CSSProperties}>
        <DataGrid<SeriesCoverage> label={`Coverage of ${name}`} rows={series} columns={coverageColumns} rowId={rowId} />
      </div>
      {warnings.length > 0 && (
        <details className={styles.warnings}>
          <summary>{warnings.length === 1 ? "1 warning" : `${warnings.length} warnings`}</summary>
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** Rows in sight; a panel of chains has a factor for each tenor and delta. */
const mostRows = 10;

const rowId = ({ factor }: SeriesCoverage): string => factor;
