import type { Database } from "better-sqlite3";
import type { KeptBreakReport } from "../api/contract.ts";
import type { Repository } from "../api/ports.ts";
import { entryRepository } from "./entry-repository.ts";

/** Stored break reports; method, venue and verdict stand in columns of their own. */
export function breakReports(database: Database): Repository<KeptBreakReport> {
  return entryRepository<KeptBreakReport>(database, "break_report", ({ report }) => ({
    methodology: report.methodology.id,
    venue: report.venue,
    verdict: report.verdict,
  }));
}
