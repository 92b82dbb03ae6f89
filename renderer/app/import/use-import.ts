import { useCallback, useEffect, useRef, useState } from "react";
import { call } from "../../client/index.ts";
import { pathOfFile } from "../../client/shell.ts";
import type { ColumnMapping, Failure, ImportFile, Progress } from "../../client/types.ts";
import { jobsStore } from "../../state/jobs.ts";
import { libraryStore } from "../../state/library.ts";
import type { HistoryMapping } from "./history-columns.ts";
import { type ImportTarget, type Inspected, mostBookFiles, problemFor, suggestedTarget } from "./import-target.ts";
import { type AnyOutcome, startImport } from "./start-import.ts";

export interface ChosenFile extends Inspected {
  readonly file: ImportFile;
}

export interface ImportState {
  readonly files: readonly ChosenFile[];
  /** What the user wants the files to become; absent: what they most probably are. */
  readonly chosenTarget: ImportTarget | undefined;
  /** File name -> mapping that the user has confirmed. */
  readonly mappings: Readonly<Record<string, ColumnMapping>>;
  /** The same of files read as a history. */
  readonly historyMappings: Readonly<Record<string, HistoryMapping>>;
  readonly inspecting: boolean;
  readonly running: { readonly jobId: number; readonly progress?: Progress } | undefined;
  readonly failure: Failure | undefined;
  readonly outcome: AnyOutcome | undefined;
}

const nothing: ImportState = {
  files: [],
  chosenTarget: undefined,
  mappings: {},
  historyMappings: {},
  inspecting: false,
  running: undefined,
  failure: undefined,
  outcome: undefined,
};

/** What the files become now. */
export const targetOf = ({ files, chosenTarget }: ImportState): ImportTarget => chosenTarget ?? suggestedTarget(files);

/** Files that can be used for it; parameter files are read one at a time. */
export function usableFiles(state: ImportState): ChosenFile[] {
  const target = targetOf(state);
  const usable = state.files.filter((file) => problemFor(file, target) === undefined);
  return target === "parameter-file" ? usable.slice(0, 1) : usable;
}

/** The work behind the import wizard: read files, ask what they are, import them with progress. */
export function useImport() {
  const [state, setState] = useState<ImportState>(nothing);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  }, [state]);
  const change = useCallback((part: Partial<ImportState>) => setState((before) => ({ ...before, ...part })), []);

  const inspect = useCallback(
    async (files: readonly ImportFile[]) => {
      if (files.length === 0) {
        change({ files: [], inspecting: false, chosenTarget: undefined });
        return;
      }
      change({ files: files.map((file) => ({ file })), inspecting: true, failure: undefined, outcome: undefined });
      // More files than one book can have are of many times.
      const [books, pasts] = await Promise.all([
        files.length <= mostBookFiles ? call("import.inspect", { files: [...files] }) : undefined,
        call("history.inspect", { files: [...files] }),
      ]);
      if (books?.ok === false || !pasts.ok) {
        const failure = books?.ok === false ? books.failure : pasts.ok ? undefined : pasts.failure;
        change({ inspecting: false, failure });
        return;
      }
      change({
        inspecting: false,
        files: files.map((file, place) => ({
          file,
          inspection: books?.value.find(({ name }) => name === file.name) ?? books?.value[place],
          past: pasts.value.find(({ name }) => name === file.name) ?? pasts.value[place],
        })),
      });
    },
    [change],
  );

  const add = useCallback(
    async (added: readonly File[]) => {
      const read = await Promise.all(
        added.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
      );
      for (const file of added) {
        const path = pathOfFile(file);
        if (path !== undefined) void call("recent.add", { path, name: file.name });
      }
      const names = new Set(read.map(({ name }) => name));
      const kept = latest.current.files.map(({ file }) => file).filter(({ name }) => !names.has(name));
      await inspect([...kept, ...read]);
    },
    [inspect],
  );

  const remove = useCallback(
    (name: string) => inspect(latest.current.files.map(({ file }) => file).filter((file) => file.name !== name)),
    [inspect],
  );

  const confirm = useCallback(
    (name: string, mapping: ColumnMapping | undefined) =>
      setState((before) => ({ ...before, mappings: withEntry(before.mappings, name, mapping) })),
    [],
  );

  const confirmHistory = useCallback(
    (name: string, mapping: HistoryMapping | undefined) =>
      setState((before) => ({ ...before, historyMappings: withEntry(before.historyMappings, name, mapping) })),
    [],
  );

  const choose = useCallback((chosenTarget: ImportTarget) => change({ chosenTarget }), [change]);

  const run = useCallback(
    async (name: string) => {
      const files = usableFiles(latest.current).map(({ file }) => file);
      const { mappings, historyMappings } = latest.current;
      const started = startImport(
        targetOf(latest.current),
        { files, mappings, historyMappings, name: name.trim() },
        (progress) => change({ running: { jobId: started.id, progress } }),
      );
      change({ running: { jobId: started.id }, failure: undefined });
      const answer = await started.result;
      change({ running: undefined, ...(answer.ok ? { outcome: answer.value } : { failure: answer.failure }) });
      if (answer.ok) void libraryStore.getState().refresh();
    },
    [change],
  );

  const cancel = useCallback(() => {
    if (latest.current.running) jobsStore.getState().cancel(latest.current.running.jobId);
  }, []);

  const startOver = useCallback(() => setState(nothing), []);

  return { state, add, remove, confirm, confirmHistory, choose, run, cancel, startOver };
}

function withEntry<T>(entries: Readonly<Record<string, T>>, name: string, entry: T | undefined): Record<string, T> {
  const { [name]: _, ...others } = entries;
  return entry === undefined ? others : { ...others, [name]: entry };
}
