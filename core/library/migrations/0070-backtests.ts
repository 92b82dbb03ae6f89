import type { Migration } from "../migrate.ts";

/** Margin through time: entries like the others. */
export const backtests: Migration = {
  id: 70,
  apply(database) {
    database.exec(`
      CREATE TABLE backtest (
        id          TEXT PRIMARY KEY,
        name        TEXT NOT NULL,
        note        TEXT NOT NULL,
        saved_at_ms INTEGER NOT NULL,
        sha256      TEXT NOT NULL REFERENCES content (sha256)
      ) STRICT;
      CREATE INDEX backtest_by_time ON backtest (saved_at_ms DESC, id);
      CREATE INDEX backtest_by_content ON backtest (sha256);
    `);
  },
};
