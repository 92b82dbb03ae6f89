import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite, { type Database } from "better-sqlite3";
import { isDamaged, setAside } from "./damage.ts";
import { migrate } from "./migrate.ts";
import { refusing } from "./store-refusal.ts";

export interface OpenDatabase {
  readonly database: Database;
  /** Present when a damaged file was set aside. */
  readonly notice?: string;
}

/** How long a writer waits for another process. */
const busyTimeoutMs = 5_000;

/**
 * Opens the library's file, creating folder and file as needed, and brings it to the newest schema.
 *
 * A damaged file is renamed with a time stamp, never overwritten, and a fresh library begins.
 *
 * @param path  of the file
 * @param nowMs UTC milliseconds, for the name of a damaged file
 * @throws StoreRefusal for a file that cannot be opened, of another program, or of a newer version of this one
 */
export function openDatabase(path: string, nowMs: number): OpenDatabase {
  return refusing(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    try {
      return { database: connect(path) };
    } catch (error) {
      if (!isDamaged(error)) throw error;
      const notice = setAside(path, nowMs, () => connect(path).close());
      return { database: connect(path), ...(notice !== undefined && { notice }) };
    }
  });
}

function connect(path: string): Database {
  const database = new Sqlite(path, { timeout: busyTimeoutMs });
  try {
    const [problem] = database.pragma("quick_check(1)", { simple: false }) as readonly { quick_check: string }[];
    if (problem?.quick_check !== "ok") {
      throw new Sqlite.SqliteError(problem?.quick_check ?? "no answer of quick_check", "SQLITE_CORRUPT");
    }
    database.pragma("journal_mode = WAL");
    // FULL, not NORMAL: a committed row must also survive a power cut
    database.pragma("synchronous = FULL");
    database.pragma("foreign_keys = ON");
    migrate(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
