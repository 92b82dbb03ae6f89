import type { Database } from "better-sqlite3";
import type { Repository } from "../api/ports.ts";
import type { History } from "../history/index.ts";
import { entryRepository } from "./entry-repository.ts";

/** Stored histories of risk factors. */
export function histories(database: Database): Repository<History> {
  return entryRepository(database, "history");
}
