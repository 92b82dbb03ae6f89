import { z } from "zod";
import type { MarketSnapshot } from "../../market/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import type { ScenarioSet } from "../../scenario/index.ts";
import { command, query } from "../operation.ts";
import { scenarioSet } from "../scenario-schema.ts";
import { file } from "../schema.ts";
import { byId, named, nothing } from "./input.ts";
import type { Stored, StoredSummary } from "./stored.ts";

export interface LibraryInfo {
  readonly path: string;
  readonly schemaVersion: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly bytes: number;
  /** Present when a damaged file was set aside at start. */
  readonly notice?: string;
}

/** What is stored. */
export const libraryOperations = {
  "portfolio.list": query<readonly StoredSummary[]>()("Stored portfolios", nothing),
  "portfolio.get": query<Stored<Portfolio>>()("One stored portfolio", byId),
  "portfolio.rename": command<StoredSummary>()("Rename a portfolio", named),
  "portfolio.edit": command<StoredSummary>()(
    "Save a copy of a portfolio with changed quantities and tags",
    z.strictObject({
      id: z.string(),
      name: z.string().min(1).max(200),
      edits: z.array(z.strictObject({ positionId: z.string(), quantity: z.number() })),
      tags: z
        .array(z.strictObject({ positionId: z.string(), tag: z.string().max(200) }))
        .max(200_000)
        .default([])
        .describe("your own word for what a position belongs to; an empty one takes its tag off"),
    }),
  ),
  "portfolio.delete": command<null>()("Delete a portfolio", byId),
  "market.list": query<readonly StoredSummary[]>()("Stored market snapshots", nothing),
  "market.get": query<Stored<MarketSnapshot>>()("One stored market snapshot", byId),
  "market.rename": command<StoredSummary>()("Rename a market snapshot", named),
  "market.delete": command<null>()("Delete a market snapshot", byId),
  "scenario-set.list": query<readonly StoredSummary[]>()("Stored scenario sets", nothing),
  "scenario-set.get": query<Stored<ScenarioSet>>()("One stored scenario set", byId),
  "scenario-set.save": command<StoredSummary>()(
    "Save a scenario set",
    z.strictObject({ id: z.string().optional(), name: z.string().min(1).max(200), content: scenarioSet }),
  ),
  "scenario-set.delete": command<null>()("Delete a scenario set", byId),
  "library.info": query<LibraryInfo>()("Where the library is and what it holds", nothing),
  "library.export": query<{ readonly bytes: Uint8Array }>()("The whole library as one file", nothing),
  "library.import": command<{ readonly added: number; readonly alreadyHere: number }>()(
    "Add everything of an exported library to this one; nothing here is replaced",
    z.strictObject({ file }),
  ),
} as const;
