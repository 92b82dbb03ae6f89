import type { Migration } from "../migrate.ts";

const tables = ["portfolio", "market", "scenario_set", "override_set", "mapping"];

/**
 * Content is stored once, by the hash of its canonical JSON; entries give it an id and a name.
 * The blob stands in the last column, so that lists and lookups do not read it.
 */
export const entries: Migration = {
  id: 10,
  apply(database) {
    database.exec(`
      CREATE TABLE content (
        sha256   TEXT PRIMARY KEY CHECK (length(sha256) = 64),
        encoding TEXT NOT NULL CHECK (encoding IN ('json', 'gzip')),
        bytes    BLOB NOT NULL
      ) STRICT;
    `);
    for (const table of tables) {
      database.exec(`
        CREATE TABLE ${table} (
          id          TEXT PRIMARY KEY,
          name        TEXT NOT NULL,
          note        TEXT NOT NULL,
          saved_at_ms INTEGER NOT NULL,
          sha256      TEXT NOT NULL REFERENCES content (sha256)
        ) STRICT;
        CREATE INDEX ${table}_by_time ON ${table} (saved_at_ms DESC, id);
        CREATE INDEX ${table}_by_content ON ${table} (sha256);
      `);
    }
  },
};
