import type { Database } from "better-sqlite3";
import type { Repository } from "../api/ports.ts";
import type { ScenarioSet } from "../scenario/index.ts";
import { entryRepository } from "./entry-repository.ts";

/** Stored scenario sets. */
export function scenarioSets(database: Database): Repository<ScenarioSet> {
  return entryRepository(database, "scenario_set");
}
