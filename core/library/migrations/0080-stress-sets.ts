import type { Migration } from "../migrate.ts";

/** Sets of stress scenarios with every state they had; a deleted one stays until it is removed for ever. */
export const stressSets: Migration = {
  id: 80,
  apply(database) {
    database.exec(`
      CREATE TABLE stress_set (
        id          TEXT PRIMARY KEY,
        name        TEXT NOT NULL,
        note        TEXT NOT NULL,
        saved_at_ms INTEGER NOT NULL,
        sha256      TEXT NOT NULL REFERENCES content (sha256),
        version     INTEGER NOT NULL CHECK (version >= 1),
        owner       TEXT NOT NULL,
        approval    TEXT NOT NULL,
        tags        TEXT NOT NULL,
        scenarios   INTEGER NOT NULL,
        copy_of     TEXT,
        deleted     INTEGER NOT NULL CHECK (deleted IN (0, 1))
      ) STRICT;
      CREATE INDEX stress_set_by_time ON stress_set (saved_at_ms DESC, id);
      CREATE INDEX stress_set_by_content ON stress_set (sha256);
      CREATE TABLE stress_set_version (
        set_id    TEXT NOT NULL,
        number    INTEGER NOT NULL CHECK (number >= 1),
        change    TEXT NOT NULL,
        name      TEXT NOT NULL,
        owner     TEXT NOT NULL,
        approval  TEXT NOT NULL,
        scenarios INTEGER NOT NULL,
        at_ms     INTEGER NOT NULL,
        note      TEXT NOT NULL,
        sha256    TEXT NOT NULL REFERENCES content (sha256),
        before    INTEGER,
        PRIMARY KEY (set_id, number)
      ) STRICT;
      CREATE INDEX stress_set_version_by_content ON stress_set_version (sha256);
    `);
  },
};
