import type { Database } from "better-sqlite3";
import type { Panel } from "../api/contract.ts";
import type { Repository } from "../api/ports.ts";
import { entryRepository } from "./entry-repository.ts";

/** Stored panels: market snapshots through time, by their ids. */
export function panels(database: Database): Repository<Panel> {
  return entryRepository(database, "panel");
}
