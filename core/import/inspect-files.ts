import { finish } from "../base/index.ts";
import { emptyReplyFormat } from "./empty-reply.ts";
import { formatOf, probeOf } from "./format-catalog.ts";
import { genericFormat } from "./generic-csv.ts";
import { genericFields, ownMapping, suggestMapping } from "./generic-field.ts";
import { historyFormatOf, historyProbeOf } from "./history/history-catalog.ts";
import type { FileInspection, ImportFile } from "./import-result.ts";
import { beginsAsParameterFile, openFile } from "./open-file.ts";

const rowsShown = 20;

/**
 * Says what files are, without importing them: the format that claims each; for a CSV no format claims, its first rows with a suggested
 * column mapping; or why it cannot be read. A CSV is read at its beginning only.
 */
export function inspectFiles(files: readonly ImportFile[]): readonly FileInspection[] {
  return files.map((file) => ({ name: file.name, bytes: file.bytes.length, ...inspect(file) }));
}

function inspect(file: ImportFile): Omit<FileInspection, "name" | "bytes"> {
  const document = finish(openFile(file));
  const problem = (rule: string, message: string) => ({
    problem: { severity: "error", file: file.name, rule, message } as const,
  });
  if ("reason" in document) {
    const refused = problem("the file can be read", document.message);
    return beginsAsParameterFile(file) ? { ...refused, parameterFile: true } : refused;
  }
  const format =
    formatOf(probeOf(file, document)) ?? (document.type === "json" ? emptyReplyFormat(document) : undefined);
  if (format !== undefined) return { format: { id: format.id, title: format.title, kind: format.kind } };
  const series = historyFormatOf(historyProbeOf(file.name, document));
  const history = series === undefined ? {} : { history: { id: series.id, title: series.title } };
  if (document.type === "json") {
    if (series !== undefined) return history;
    return problem("the format is known", "the JSON is no reply this program reads");
  }
  const suggested = suggestMapping(document.columns);
  const own = ownMapping(document.columns);
  const named = own === undefined ? undefined : genericFormat(own);
  const fields = genericFields[suggested.kind].map(({ name, required, description }) => ({
    name,
    required,
    description,
  }));
  return {
    ...history,
    ...(named === undefined ? {} : { format: { id: named.id, title: named.title, kind: named.kind } }),
    table: { columns: document.columns, rows: document.sample.slice(0, rowsShown), suggested, fields },
  };
}
