import { z } from "zod";
import type { ArrayFit, ParameterFileHeader } from "../../parameter-file/index.ts";
import { command, job, query } from "../operation.ts";
import { file, parameterFileSource } from "../schema.ts";
import { byId, nothing } from "./input.ts";
import type { Stored, StoredSummary } from "./stored.ts";

/** What a list shows of a parameter file. */
export interface ParameterFileSummary extends StoredSummary {
  readonly clearingHouse: string;
  /** Business day, ISO. */
  readonly date: string;
  readonly cycle: string;
}

export interface ParameterFileOutcome {
  readonly file: ParameterFileSummary;
  readonly header: ParameterFileHeader;
  /** The same bytes were in the library already; nothing was saved. */
  readonly alreadyHere: boolean;
}

/** Arrays made from the file's prices and ranges against those printed in it. */
export interface ArrayComparison {
  readonly name: string;
  readonly lookAheadYears: number;
  readonly base: "theoretical" | "settlement";
  /** One entry a family. */
  readonly fits: readonly ArrayFit[];
}

/** Parameter files of clearing houses: risk arrays, spreads, credits. */
export const parameterFileOperations = {
  "parameter-file.list": query<readonly ParameterFileSummary[]>()(
    "Stored parameter files, newest business day first",
    nothing,
  ),
  "parameter-file.get": query<Stored<ParameterFileHeader>>()("One stored parameter file without its contracts", byId),
  "parameter-file.import": job<ParameterFileOutcome>()(
    "Read a parameter file piece by piece and save it in the library",
    z.strictObject({ file, name: z.string().min(1).max(200).optional().describe("default: house, day and cycle") }),
  ),
  "parameter-file.summary": job<ParameterFileHeader>()(
    "What a parameter file holds, what is wrong with it and what is not understood",
    z.strictObject({ parameterFile: parameterFileSource }),
  ),
  "parameter-file.arrays": job<ArrayComparison>()(
    "Arrays made from prices, volatilities and scan ranges, compared with the printed ones value by value",
    z.strictObject({
      parameterFile: parameterFileSource,
      product: z.string().min(1).optional().describe("default: every family"),
      lookAheadYears: z
        .number()
        .nonnegative()
        .default(1 / 252)
        .describe("time that passes before the revaluation"),
      base: z.enum(["theoretical", "settlement"]).default("theoretical"),
    }),
  ),
  "parameter-file.delete": command<null>()("Delete a parameter file", byId),
} as const;
