import type { Migration } from "../migrate.ts";

/** Histories of risk factors, and panels of market snapshots through time: entries like the others. */
export const historiesAndPanels: Migration = {
  id: 50,
  apply(database) {
    for (const table of ["history", "panel"]) {
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
