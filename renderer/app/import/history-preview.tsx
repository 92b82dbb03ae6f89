import { useMemo } from "react";
import type { ImportFile } from "../../client/types.ts";
import { FailureBanner } from "../failure-banner.tsx";
import { Coverage } from "../history/history-coverage.tsx";
import { useHistorySummary } from "../history/use-history-summary.ts";
import { Decisions } from "./decisions.tsx";
import type { HistoryMapping } from "./history-columns.ts";
import styles from "./import-wizard.module.css";

interface HistoryPreviewProps {
  readonly files: readonly ImportFile[];
  readonly mappings: Readonly<Record<string, HistoryMapping>>;
}

/** What an import would read, before anything is saved: factors, spans, units and why, and how many rows are rejected. */
export default function HistoryPreview({ files, mappings }: HistoryPreviewProps) {
  const history = useMemo(() => ({ files: [...files], mappings: { ...mappings } }), [files, mappings]);
  const { summary, failure } = useHistorySummary(history, "Preview of a history");
  if (failure) return <FailureBanner failure={failure} />;
  if (!summary) return <p className="muted">Reading the files to see what they hold…</p>;
  const { report } = summary;
  const rejected = report?.files.reduce((total, file) => total + file.rejected, 0) ?? 0;
  return (
    <section aria-label="What will be read">
      <div className={styles.heading}>
        <strong>What will be read</strong>
        <span className={rejected > 0 ? "loss" : "muted"}>
          {rejected === 0 ? "no row is rejected" : `${rowsWord(rejected)} rejected; the report names each`}
        </span>
      </div>
      <Coverage name="the history to import" summary={summary} />
      {report && <Decisions decisions={report.decisions} />}
    </section>
  );
}

const rowsWord = (count: number): string => (count === 1 ? "1 row is" : `${count} rows are`);
