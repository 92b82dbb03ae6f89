import type { ParameterFileHeader } from "../../client/listed.ts";
import type {
  ColumnMapping,
  Failure,
  ImportFile,
  ImportOutcome,
  Output,
  Progress,
  StoredSummary,
} from "../../client/types.ts";
import { startJob } from "../../state/jobs.ts";
import type { HistoryMapping } from "./history-columns.ts";
import type { ImportTarget } from "./import-target.ts";

/** What an import saved, whatever it was. */
export interface AnyOutcome {
  readonly report: ImportOutcome["report"];
  readonly portfolio?: StoredSummary;
  readonly market?: StoredSummary;
  readonly panel?: StoredSummary;
  readonly history?: StoredSummary;
  readonly parameterFile?: StoredSummary;
  /** Of a parameter file: what it holds, what was not understood. */
  readonly header?: ParameterFileHeader;
  /** The library had the same bytes already. */
  readonly alreadyHere?: boolean;
  /** What the series show: gaps, repeated rows, joins. */
  readonly warnings?: readonly string[];
}

interface ImportWork {
  readonly files: readonly ImportFile[];
  readonly mappings: Readonly<Record<string, ColumnMapping>>;
  readonly historyMappings: Readonly<Record<string, HistoryMapping>>;
  /** Empty: the name of the first file. */
  readonly name: string;
}

interface StartedImport {
  readonly id: number;
  readonly result: Promise<
    { readonly ok: true; readonly value: AnyOutcome } | { readonly ok: false; readonly failure: Failure }
  >;
}

/** Starts the operation that makes of files what they are to become. */
export function startImport(
  target: ImportTarget,
  { files: given, mappings, historyMappings, name }: ImportWork,
  onProgress: (progress: Progress) => void,
): StartedImport {
  const files = [...given];
  const named = name === "" ? {} : { name };
  const label = `Import ${files.length === 1 ? files[0]?.name : `${files.length} files`}`;
  const [first] = files;
  if (target === "parameter-file" && first) {
    const job = startJob("parameter-file.import", { file: first, ...named }, { label, onProgress });
    const result = job.result.then((answer) => (answer.ok ? { ok: true as const, value: kept(answer.value) } : answer));
    return { id: job.id, result };
  }
  if (target === "history")
    return startJob("history.import", { files, ...named, mappings: { ...historyMappings } }, { label, onProgress });
  if (target === "panel") return startJob("panel.import", { files, ...named, history: true }, { label, onProgress });
  return startJob("import.run", { files, ...named, mappings: { ...mappings } }, { label, onProgress });
}

const noReport: ImportOutcome["report"] = { files: [], decisions: [], problems: [], problemsNotListed: 0 };

function kept({ file, header, alreadyHere }: Output<"parameter-file.import">): AnyOutcome {
  return { report: noReport, parameterFile: file, header, alreadyHere };
}
