import { useCallback, useEffect, useRef, useState } from "react";
import { call } from "../../client/index.ts";
import { pathOfFile } from "../../client/shell.ts";
import type {
  ColumnMapping,
  Failure,
  FileInspection,
  ImportFile,
  ImportOutcome,
  Progress,
} from "../../client/types.ts";
import { jobsStore, startJob } from "../../state/jobs.ts";
import { libraryStore } from "../../state/library.ts";

export interface ChosenFile {
  readonly file: ImportFile;
  readonly inspection?: FileInspection;
}

export interface ImportState {
  readonly files: readonly ChosenFile[];
  /** File name -> mapping that the user has confirmed. */
  readonly mappings: Readonly<Record<string, ColumnMapping>>;
  readonly inspecting: boolean;
  readonly running: { readonly jobId: number; readonly progress?: Progress } | undefined;
  readonly failure: Failure | undefined;
  readonly outcome: ImportOutcome | undefined;
}

const nothing: ImportState = {
  files: [],
  mappings: {},
  inspecting: false,
  running: undefined,
  failure: undefined,
  outcome: undefined,
};

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
        change({ files: [], inspecting: false });
        return;
      }
      change({ files: files.map((file) => ({ file })), inspecting: true, failure: undefined, outcome: undefined });
      const answer = await call("import.inspect", { files: [...files] });
      if (!answer.ok) {
        change({ inspecting: false, failure: answer.failure });
        return;
      }
      const inspections = answer.value;
      change({
        inspecting: false,
        files: files.map((file, place) => {
          const inspection = inspections.find(({ name }) => name === file.name) ?? inspections[place];
          return inspection ? { file, inspection } : { file };
        }),
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
      setState((before) => {
        const { [name]: _, ...others } = before.mappings;
        return { ...before, mappings: mapping ? { ...others, [name]: mapping } : others };
      }),
    [],
  );

  const run = useCallback(
    async (name: string) => {
      const { files, mappings } = latest.current;
      const usable = files.filter(({ inspection }) => inspection?.problem === undefined).map(({ file }) => file);
      const job = startJob(
        "import.run",
        { files: usable, mappings: { ...mappings }, ...(name.trim() !== "" && { name: name.trim() }) },
        {
          label: `Import ${usable.length === 1 ? usable[0]?.name : `${usable.length} files`}`,
          onProgress: (progress) => change({ running: { jobId: job.id, progress } }),
        },
      );
      change({ running: { jobId: job.id }, failure: undefined });
      const answer = await job.result;
      change({ running: undefined, ...(answer.ok ? { outcome: answer.value } : { failure: answer.failure }) });
      if (answer.ok) void libraryStore.getState().refresh();
    },
    [change],
  );

  const cancel = useCallback(() => {
    if (latest.current.running) jobsStore.getState().cancel(latest.current.running.jobId);
  }, []);

  const startOver = useCallback(() => setState(nothing), []);

  return { state, add, remove, confirm, run, cancel, startOver };
}
