import type { Database } from "better-sqlite3";
import type { Backtest } from "../api/contract.ts";
import type { Repository } from "../api/ports.ts";
import { entryRepository } from "./entry-repository.ts";

/** Stored backtests, finished or not. */
export function backtests(database: Database): Repository<Backtest> {
  return entryRepository(database, "backtest");
}
