import type { Migration } from "../migrate.ts";

export const settingsAndRecentFiles: Migration = {
  id: 30,
  apply(database) {
    database.exec(`
      CREATE TABLE setting (
        key   TEXT PRIMARY KEY,
        value TEXT NOT NULL CHECK (json_valid(value))
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE recent_file (
        path         TEXT PRIMARY KEY,
        name         TEXT NOT NULL,
        opened_at_ms INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX recent_file_by_time ON recent_file (opened_at_ms DESC, path);
    `);
  },
};
