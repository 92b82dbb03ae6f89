import type { Database } from "better-sqlite3";
import type { Run } from "../api/contract.ts";
import type { Repository } from "../api/ports.ts";
import { entryRepository } from "./entry-repository.ts";

/** Stored runs; the hashes of their inputs stand in columns of their own. */
export function runs(database: Database): Repository<Run> {
  return entryRepository<Run>(database, "run", ({ codeVersion, result }) => ({
    methodology: result.methodology.id,
    rules_version: result.rules.version,
    code_version: codeVersion,
    portfolio_sha256: result.inputs.portfolio,
    market_sha256: result.inputs.market,
    parameters_sha256: result.inputs.parameters,
  }));
}
