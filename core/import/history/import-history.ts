import { failed, finishWithPauses, type Result, type Steps, success, type Work } from "../../base/index.ts";
import { buildSeries, type History, type Series, saidOnce, tornWarning } from "../../history/index.ts";
import type { Format } from "../format.ts";
import { formatOf, probeOf } from "../format-catalog.ts";
import type { ImportedFile, ImportFile, ImportProblem, ImportReport } from "../import-result.ts";
import { report } from "../intake.ts";
import { type CsvTable, damageOf, type JsonDocument, openFile } from "../open-file.ts";
import { hashSteps, readRows } from "../read-file.ts";
import { historyFormatOf, historyProbeOf } from "./history-catalog.ts";
import type { HistoryFormat, HistoryProbe } from "./history-format.ts";
import { type HistoryIntake, newHistoryIntake } from "./history-intake.ts";
import { type HistoryMapping, historyMappingFaults, mappedHistoryFormat } from "./mapped-history.ts";
import { readMarketFile } from "./market-panel.ts";

export interface HistoryImportOptions {
  readonly name: string;
  /** File name -> which columns are which factors, for files no layout claims. */
  readonly mappings?: Readonly<Record<string, HistoryMapping>>;
  readonly work: Work;
}

export interface HistoryImport {
  readonly history: History;
  readonly report: ImportReport;
}

/**
 * Imports files together into one history. Files are read one after the other and let go, so that a panel of many large files needs the
 * memory of one. Bad rows are left out and reported; good rows are kept.
 *
 * @param files as they arrived, never trusted
 * @returns the history with the report; a failure when no file holds an observation, or `cancelled`
 */
export async function importHistory(
  files: readonly ImportFile[],
  options: HistoryImportOptions,
): Promise<Result<HistoryImport>> {
  const finished = await finishWithPauses(importSteps(files, options), options.work);
  return finished.ok ? finished.value : finished;
}

function* importSteps(files: readonly ImportFile[], options: HistoryImportOptions): Steps<Result<HistoryImport>> {
  const intake = newHistoryIntake();
  const imported: ImportedFile[] = [];
  for (const [index, file] of files.entries()) {
    options.work.progress(index, files.length, "files");
    const read = yield* readHistoryFile(file, options, intake);
    if (read !== undefined) imported.push(read);
  }
  options.work.progress(files.length, files.length, "files");
  const { problems, problemsNotListed, decisions, drafts } = intake;
  const drawn = [...drafts.values()].filter(({ observations }) => observations.length > 0);
  if (drawn.length === 0) return nothingRead(problems, files);

  const series: Series[] = [];
  const torn = tornWarning(intake.torn);
  const all: History["warnings"][number][] = torn === undefined ? [] : [torn];
  for (const { head, observations, breaksMs } of drawn) {
    const built = buildSeries(head, observations);
    const breaks = [...breaksMs].sort((a, b) => a - b);
    series.push(breaks.length === 0 ? built.series : { ...built.series, breaksMs: breaks });
    all.push(...built.warnings);
    yield;
  }
  series.sort((a, b) => (a.factor < b.factor ? -1 : 1));
  const sources = imported.map(({ name, sha256, rejected }) => ({
    ...{ name, sha256 },
    ...(rejected > 0 ? { rejected } : {}),
  }));
  const history: History = {
    ...{ name: options.name, series, warnings: saidOnce(all), sources },
    ...(intake.synthetic ? { synthetic: true } : {}),
  };
  return success({ history, report: { files: imported, problems, problemsNotListed, decisions } });
}

/** Reads one file into the intake; reports why when it cannot be read. */
function* readHistoryFile(
  file: ImportFile,
  { mappings = {} }: HistoryImportOptions,
  intake: HistoryIntake,
): Steps<ImportedFile | undefined> {
  intake.file = file.name;
  intake.row = undefined;
  const refuse = (rule: string, message: string) => {
    report(intake, "error", { rule, message });
    return undefined;
  };
  const sha256 = yield* hashSteps(file);
  const damage = yield* damageOf(file);
  const document = damage ?? (yield* openFile(file));
  if ("reason" in document) return refuse("the file can be read", document.message);
  const probe = historyProbeOf(file.name, document);
  const mapping = Object.hasOwn(mappings, file.name) ? mappings[file.name] : undefined;
  if (mapping !== undefined) {
    const faults = historyMappingFaults(mapping, probe);
    for (const fault of faults) refuse("the column mapping fits the file", fault);
    if (faults.length > 0) return undefined;
  }
  const format = mapping === undefined ? historyFormatOf(probe) : mappedHistoryFormat(mapping);
  if (format === undefined && isMarketFile(file, document)) return yield* readMarketFile(file, intake);
  if (format === undefined)
    return refuse("the layout is known", "no known layout of a history; map the columns to risk factors first");
  if (isSynthetic(document)) intake.synthetic = true;
  const counts = yield* readRows(document, rowFormatOf(format, probe, intake), intake, () => {});
  return {
    ...{ name: file.name, sha256, format: format.id, formatTitle: format.title, kind: "history" },
    ...{ rows: counts.rows, rejected: counts.rejected, incomplete: counts.incomplete },
    kept: counts.rows - counts.rejected - counts.leftOut,
  };
}

/** A layout of histories as the reader of rows takes one. */
function rowFormatOf(format: HistoryFormat, probe: HistoryProbe, intake: HistoryIntake): Format {
  const { id, title, rows } = format;
  const reader = format.open(probe, intake);
  return {
    ...{ id, title, kind: "history", claims: () => true, read: reader.read },
    ...(rows === undefined ? {} : { rows }),
    *finish() {
      yield;
      reader.finish?.();
    },
  };
}

/** A chain or other market data of one instant: one time of a panel. */
function isMarketFile(file: ImportFile, document: JsonDocument | CsvTable): boolean {
  return formatOf(probeOf(file, document))?.kind === "market";
}

/** Generated files say so: a member `synthetic` of a reply, a comment `# synthetic` before the header of a table. */
function isSynthetic(document: JsonDocument | CsvTable): boolean {
  if (document.type === "json") return document.synthetic === true;
  return document.comments.some((comment) => /^#\s*synthetic\b/i.test(comment));
}

function nothingRead(problems: readonly ImportProblem[], files: readonly ImportFile[]): Result<HistoryImport> {
  const [first] = problems.filter(({ severity }) => severity === "error");
  if (files.length === 0) return failed("invalid-input", "no files were given");
  const more = files.length > 1 ? ` (nor do the other ${files.length - 1})` : "";
  const [{ name = "" } = {}] = files;
  const file = first?.file ?? name;
  const why = first === undefined ? "" : `: ${first.message}`;
  const at = first?.row === undefined ? file : `${file}:${first.row}`;
  return failed("missing-data", `${file} holds no observations${why}${more}`, at);
}
