import { formatQuantity } from "../../base/format.ts";
import { failed, isoDate, success } from "../../base/index.ts";
import type { History } from "../../history/index.ts";
import { type HistoryMapping, importHistory } from "../../import/index.ts";
import { plainOf } from "../codec.ts";
import type { Ports } from "../ports.ts";
import { entries } from "./entries.ts";
import { importFileOf, nameOfFiles } from "./files.ts";
import type { ServicePart } from "./part.ts";

/** Stored histories of risk factors. */
export function history(ports: Ports): ServicePart<"history"> {
  const stored = entries<History>(ports, "history", () => ports.store.histories);
  return {
    "history.list": stored.list,
    "history.get": ({ id }) => stored.get(id),
    "history.import": async ({ files: given, name, mappings: chosen }, work) => {
      const files = given.map(importFileOf);
      // Members that are undefined are left out, as the type of a mapping asks.
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
