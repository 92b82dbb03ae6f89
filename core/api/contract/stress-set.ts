import { z } from "zod";
import {
  approvalStates,
  type FactorBetas,
  type FactorClass,
  type StressSet,
  type StressSetProblem,
  stressSet as stressSetContent,
} from "../../scenario/index.ts";
import { command, job, query } from "../operation.ts";
import { file, marginRequest } from "../schema.ts";
import { byId, named, nothing } from "./input.ts";
import type { StoredSummary } from "./stored.ts";

/** `shipped` comes with the program, `venue` is derived from a methodology: both are read only. */
export type StressSetPlace = "shipped" | "venue" | "library";

export interface StressSetSummary extends StoredSummary {
  readonly place: StressSetPlace;
  readonly readOnly: boolean;
  readonly owner: string;
  readonly approval: (typeof approvalStates)[number];
  readonly tags: readonly string[];
  readonly scenarios: number;
  /** Of the history, from 1; 0 of sets that have none. */
  readonly version: number;
  /** Name of the set it began as a copy of. */
  readonly copyOf?: string;
  readonly deleted?: true;
}

export interface StoredStressSet extends StressSetSummary {
  readonly content: StressSet;
}

export const stressSetChanges = ["saved", "renamed", "approval", "restored", "undone", "deleted"] as const;
export type StressSetChange = (typeof stressSetChanges)[number];

/** One state of a set: what it was from then on. */
export interface StressSetVersion {
  /** From 1, rising; a number is never used again. */
  readonly number: number;
  readonly change: StressSetChange;
  readonly name: string;
  readonly owner: string;
  readonly approval: (typeof approvalStates)[number];
  readonly scenarios: number;
  readonly savedAtMs: number;
  /** In the words of who changed it; of changes that need none, what was done. */
  readonly note: string;
  readonly sha256: string;
  /** The version that `undo` goes back to, while this one is current. */
  readonly before?: number;
  readonly current: boolean;
}

/** A file made of a set. */
export interface StressSetFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface StressSetImport {
  /** Absent when only looked at. */
  readonly saved?: StressSetSummary;
  readonly content: StressSet;
  readonly format: string;
  /** What is wrong, with file, row, column, value and rule. A scenario with a wrong shock is left out whole. */
  readonly problems: readonly StressSetProblem[];
  /** Scenarios that were left out, by id. */
  readonly leftOut: readonly string[];
  /** Choices the reader made, in words. */
  readonly decisions: readonly string[];
}

/** The scenarios of a method as a set, read only: `stress-set.save` with its id makes a copy. */
export interface MethodologySet {
  readonly set: StoredStressSet;
  /** Scenario sets of the method that say no moves of prices and volatilities, with the reason. */
  readonly omitted: readonly { readonly set: string; readonly reason: string }[];
}

/** What `resolveFactors` uses; betas are off unless a question turns them on. */
export interface FactorTables {
  readonly classes: readonly FactorClass[];
  readonly betas: FactorBetas;
}

const note = z.string().max(1000).default("").describe("why, for the history");
const expected = z
  .int()
  .min(0)
  .optional()
  .describe("version that was looked at: a set changed since then is not overwritten");

/** The scenario library: sets of scenarios with their history. */
export const stressSetOperations = {
  "stress-set.list": query<readonly StressSetSummary[]>()(
    "Sets of stress scenarios: those that ship with the program first, then stored ones, newest first",
    z.strictObject({ deleted: z.boolean().default(false).describe("also deleted sets, which `undo` brings back") }),
  ),
  "stress-set.get": query<StoredStressSet>()(
    "One set of stress scenarios, now or as it was in a version",
    byId.extend({ version: z.int().min(1).optional() }),
  ),
  "stress-set.check": query<readonly StressSetProblem[]>()(
    "What is wrong with a set of stress scenarios, by scenario, shock and rule; nothing when it may be saved",
    z.strictObject({ content: z.unknown() }),
  ),
  "stress-set.save": command<StressSetSummary>()(
    "Save a set of stress scenarios: a new one, a new version of a stored one, or a copy of one that is read only",
    z.strictObject({
      id: z.string().min(1).optional().describe("default: a new set. A read-only set is copied"),
      content: stressSetContent.describe("`approval` is ignored: `stress-set.set-approval` changes it"),
      note,
      expected,
    }),
  ),
  "stress-set.copy": command<StressSetSummary>()(
    "Copy a set, to edit it",
    byId.extend({ name: z.string().min(1).max(200).optional().describe("default: `Copy of …`") }),
  ),
  "stress-set.rename": command<StressSetSummary>()("Rename a set of stress scenarios", named),
  "stress-set.delete": command<null>()(
    "Delete a set of stress scenarios; `undo` brings it back",
    byId.extend({ forever: z.boolean().default(false).describe("with all its versions: cannot be undone") }),
  ),
  "stress-set.history": query<readonly StressSetVersion[]>()("Versions of a set, newest first", byId),
  "stress-set.restore": command<StressSetSummary>()(
    "Make an earlier version of a set the current one; the versions between stay in the history",
    byId.extend({ version: z.int().min(1), note, expected }),
  ),
  "stress-set.undo": command<StressSetSummary>()(
    "Undo the last change of a set, a deletion as well; again for the change before it",
    byId.extend({ expected }),
  ),
  "stress-set.set-approval": command<StressSetSummary>()(
    "Say whether a set is a draft, proposed, approved or retired; an edit makes it a draft again",
    byId.extend({ approval: z.enum(approvalStates), note, expected }),
  ),
  "stress-set.import": job<StressSetImport>()(
    "Read a set of stress scenarios from a JSON, CSV or Excel file and save it",
    z.strictObject({
      file,
      name: z.string().min(1).max(200).optional().describe("default: that of the file's content, or of the file"),
      save: z.boolean().default(true).describe("false: only look"),
    }),
  ),
  "stress-set.export": job<StressSetFile>()(
    "A set of stress scenarios as a file: JSON (all of it), CSV or Excel (a row a shock)",
    z.strictObject({
      id: z.string().min(1).optional(),
      content: stressSetContent.optional().describe("instead of an id: a set that is not stored, such as a venue's"),
      format: z.enum(["json", "csv", "xlsx"]),
    }),
  ),
  "stress-set.of-methodology": job<MethodologySet>()(
    "The scenarios of a method for a book under its rules, as a read-only set",
    marginRequest.extend({
      map: z.boolean().default(true).describe("hold the book in the instruments of the method's venue"),
    }),
  ),
  "stress-set.factors": query<FactorTables>()(
    "Classes of factors, and the default betas by which a factor without a figure may follow another",
    nothing,
  ),
} as const;
