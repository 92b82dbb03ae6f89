import type { Database } from "better-sqlite3";
import { DomainError } from "../base/index.ts";
import { migrations } from "./migrations/index.ts";
import { StoreRefusal } from "./store-refusal.ts";

export interface Migration {
  /** Schema version after it; steps of ten, strictly rising. */
  readonly id: number;
  readonly apply: (database: Database) => void;
}

/** "MGSC" in ASCII: tells our files from other SQLite files. */
const applicationId = 0x4d_47_53_43;

/**
 * Brings a database to the newest schema: all pending migrations in one transaction, or none.
 *
 * @param database an open database
 * @param path     of its file, for messages
 * @param list     default: every migration of the program
 * @throws StoreRefusal for a file of another program or of a newer version of this one
 * @throws DomainError when the ids of the list do not rise strictly
 */
export function migrate(database: Database, path: string, list: readonly Migration[] = migrations): void {
  const newest = newestOf(list);
  refuseForeign(database, path);
  if (versionOf(database) === newest) return;
  database
    .transaction(() => {
      const version = versionOf(database);
      if (version > newest) {
        throw new StoreRefusal(
          "unsupported",
          `the library has schema ${version}, this program knows schemas up to ${newest}; open it with a newer Marginscope`,
          path,
        );
      }
      for (const migration of list) if (migration.id > version) migration.apply(database);
      database.pragma(`application_id = ${applicationId}`);
      database.pragma(`user_version = ${newest}`);
    })
    .immediate();
}

/** Schema version of a database; 0 when it is new. */
export function versionOf(database: Database): number {
  return Number(database.pragma("user_version", { simple: true }));
}

function newestOf(list: readonly Migration[]): number {
  let last = 0;
  for (const { id } of list) {
    if (!Number.isInteger(id) || id <= last) throw new DomainError(`a migration's id is above ${last}`, id);
    last = id;
  }
  return last;
}

function refuseForeign(database: Database, path: string): void {
  if (Number(database.pragma("application_id", { simple: true })) === applicationId) return;
  const tables = Number(database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get());
  if (tables > 0)
    throw new StoreRefusal("conflict", "an SQLite file of another program, not a library of Marginscope", path);
}
