import { failed, finishWithPauses, type Result, type Steps, success, type Work } from "../base/index.ts";
import { combine } from "./combine.ts";
import { emptyReplyFormat } from "./empty-reply.ts";
import type { Format } from "./format.ts";
import { formatOf, probeOf } from "./format-catalog.ts";
import { genericFormat, mappingFaults } from "./generic-csv.ts";
import { ownMapping } from "./generic-field.ts";
import { historyFormatOf, historyProbeOf } from "./history/history-catalog.ts";
import type { ColumnMapping, ImportedFile, ImportFile, ImportProblem, ImportResult } from "./import-result.ts";
import { type Intake, newIntake, report } from "./intake.ts";
import { type CsvTable, damageOf, type JsonDocument, openFile } from "./open-file.ts";
import { hashSteps, readRows } from "./read-file.ts";

export interface ImportOptions {
  /** File name → mapping, for CSV files no format claims. */
  readonly mappings: Readonly<Record<string, ColumnMapping>>;
  /** Name of the portfolio and the snapshot. */
  readonly name: string;
  readonly work: Work;
  /** Time of the import, UTC milliseconds: used, and shown, where the files state no time. */
  readonly nowMs?: number;
}

interface Opened {
  readonly file: ImportFile;
  readonly sha256: string;
  readonly document: JsonDocument | CsvTable;
  readonly format: Format;
}

/** Instrument lists first: they complete the names of the others. */
const order: readonly ImportedFile["kind"][] = ["instruments", "account", "market", "positions"];

/**
 * Imports files together: positions and account replies become one portfolio, market files one snapshot; where only positions state
 * prices, a snapshot is made of those. Bad rows are left out and reported; good rows are kept.
 *
 * @param files as they arrived, never trusted
 * @returns what the files hold, with the report; a failure when no file can be read at all, or `cancelled`
 */
export async function importFiles(files: readonly ImportFile[], options: ImportOptions): Promise<Result<ImportResult>> {
  const finished = await finishWithPauses(importSteps(files, options), options.work);
  return finished.ok ? finished.value : finished;
}

/** `importFiles` in steps, for work that pauses. */
export function* importSteps(files: readonly ImportFile[], options: ImportOptions): Steps<Result<ImportResult>> {
  const intake = newIntake();
  const opened: Opened[] = [];
  for (const file of files) {
    const found = yield* open(file, options, intake);
    if (found !== undefined) opened.push(found);
  }
  const [refusal] = intake.problems;
  if (opened.length === 0) return nothingRead(refusal, files.length);
  opened.sort((a, b) => order.indexOf(a.format.kind) - order.indexOf(b.format.kind));
  const imported: ImportedFile[] = [];
  for (const { file, sha256, document, format } of opened) {
    intake.file = file.name;
    const counts = yield* readRows(document, format, intake, (done, total) =>
      options.work.progress(done, total, `rows of ${file.name}`),
    );
    options.work.progress(counts.rows, counts.rows, `rows of ${file.name}`);
    imported.push({
      ...{ name: file.name, sha256, format: format.id, formatTitle: format.title, kind: format.kind },
      ...{ rows: counts.rows, rejected: counts.rejected, incomplete: counts.incomplete },
      kept: counts.rows - counts.rejected - counts.leftOut,
    });
  }
  const { portfolio, market } = yield* combine(intake, imported, options);
  const { problems, problemsNotListed, decisions } = intake;
  const hasMarketFile = imported.some(({ kind }) => kind === "market");
  const bookIsSynthetic = isSynthetic(opened, ["positions", "account"]);
  const marketIsSynthetic = hasMarketFile ? isSynthetic(opened, ["market"]) : bookIsSynthetic;
  return success({
    ...(portfolio === undefined ? {} : { portfolio: bookIsSynthetic ? { ...portfolio, synthetic: true } : portfolio }),
    ...(market === undefined ? {} : { market: marketIsSynthetic ? { ...market, synthetic: true } : market }),
    report: { files: imported, problems, problemsNotListed, decisions },
  });
}

/** One generated file is enough: what it is joined with is not real any more. */
function isSynthetic(opened: readonly Opened[], kinds: readonly ImportedFile["kind"][]): boolean {
  return opened.some(
    ({ document, format }) => kinds.includes(format.kind) && document.type === "json" && document.synthetic === true,
  );
}

/** Opens a file and finds its format; reports why when it cannot be read. */
function* open(file: ImportFile, { mappings }: ImportOptions, intake: Intake): Steps<Opened | undefined> {
  intake.file = file.name;
  intake.row = undefined;
  const refuse = (rule: string, message: string) => report(intake, "error", { rule, message });
  const sha256 = yield* hashSteps(file);
  const damage = yield* damageOf(file);
  const document = damage ?? (yield* openFile(file));
  if ("reason" in document) {
    refuse("the file can be read", document.message);
    return undefined;
  }
  const mapping = Object.hasOwn(mappings, file.name) ? mappings[file.name] : undefined;
  if (mapping !== undefined && document.type === "csv") {
    const faults = mappingFaults(mapping, document.columns);
    for (const fault of faults) refuse("the column mapping fits the file", fault);
    return faults.length > 0 ? undefined : { file, sha256, document, format: genericFormat(mapping) };
  }
  const format = formatOf(probeOf(file, document)) ?? unnamedFormat(document);
  if (format !== undefined) return { file, sha256, document, format };
  const history = historyFormatOf(historyProbeOf(file.name, document));
  if (history !== undefined) {
    refuse("the format is known", `the file is a history (${history.title}): import it as one`);
    return undefined;
  }
  refuse(
    "the format is known",
    document.type === "csv"
      ? "no known layout has these columns; map the columns first"
      : "the JSON is no reply this program reads (positions, accounts, book summary, ticker, order book, instruments)",
  );
  return undefined;
}

/** Our own CSV layout, and replies without rows. */
function unnamedFormat(document: JsonDocument | CsvTable): Format | undefined {
  if (document.type === "json") return emptyReplyFormat(document);
  const mapping = ownMapping(document.columns);
  return mapping === undefined ? undefined : genericFormat(mapping);
}

function nothingRead(refusal: ImportProblem | undefined, files: number): Result<ImportResult> {
  if (refusal === undefined) return failed("invalid-input", "no files were given");
  const more = files > 1 ? ` (nor can the other ${files - 1})` : "";
  return failed("parse-error", `${refusal.file} cannot be imported: ${refusal.message}${more}`, refusal.file);
}
