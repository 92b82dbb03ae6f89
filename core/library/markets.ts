import type { Database } from "better-sqlite3";
import type { Repository } from "../api/ports.ts";
import type { MarketSnapshot } from "../market/index.ts";
import { entryRepository } from "./entry-repository.ts";

/** Stored market snapshots. */
export function markets(database: Database): Repository<MarketSnapshot> {
  return entryRepository(database, "market");
}
