import { formatQuantity } from "../../base/format.ts";
import { failed, isoDate, success } from "../../base/index.ts";
import {
  coverageOf,
  type History,
  historyCsv,
  jointChangesOf,
  type MergePart,
  mergeHistories,
} from "../../history/index.ts";
import { type HistoryMapping, importHistory, inspectHistoryFiles } from "../../import/index.ts";
import { plainOf } from "../codec.ts";
import type { Ports } from "../ports.ts";
import { entries } from "./entries.ts";
import { fileNameOf } from "./file-name.ts";
import { importFileOf, nameOfFiles } from "./files.ts";
import { filteredHistory, historyCorrelation, seriesNamed } from "./history-study.ts";
import type { ServicePart } from "./part.ts";
import type { Sources } from "./source.ts";

/** Stored histories of risk factors. */
export function history(ports: Ports, sources: Sources): ServicePart<"history"> {
  const stored = entries<History>(ports, "history", () => ports.store.histories);
  return {
    "history.list": stored.list,
    "history.get": ({ id }) => stored.get(id),
    "history.inspect": ({ files }) => success(inspectHistoryFiles(files.map(importFileOf))),
    "history.import": async ({ files: given, name, mappings: chosen }, work) => {
      const files = given.map(importFileOf);
      // Members that are undefined are left out, as the types of the stages ask.
      const mappings = plainOf(chosen) as Readonly<Record<string, HistoryMapping>>;
      const imported = await importHistory(files, { name: name ?? nameOfFiles(files), mappings, work });
      if (!imported.ok) return imported;
      // From here on the library changes, so this is the last moment to cancel.
      if (work.cancelled()) return failed("cancelled", "the import was cancelled; nothing was saved");
      const { history: content, report } = imported.value;
      const saved = stored.save({ name: content.name, note: historyNote(content), content });
      if (!saved.ok) return saved;
      const warnings = content.warnings.map(({ message }) => message);
      return success({ report, history: saved.value, warnings });
    },
    "history.summary": async ({ history: source }, work) => {
      const found = await sources.history(source, work);
      if (!found.ok) return found;
      const { content, report } = found.value;
      const warnings = content.warnings.map(({ message }) => message);
      const { name, synthetic = false } = content;
      const reported = report === undefined ? {} : { report };
      return success({ name, synthetic, series: coverageOf(content), warnings, ...reported });
    },
    "history.changes": async ({ history: source, factors, ...request }, work) => {
      const found = await sources.history(source, work);
      if (!found.ok) return found;
      const series = seriesNamed(found.value.content, factors);
      if (!series.ok) return series;
      return jointChangesOf(series.value, plainOf(request) as Parameters<typeof jointChangesOf>[1]);
    },
    "history.filter": (input, work) => filteredHistory(input, sources, work),
    "history.correlation": (input, work) => historyCorrelation(input, sources, work),
    "history.merge": ({ name, parts }) => {
      const found: MergePart[] = [];
      for (const { id, factors, append } of parts) {
        const entry = stored.get(id);
        if (!entry.ok) return entry;
        found.push({ history: entry.value.content, append, ...(factors === undefined ? {} : { factors }) });
      }
      const merged = mergeHistories(name, found);
      return merged.ok ? stored.save({ name, note: historyNote(merged.value), content: merged.value }) : merged;
    },
    "history.export": ({ id }) => {
      const entry = stored.get(id);
      if (!entry.ok) return entry;
      return success({
        name: `${fileNameOf(entry.value.name, "history")}_history.csv`,
        mediaType: "text/csv",
        text: historyCsv(entry.value.content),
      });
    },
    "history.rename": ({ id, name }) => stored.rename(id, name),
    "history.delete": ({ id }) => stored.remove(id),
  };
}

/** What a list shows of a history: `3 series, 2025-12-30 to 2026-08-22`. */
export function historyNote({ series, synthetic }: History): string {
  const first = Math.min(...series.map(({ timesMs }) => timesMs[0] ?? Number.POSITIVE_INFINITY));
  const last = Math.max(...series.map(({ timesMs }) => timesMs.at(-1) ?? Number.NEGATIVE_INFINITY));
  return `${formatQuantity(series.length)} series, ${isoDate(first)} to ${isoDate(last)}${synthetic === true ? ", synthetic" : ""}`;
}
