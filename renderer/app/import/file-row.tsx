import { ActionIcon, Button } from "@mantine/core";
import { useState } from "react";
import { formatBytes } from "../../../core/base/format.ts";
import { Icon } from "../icon.tsx";
import { HistoryMappingForm } from "./history-mapping-form.tsx";
import { needsMapping, problemFor } from "./import-target.ts";
import styles from "./import-wizard.module.css";
import { MappingForm } from "./mapping-form.tsx";
import { type ChosenFile, targetOf, type useImport } from "./use-import.ts";

const kinds = {
  positions: "positions",
  market: "market data",
  account: "account",
  instruments: "contract terms",
  history: "history",
} as const;

interface FileRowProps {
  readonly chosen: ChosenFile;
  readonly work: ReturnType<typeof useImport>;
}

/** One chosen file: what it is, and its columns where nobody knows them. */
export function FileRow({ chosen, work }: FileRowProps) {
  const { state, confirm, confirmHistory, remove } = work;
  const { file, inspection, past } = chosen;
  const target = targetOf(state);
  const mapping = target === "history" ? state.historyMappings[file.name] : state.mappings[file.name];
  const [checking, setChecking] = useState(false);
  const asks = needsMapping(chosen, target) && problemFor(chosen, target) === undefined;
  const checkable = target === "book" && inspection?.table !== undefined && inspection.format !== undefined;
  const shown = !mapping && (asks || (checkable && checking));
  return (
    <li className={styles.file}>
      <div className={styles.fileHead}>
        <span className={styles.fileName}>{file.name}</span>
        <span className="muted">{formatBytes(file.bytes?.length)}</span>
        <FileVerdict chosen={chosen} work={work} confirmed={mapping !== undefined} />
        {mapping && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              if (target === "history") confirmHistory(file.name, undefined);
              else confirm(file.name, undefined);
              setChecking(true);
            }}
          >
            Change columns
          </Button>
        )}
        {checkable && !mapping && (
          <Button size="compact-xs" variant="default" aria-expanded={checking} onClick={() => setChecking(!checking)}>
            {checking ? "Keep columns as read" : "Check columns"}
          </Button>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Leave out ${file.name}`}
          onClick={() => void remove(file.name)}
          disabled={state.running !== undefined}
        >
          <Icon name="close" />
        </ActionIcon>
      </div>
      {shown && target === "book" && inspection?.table && (
        <MappingForm table={inspection.table} onConfirm={(confirmed) => confirm(file.name, confirmed)} />
      )}
      {shown && target === "history" && past?.table && (
        <HistoryMappingForm
          fileName={file.name}
          table={past.table}
          onConfirm={(confirmed) => confirmHistory(file.name, confirmed)}
        />
      )}
    </li>
  );
}

function FileVerdict({ chosen, work, confirmed }: FileRowProps & { readonly confirmed: boolean }) {
  const { inspection, past } = chosen;
  const target = targetOf(work.state);
  if (!inspection && !past) return <span className={styles.what}>looking…</span>;
  const problem = problemFor(chosen, target);
  if (problem !== undefined) {
    return (
      <span className={styles.what} data-tone="bad">
        ✕ {problem}
      </span>
    );
  }
  if (confirmed) {
    return (
      <span className={styles.what} data-tone="good">
        ✓ columns confirmed{target === "book" && "; remembered for files with these columns"}
      </span>
    );
  }
  if (target === "parameter-file") {
    return (
      <span className={styles.what} data-tone="good">
        ✓ parameter file of a clearing house
      </span>
    );
  }
  const known = target === "book" ? inspection?.format : past?.format;
  if (known) {
    const kind = known.kind === "series" ? "history" : kinds[known.kind];
    return (
      <span className={styles.what} data-tone="good">
        ✓ {known.title} · {kind}
      </span>
    );
  }
  return (
    <span className={styles.what} data-tone="ask">
      ? unknown table: say which column means what
    </span>
  );
}
