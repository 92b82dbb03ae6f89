import { z } from "zod";
import type { History } from "../../history/index.ts";
import type { ImportReport } from "../../import/index.ts";
import { command, job, query } from "../operation.ts";
import { file, historyMapping } from "../schema.ts";
import { byId, named, nothing } from "./input.ts";
import type { Stored, StoredSummary } from "./stored.ts";

export interface HistoryImportOutcome {
  readonly report: ImportReport;
  /** Under which the history was saved. */
  readonly history: StoredSummary;
  /** What its series show: gaps, duplicates, values that limit the changes. */
  readonly warnings: readonly string[];
}

/** Market snapshots through time, by the ids under which the library holds them. */
export interface Panel {
  readonly name: string;
  /** Ascending in time, one market a time. */
  readonly entries: readonly { readonly asOfMs: number; readonly marketId: string }[];
}

/** Risk factors through time. */
export const historyOperations = {
  "history.list": query<readonly StoredSummary[]>()("Stored histories of risk factors", nothing),
  "history.get": query<Stored<History>>()("One stored history", byId),
  "history.import": job<HistoryImportOutcome>()(
    "Import files of prices, volatilities, funding, rates or margins through time as one history",
    z.strictObject({
      files: z.array(file).min(1).max(1000),
      name: z.string().min(1).max(200).optional().describe("name to save under; default: from the first file"),
      mappings: z.record(z.string(), historyMapping).default({}).describe("file name -> columns of risk factors"),
    }),
  ),
  "history.rename": command<StoredSummary>()("Rename a history", named),
  "history.delete": command<null>()("Delete a history", byId),
} as const;
