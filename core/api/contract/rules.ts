import { z } from "zod";
import type { RuleEffect } from "../../explain/index.ts";
import type { Accuracy } from "../../methodology/index.ts";
import type { ResolvedRules, Rulebook } from "../../rulebook/index.ts";
import { command, job, query } from "../operation.ts";
import { marginRequest, override, rulesChoice } from "../schema.ts";
import { byId, nothing } from "./input.ts";
import type { Stored, StoredSummary } from "./stored.ts";

/** Rules of one side of a rule change. */
const ruleSide = z.strictObject({ rules: rulesChoice, overrides: z.array(override).max(1000).default([]) });

const effectRequest = marginRequest
  .omit({ rules: true, overrides: true })
  .extend({ from: ruleSide.describe("earlier rules"), to: ruleSide.describe("later rules") });

export interface MethodologySummary {
  readonly id: string;
  readonly title: string;
  readonly venue: string;
  readonly accuracy: Accuracy;
  readonly versions: readonly { readonly name: string; readonly effectiveFrom: string; readonly byNameOnly: boolean }[];
}

export interface MethodologyDetail extends MethodologySummary {
  readonly rulebook: Rulebook;
  /** JSON Schema of the parameters, with descriptions. */
  readonly rulesSchema: unknown;
  /** Markdown; its numbered headings are the rule references of statement lines. */
  readonly document: string;
}

export interface ParameterDifference {
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

export interface StoredOverrides {
  readonly methodology: string;
  readonly overrides: readonly z.output<typeof override>[];
}

/** Methodologies, their rulebooks, and changes to them. */
export const rulesOperations = {
  "methodology.list": query<readonly MethodologySummary[]>()(
    "List methodologies and the versions of their rules",
    nothing,
  ),
  "methodology.get": query<MethodologyDetail>()("One methodology: rules schema, rulebook, document", byId),
  "rulebook.resolve": query<ResolvedRules>()(
    "Parameters of a methodology by day or name, with overrides",
    z.strictObject({ methodology: z.string(), rules: rulesChoice, overrides: z.array(override).default([]) }),
  ),
  "rulebook.difference": query<readonly ParameterDifference[]>()(
    "What differs between two versions of a rulebook",
    z.strictObject({ methodology: z.string(), from: z.string(), to: z.string() }),
  ),
  "rulebook.effect": job<RuleEffect>()(
    "What a change of rules does to the margin of a book: by line and by position",
    effectRequest,
  ),
  "overrides.list": query<readonly StoredSummary[]>()("Stored sets of rulebook overrides", nothing),
  "overrides.get": query<Stored<StoredOverrides>>()("One stored set of overrides", byId),
  "overrides.save": command<StoredSummary>()(
    "Save a set of rulebook overrides",
    z.strictObject({
      id: z.string().optional(),
      name: z.string().min(1).max(200),
      content: z.strictObject({ methodology: z.string(), overrides: z.array(override) }),
    }),
  ),
  "overrides.delete": command<null>()("Delete a set of overrides", byId),
} as const;
