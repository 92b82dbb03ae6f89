import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { formatNumber } from "../../../core/base/format.ts";
import { ChooseFiles } from "../../app/import/choose-files.tsx";
import type { Failure, ImportOutcome } from "../../client/types.ts";
import { backtestStore } from "../../state/backtest.ts";
import { startJob } from "../../state/jobs.ts";
import { libraryStore } from "../../state/library.ts";
import styles from "./backtest.module.css";

type DataKind = "panel" | "history";

/** What an import of a panel or a history said. */
export interface ImportedData {
  readonly kind: DataKind;
  readonly name: string;
  readonly report: ImportOutcome["report"];
  readonly warnings: readonly string[];
}

export interface DataImport {
  /** A button that chooses files and imports them. */
  readonly chooser: (kind: DataKind, label: string, size: string) => ReactNode;
}

/** Imports files of many markets as a panel, or of risk factors as a history, and chooses what came. */
export function useDataImport(
  onImported: (imported: ImportedData) => void,
  onFailure: (failure: Failure | undefined) => void,
): DataImport {
  const take = async (kind: DataKind, files: readonly File[]): Promise<void> => {
    if (files.length === 0) return;
    onFailure(undefined);
    const read = await Promise.all(
      files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
    );
    const failure = kind === "panel" ? await importPanel(read, onImported) : await importHistory(read, onImported);
    onFailure(failure);
    await libraryStore.getState().refresh();
  };
  return {
    chooser: (kind, label, size) => (
      <ChooseFiles first={false} label={label} size={size} onChosen={(files) => void take(kind, files)} />
    ),
  };
}

type ReadFile = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

async function importPanel(
  files: ReadFile[],
  onImported: (imported: ImportedData) => void,
): Promise<Failure | undefined> {
  const label = `Panel of ${files.length} files`;
  const answer = await startJob("panel.import", { files }, { label, panel: "backtest" }).result;
  if (!answer.ok) return answer.failure;
  const { panel, history, report, warnings } = answer.value;
  backtestStore.getState().choose({
    panel: panel.id,
    ...(history && { history: { id: history.id, name: history.name } }),
  });
  onImported({ kind: "panel", name: panel.name, report, warnings });
  return undefined;
}

async function importHistory(
  files: ReadFile[],
  onImported: (imported: ImportedData) => void,
): Promise<Failure | undefined> {
  const label = `History of ${files.length} files`;
  const answer = await startJob("history.import", { files }, { label, panel: "backtest" }).result;
  if (!answer.ok) return answer.failure;
  const { history, report, warnings } = answer.value;
  backtestStore.getState().choose({ history: { id: history.id, name: history.name } });
  onImported({ kind: "history", name: history.name, report, warnings });
  return undefined;
}

/** Files read, and every problem and warning with its place. */
export function ImportOutcomeBox({
  imported,
  onClose,
}: {
  readonly imported: ImportedData;
  readonly onClose: () => void;
}) {
  const { kind, name, report, warnings } = imported;
  const { files, problems, problemsNotListed } = report;
  const remarks = [...new Set([...problems.map(problemWords), ...warnings])];
  const count = problems.length + problemsNotListed + warnings.length;
  return (
    <output className={styles.note}>
      <strong>
        {kind === "panel" ? "Panel" : "History"} “{name}”: {formatNumber(files.length, { decimals: 0 })} files read
        {count > 0 ? `, ${formatNumber(count, { decimals: 0 })} remarks` : ", nothing to remark"}
      </strong>{" "}
      <Button size="compact-xs" variant="default" onClick={onClose}>
        Close
      </Button>
      {count > 0 && (
        <details>
          <summary>Remarks</summary>
          <ul>
            {remarks.slice(0, shownRemarks).map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </details>
      )}
    </output>
  );
}

const shownRemarks = 200;

/** `chain.csv:17 strike “x”: expected a number`. */
function problemWords({ file, row, column, value, message }: ImportedData["report"]["problems"][number]): string {
  const place = [row === undefined ? file : `${file}:${row}`, column, value === undefined ? undefined : `“${value}”`];
  return `${place.filter((part) => part !== undefined).join(" ")}: ${message}`;
}
