import type { Database } from "better-sqlite3";
import type { StoredMapping } from "../api/contract.ts";
import type { Repository } from "../api/ports.ts";
import { entryRepository } from "./entry-repository.ts";

/** Remembered column mappings of unknown CSV layouts. */
export function mappings(database: Database): Repository<StoredMapping> {
  return entryRepository(database, "mapping");
}
