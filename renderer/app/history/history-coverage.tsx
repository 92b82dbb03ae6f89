import { type CSSProperties, useMemo } from "react";
import type { SeriesCoverage } from "../../client/through-time.ts";
import type { Output } from "../../client/types.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { FailureBanner } from "../failure-banner.tsx";
import { coverageColumns } from "./coverage-columns.ts";
import styles from "./history-coverage.module.css";
import { useHistorySummary } from "./use-history-summary.ts";

type Summary = Output<"history.summary">;

interface HistoryCoverageProps {
  readonly id: string;
  readonly name: string;
}

/** Coverage of a stored history by factor: first and last day, gaps, values that limit the changes, and every warning. */
export function HistoryCoverage({ id, name }: HistoryCoverageProps) {
  const source = useMemo(() => ({ id }), [id]);
  const { summary, failure } = useHistorySummary(source, `Coverage of ${name}`);
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
