import { z } from "zod";
import type { ColumnMapping, FileInspection, ImportReport } from "../../import/index.ts";
import { command, job, query } from "../operation.ts";
import { columnMapping, file } from "../schema.ts";
import { byId, nothing } from "./input.ts";
import type { StoredSummary } from "./stored.ts";

export interface ImportOutcome {
  readonly report: ImportReport;
  /** Ids under which the portfolio and the market were saved. */
  readonly portfolio?: StoredSummary;
  readonly market?: StoredSummary;
  /** Of the sample of listed products. */
  readonly parameterFile?: StoredSummary;
}

export interface StoredMapping {
  /** Column names joined, the key by which it is remembered. */
  readonly signature: string;
  readonly mapping: ColumnMapping;
}

export interface RecentFile {
  readonly path: string;
  readonly name: string;
  readonly openedAtMs: number;
}

/** Files coming in. */
export const importOperations = {
  "import.inspect": query<readonly FileInspection[]>()(
    "What files are, before importing them",
    z.strictObject({ files: z.array(file).min(1).max(50) }),
  ),
  "import.run": job<ImportOutcome>()(
    "Import files and save what they hold in the library",
    z.strictObject({
      files: z.array(file).min(1).max(50),
      name: z.string().min(1).max(200).optional().describe("name to save under; default: from the first file"),
      mappings: z.record(z.string(), columnMapping).default({}).describe("file name -> column mapping"),
    }),
  ),
  "import.listed-sample": job<ImportOutcome>()(
    "Save the synthetic sample of listed products in the library: shares and options of a worked example of netting",
    nothing,
  ),
  "mapping.list": query<readonly StoredSummary[]>()("Remembered column mappings", nothing),
  "mapping.delete": command<null>()("Forget a column mapping", byId),
  "recent.list": query<readonly RecentFile[]>()("Recent files, newest first", nothing),
  "recent.add": command<null>()(
    "Remember a file",
    z.strictObject({ path: z.string().min(1), name: z.string().min(1) }),
  ),
  "recent.clear": command<null>()("Forget all recent files", nothing),
} as const;
