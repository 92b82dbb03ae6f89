import type { Database } from "better-sqlite3";
import type { Stored, StoredSummary } from "../api/contract.ts";
import type { Repository } from "../api/ports.ts";
import { type ContentRow, type ContentTable, contentValue, dropUnheld, keepContent } from "./content.ts";

const summaryColumns = "id, name, saved_at_ms AS savedAtMs, sha256, note";

/**
 * A repository over one table of entries.
 *
 * @param database an open, migrated database
 * @param table    its columns beside the common ones are those of `facts`
 * @param facts    further columns, from the content
 */
export function entryRepository<T>(
  database: Database,
  table: ContentTable,
  facts: (content: T) => Readonly<Record<string, string>> = () => ({}),
): Repository<T> {
  const list = database.prepare(`SELECT ${summaryColumns} FROM ${table} ORDER BY saved_at_ms DESC, id`);
  const summary = database.prepare(`SELECT ${summaryColumns} FROM ${table} WHERE id = ?`);
  const content = database.prepare("SELECT sha256, encoding, bytes FROM content WHERE sha256 = ?");
  const rename = database.prepare(`UPDATE ${table} SET name = ? WHERE id = ?`);
  const remove = database.prepare(`DELETE FROM ${table} WHERE id = ?`);

  const summaryOf = (id: string) => summary.get(id) as StoredSummary | undefined;

  const read = database.transaction((id: string): Stored<T> | undefined => {
    const found = summaryOf(id);
    return found && { ...found, content: contentValue(content.get(found.sha256) as ContentRow) as T };
  });

  const save = database.transaction((entry: Parameters<Repository<T>["save"]>[0]): StoredSummary => {
    const { id, name, note, savedAtMs } = entry;
    const before = summaryOf(id);
    const sha256 = keepContent(database, entry.content);
    const row = { id, name, note, saved_at_ms: savedAtMs, sha256, ...facts(entry.content) };
    database.prepare(upsert(table, Object.keys(row))).run(row);
    if (before !== undefined && before.sha256 !== sha256) dropUnheld(database, before.sha256);
    return { id, name, savedAtMs, sha256, note };
  });

  const renameEntry = database.transaction((id: string, name: string): StoredSummary | undefined => {
    rename.run(name, id);
    return summaryOf(id);
  });

  const removeEntry = database.transaction((id: string): boolean => {
    const before = summaryOf(id);
    if (before === undefined) return false;
    remove.run(id);
    dropUnheld(database, before.sha256);
    return true;
  });

  return {
    list: () => list.all() as StoredSummary[],
    get: (id) => read(id),
    save: (entry) => save.immediate(entry),
    rename: (id, name) => renameEntry.immediate(id, name),
    remove: (id) => removeEntry.immediate(id),
  };
}

function upsert(table: string, columns: readonly string[]): string {
  const values = columns.map((column) => `@${column}`).join(", ");
  const changes = columns.filter((column) => column !== "id").map((column) => `${column} = excluded.${column}`);
  return `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${values}) ON CONFLICT (id) DO UPDATE SET ${changes.join(", ")}`;
}
