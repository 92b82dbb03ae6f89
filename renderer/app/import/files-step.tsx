import { Progress as Bar, Button, Loader, TextInput } from "@mantine/core";
import { lazy, Suspense, useMemo, useState } from "react";
import { FailureBanner } from "../failure-banner.tsx";
import { Icon } from "../icon.tsx";
import { progressText } from "../progress.tsx";
import { ChooseFiles } from "./choose-files.tsx";
import { FileRow } from "./file-row.tsx";
import { needsMapping, problemFor } from "./import-target.ts";
import styles from "./import-wizard.module.css";
import { RecentFiles } from "./recent-files.tsx";
import { TargetChoice } from "./target-choice.tsx";
import { targetOf, usableFiles, type useImport } from "./use-import.ts";

/** Its table needs the grid, which the window's first paint should not wait for. */
const HistoryPreview = lazy(() => import("./history-preview.tsx"));

interface FilesStepProps {
  readonly work: ReturnType<typeof useImport>;
  readonly onClose: () => void;
}

/** A preview reads whole files: of more it would take too long. */
const previewedFiles = 20;

/** Which files, what each one is, and the columns of those that nobody knows. */
export function FilesStep({ work, onClose }: FilesStepProps) {
  const { state, add, run, cancel, choose } = work;
  const { files, mappings, historyMappings, inspecting, running, failure } = state;
  const [name, setName] = useState("");
  const target = targetOf(state);
  const usable = usableFiles(state);
  const confirmed = target === "history" ? historyMappings : mappings;
  const open = usable.filter((chosen) => needsMapping(chosen, target) && !confirmed[chosen.file.name]).length;
  const ready = usable.length > 0 && open === 0 && !inspecting;
  const words =
    target === "history"
      ? "Import history"
      : target === "parameter-file"
        ? `Import parameter file ${usable[0]?.file.name ?? ""}`
        : target === "panel"
          ? `Import panel of ${usable.length} markets`
          : usable.length > 1
            ? `Import ${usable.length} files`
            : "Import";
  // The preview reads the files again only when they or their columns change.
  const previewed = useMemo(
    () => files.filter((chosen) => problemFor(chosen, "history") === undefined).map(({ file }) => file),
    [files],
  );
  const progress = running?.progress;
  return (
    <>
      <div className={styles.drop}>
        <Icon name="import" size={26} />
        <span>
          Drop files anywhere in this window: positions or account replies, book summaries, tickers, chains, and prices
          or volatilities through time.
          <br />
          JSON or CSV, plain or gzipped; parameter files of clearing houses as XML or positional text. Several files
          together make one portfolio and market, a panel, or one history.
        </span>
        <ChooseFiles first={files.length === 0} onChosen={(chosen) => void add(chosen)} />
      </div>
      {files.length === 0 && <RecentFiles onOpen={(chosen) => void add(chosen)} />}
      {failure && <FailureBanner failure={failure} />}
      {!inspecting && <TargetChoice state={state} onChoose={choose} />}
      {files.length > 0 && (
        <ul className={styles.files} data-many={files.length > 8} aria-label="Chosen files">
          {files.map((chosen) => (
            <FileRow key={chosen.file.name} chosen={chosen} work={work} />
          ))}
        </ul>
      )}
      {target === "history" && ready && !running && previewed.length <= previewedFiles && (
        <Suspense>
          <HistoryPreview files={previewed} mappings={historyMappings} />
        </Suspense>
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
            <Button disabled={!ready} onClick={() => void run(name)}>
              {words}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
