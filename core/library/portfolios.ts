import type { Database } from "better-sqlite3";
import type { Repository } from "../api/ports.ts";
import type { Portfolio } from "../portfolio/index.ts";
import { entryRepository } from "./entry-repository.ts";

/** Stored portfolios. */
export function portfolios(database: Database): Repository<Portfolio> {
  return entryRepository(database, "portfolio");
}
