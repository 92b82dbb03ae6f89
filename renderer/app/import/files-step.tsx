import { ActionIcon, Progress as Bar, Button, Loader, TextInput } from "@mantine/core";
import { useState } from "react";
import { formatBytes } from "../../../core/base/format.ts";
import { FailureBanner } from "../failure-banner.tsx";
import { Icon } from "../icon.tsx";
import { progressText } from "../progress.tsx";
import { ChooseFiles } from "./choose-files.tsx";
import styles from "./import-wizard.module.css";
import { MappingForm } from "./mapping-form.tsx";
import { RecentFiles } from "./recent-files.tsx";
import type { ChosenFile, useImport } from "./use-import.ts";

const kinds = {
  positions: "positions",
  market: "market data",
  account: "account",
  instruments: "contract terms",
  history: "history",
} as const;

interface FilesStepProps {
  readonly work: ReturnType<typeof useImport>;
  readonly onClose: () => void;
}

/** Which files, what each one is, and the columns of those that nobody knows. */
export function FilesStep({ work, onClose }: FilesStepProps) {
  const { state, add, run, cancel } = work;
  const { files, mappings, inspecting, running, failure } = state;
  const [name, setName] = useState("");
  const open = files.filter(({ file, inspection }) => needsColumns(inspection) && !mappings[file.name]).length;
  const usable = files.filter(({ inspection }) => inspection && !inspection.problem).length;
  const progress = running?.progress;
  return (
    <>
      <div className={styles.drop}>
        <Icon name="import" size={26} />
        <span>
          Drop files anywhere in this window: positions or account replies, book summaries, tickers, chains.
          <br />
          JSON or CSV, plain or gzipped. Several files together make one portfolio and one market.
        </span>
        <ChooseFiles first={files.length === 0} onChosen={(chosen) => void add(chosen)} />
      </div>
      {files.length === 0 && <RecentFiles onOpen={(chosen) => void add(chosen)} />}
      {failure && <FailureBanner failure={failure} />}
      {files.length > 0 && (
        <ul className={styles.files} aria-label="Chosen files">
          {files.map((chosen) => (
            <FileRow key={chosen.file.name} chosen={chosen} work={work} />
          ))}
        </ul>
      )}
      <div className={styles.actions}>
        {running ? (
          <>
            <div className={styles.progress}>
              <Bar
                value={progress && progress.total > 0 ? (progress.done / progress.total) * 100 : 100}
                animated={!progress}
                aria-label="Progress of the import"
              />
              <span className="muted">
                {progress ? progressText(progress, 0).replace(/ · 0 s.*$/, "") : "Reading…"}
              </span>
            </div>
            <Button variant="default" onClick={cancel}>
              Cancel import
            </Button>
          </>
        ) : (
          <>
            {files.length > 0 && (
              <TextInput
                label="Save under"
                placeholder="name of the first file"
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                maxLength={200}
                mr="auto"
                w={280}
              />
            )}
            {inspecting && <Loader size="sm" aria-label="Looking at the files" />}
            {open > 0 && (
              <span className="muted">
                {open === 1 ? "1 table needs" : `${open} tables need`} its columns confirmed
              </span>
            )}
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button disabled={usable === 0 || open > 0 || inspecting} onClick={() => void run(name)}>
              {usable > 1 ? `Import ${usable} files` : "Import"}
            </Button>
          </>
        )}
      </div>
    </>
  );
}

function FileRow({ chosen, work }: { readonly chosen: ChosenFile; readonly work: ReturnType<typeof useImport> }) {
  const { file, inspection } = chosen;
  const mapping = work.state.mappings[file.name];
  const [checking, setChecking] = useState(false);
  const table = inspection?.table;
  const known = table !== undefined && !needsColumns(inspection);
  return (
    <li className={styles.file}>
      <div className={styles.fileHead}>
        <span className={styles.fileName}>{file.name}</span>
        <span className="muted">{formatBytes(file.bytes?.length)}</span>
        <FileVerdict chosen={chosen} confirmed={mapping !== undefined} />
        {mapping && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              work.confirm(file.name, undefined);
              setChecking(true);
            }}
          >
            Change columns
          </Button>
        )}
        {known && !mapping && (
          <Button size="compact-xs" variant="default" aria-expanded={checking} onClick={() => setChecking(!checking)}>
            {checking ? "Keep columns as read" : "Check columns"}
          </Button>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Leave out ${file.name}`}
          onClick={() => void work.remove(file.name)}
          disabled={work.state.running !== undefined}
        >
          <Icon name="close" />
        </ActionIcon>
      </div>
      {table && !mapping && (checking || !known) && (
        <MappingForm table={table} onConfirm={(confirmed) => work.confirm(file.name, confirmed)} />
      )}
    </li>
  );
}

/** Only a table that no format claims must be mapped; one with our own field names may be. */
function needsColumns(inspection: ChosenFile["inspection"]): boolean {
  return inspection?.table !== undefined && inspection.format === undefined;
}

function FileVerdict({ chosen, confirmed }: { readonly chosen: ChosenFile; readonly confirmed: boolean }) {
  const { inspection } = chosen;
  if (!inspection) return <span className={styles.what}>looking…</span>;
  const { format, problem, table } = inspection;
  if (problem) {
    return (
      <span className={styles.what} data-tone="bad">
        ✕ {problem.message}
      </span>
    );
  }
  if (format) {
    return (
      <span className={styles.what} data-tone="good">
        ✓ {format.title} ({kinds[format.kind]})
      </span>
    );
  }
  if (table && confirmed) {
    return (
      <span className={styles.what} data-tone="good">
        ✓ columns confirmed; remembered for files with these columns
      </span>
    );
  }
  return (
    <span className={styles.what} data-tone="ask">
      ? unknown table: say which column means what
    </span>
  );
}
