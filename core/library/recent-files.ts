import type { Database } from "better-sqlite3";
import type { RecentFile } from "../api/contract.ts";
import type { Store } from "../api/ports.ts";

/** More are forgotten, oldest first. */
const kept = 20;

/** Recent files, newest first; a file opened again moves to the top. */
export function recentFiles(database: Database): Store["recent"] {
  const list = database.prepare(
    "SELECT path, name, opened_at_ms AS openedAtMs FROM recent_file ORDER BY opened_at_ms DESC, path",
  );
  const add = database.prepare(
    `INSERT INTO recent_file (path, name, opened_at_ms) VALUES (@path, @name, @openedAtMs)
     ON CONFLICT (path) DO UPDATE SET name = excluded.name, opened_at_ms = excluded.opened_at_ms`,
  );
  const forget = database.prepare(
    `DELETE FROM recent_file WHERE path IN
       (SELECT path FROM recent_file ORDER BY opened_at_ms DESC, path LIMIT -1 OFFSET ${kept})`,
  );
  const clear = database.prepare("DELETE FROM recent_file");
  const write = database.transaction((file: RecentFile) => {
    add.run({ path: file.path, name: file.name, openedAtMs: file.openedAtMs });
    forget.run();
  });
  return {
    list: () => list.all() as RecentFile[],
    add: (file) => {
      write.immediate(file);
    },
    clear: () => {
      database.transaction(() => clear.run()).immediate();
    },
  };
}
