import type { Database } from "better-sqlite3";
import type { StoredOverrides } from "../api/contract.ts";
import type { Repository } from "../api/ports.ts";
import { entryRepository } from "./entry-repository.ts";

/** Stored sets of rulebook overrides. */
export function overrideSets(database: Database): Repository<StoredOverrides> {
  return entryRepository(database, "override_set");
}
