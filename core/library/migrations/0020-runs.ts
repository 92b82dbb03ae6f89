import type { Migration } from "../migrate.ts";

/** Runs: entries like the others, with what a reader searches by beside them. */
export const runs: Migration = {
  id: 20,
  apply(database) {
    database.exec(`
      CREATE TABLE run (
        id                TEXT PRIMARY KEY,
        name              TEXT NOT NULL,
        note              TEXT NOT NULL,
        saved_at_ms       INTEGER NOT NULL,
        methodology       TEXT NOT NULL,
        rules_version     TEXT NOT NULL,
        code_version      TEXT NOT NULL,
        portfolio_sha256  TEXT NOT NULL,
        market_sha256     TEXT NOT NULL,
        parameters_sha256 TEXT NOT NULL,
        sha256            TEXT NOT NULL REFERENCES content (sha256)
      ) STRICT;
      CREATE INDEX run_by_time ON run (saved_at_ms DESC, id);
      CREATE INDEX run_by_content ON run (sha256);
      CREATE INDEX run_by_inputs ON run (portfolio_sha256, market_sha256, parameters_sha256);
    `);
  },
};
