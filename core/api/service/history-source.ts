import { type Result, success, type Work } from "../../base/index.ts";
import type { History } from "../../history/index.ts";
import { type HistoryMapping, type ImportReport, importHistory } from "../../import/index.ts";
import { plainOf } from "../codec.ts";
import type { HistorySource } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { importFileOf, nameOfFiles } from "./files.ts";
import { keptEntries } from "./kept-entries.ts";

/** A history and what the import said when it was files. */
interface SourcedHistory {
  readonly content: History;
  readonly report?: ImportReport;
}

/** Finds the history a request names: stored, in files of the request, or the sample. Equal contents are one object. */
export function historyReader(ports: Ports): (source: HistorySource, work: Work) => Promise<Result<SourcedHistory>> {
  const fromStore = keptEntries(ports, "history", () => ports.store.histories);
  let sample: SourcedHistory | undefined;
  return async (source, work) => {
    if ("id" in source) return fromStore(source.id);
    if ("files" in source) {
      const files = source.files.map(importFileOf);
      // Members that are undefined are left out, as the type of a mapping asks.
      const mappings = plainOf(source.mappings ?? {}) as Readonly<Record<string, HistoryMapping>>;
      const imported = await importHistory(files, { name: nameOfFiles(files), mappings, work });
      if (!imported.ok) return imported;
      return success({ content: imported.value.history, report: imported.value.report });
    }
    if (sample !== undefined) return success(sample);
    const imported = await importHistory(ports.resources.sample().history, { name: "Synthetic sample", work });
    if (!imported.ok) return imported;
    sample = { content: { ...imported.value.history, synthetic: true }, report: imported.value.report };
    return success(sample);
  };
}
