import type { Migration } from "../migrate.ts";

/** Break reports: entries like the others, with what a reader searches by beside them. */
export const breakReports: Migration = {
  id: 40,
  apply(database) {
    database.exec(`
      CREATE TABLE break_report (
        id          TEXT PRIMARY KEY,
        name        TEXT NOT NULL,
        note        TEXT NOT NULL,
        saved_at_ms INTEGER NOT NULL,
        methodology TEXT NOT NULL,
        venue       TEXT NOT NULL,
        verdict     TEXT NOT NULL,
        sha256      TEXT NOT NULL REFERENCES content (sha256)
      ) STRICT;
      CREATE INDEX break_report_by_time ON break_report (saved_at_ms DESC, id);
      CREATE INDEX break_report_by_content ON break_report (sha256);
    `);
  },
};
