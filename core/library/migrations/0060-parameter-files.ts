import type { Migration } from "../migrate.ts";

/** Parameter files of clearing houses: an entry each, and their contracts in parts that are read one by one. */
export const parameterFiles: Migration = {
  id: 60,
  apply(database) {
    database.exec(`
      CREATE TABLE parameter_file (
        id             TEXT PRIMARY KEY,
        name           TEXT NOT NULL,
        note           TEXT NOT NULL,
        saved_at_ms    INTEGER NOT NULL,
        sha256         TEXT NOT NULL REFERENCES content (sha256),
        clearing_house TEXT NOT NULL,
        business_date  TEXT NOT NULL,
        cycle          TEXT NOT NULL
      ) STRICT;
      CREATE INDEX parameter_file_by_day ON parameter_file (business_date DESC, clearing_house, cycle, id);
      CREATE INDEX parameter_file_by_content ON parameter_file (sha256);
      CREATE TABLE parameter_file_part (
        file_id  TEXT NOT NULL,
        place    INTEGER NOT NULL,
        exchange TEXT NOT NULL,
        product  TEXT NOT NULL,
        type     TEXT NOT NULL,
        sha256   TEXT NOT NULL REFERENCES content (sha256),
        PRIMARY KEY (file_id, place)
      ) STRICT;
      CREATE INDEX parameter_file_part_by_content ON parameter_file_part (sha256);
    `);
  },
};
