import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite, { type Database } from "better-sqlite3";
import { type ContentRow, type ContentTable, contentTables, contentValue, partTables } from "./content.ts";
import { isDamaged } from "./damage.ts";
import { migrate } from "./migrate.ts";
import { StoreRefusal } from "./store-refusal.ts";

/** The whole library at one instant, as the bytes of one SQLite file without free pages. */
export function exportBytes(database: Database): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "marginscope-export-"));
  try {
    const file = join(folder, "library.db");
    database.prepare("VACUUM INTO ?").run(file);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Adds everything of an exported library, all or nothing. Nothing here is replaced: an entry whose id is taken by other
 * content is added under an id of its own, and settings that are set here stay.
 *
 * @throws StoreRefusal for a file that is no library, is damaged, or is of a newer program
 */
export function importBytes(
  database: Database,
  bytes: Uint8Array,
): { readonly added: number; readonly alreadyHere: number } {
  const other = openBytes(bytes);
  try {
    return database.transaction(() => merge(database, other)).immediate();
  } finally {
    other.close();
  }
}

const fileName = "the imported file";

function openBytes(bytes: Uint8Array): Database {
  const copy = Buffer.from(bytes);
  if (copy.subarray(0, 16).toString("latin1") !== "SQLite format 3\0") {
    throw new StoreRefusal(
      "invalid-input",
      `${fileName} is not an SQLite file; expected an exported library`,
      fileName,
    );
  }
  // bytes 18 and 19 are the journal mode; a database in memory cannot be in WAL mode
  copy.fill(1, 18, 20);
  let other: Database | undefined;
  try {
    other = new Sqlite(copy);
    const problem: unknown = other.pragma("quick_check(1)", { simple: true });
    if (problem !== "ok") throw new StoreRefusal("invalid-input", `${fileName} is damaged: ${problem}`, fileName);
    migrate(other, fileName);
    return other;
  } catch (error) {
    other?.close();
    if (!isDamaged(error)) throw error;
    throw new StoreRefusal("invalid-input", `${fileName} is damaged and cannot be read as a library`, fileName);
  }
}

type Row = Readonly<Record<string, unknown>> & { readonly id: string; readonly name: string; readonly sha256: string };

function merge(database: Database, other: Database): { readonly added: number; readonly alreadyHere: number } {
  let added = 0;
  let alreadyHere = 0;
  const count = (isNew: boolean): void => {
    if (isNew) added += 1;
    else alreadyHere += 1;
  };
  for (const row of other.prepare("SELECT sha256, encoding, bytes FROM content").iterate()) {
    contentValue(row as ContentRow);
    insert(database, "content", row as Record<string, unknown>);
  }
  const stressSets = new Map<unknown, string>();
  for (const table of contentTables) {
    for (const row of other.prepare(`SELECT * FROM ${table}`).iterate() as Iterable<Row>) {
      const id = addEntry(database, table, row);
      count(id !== undefined);
      if (table === "stress_set" && id !== undefined) stressSets.set(row.id, id);
    }
  }
  for (const row of other.prepare("SELECT * FROM parameter_file_part").iterate())
    insert(database, "parameter_file_part", row as Record<string, unknown>);
  // A set that is here keeps its own history; one that is added brings its history along, under the id it got.
  for (const row of other.prepare("SELECT * FROM stress_set_version").iterate() as Iterable<Record<string, unknown>>) {
    const id = stressSets.get(row.set_id);
    if (id !== undefined) insert(database, "stress_set_version", { ...row, set_id: id });
  }
  for (const table of ["setting", "recent_file"]) {
    for (const row of other.prepare(`SELECT * FROM ${table}`).iterate()) {
      count(insert(database, table, row as Record<string, unknown>));
    }
  }
  dropUnused(database);
  return { added, alreadyHere };
}

/** The id under which it was added; `undefined` when it is here already. */
function addEntry(database: Database, table: ContentTable, row: Row): string | undefined {
  const here: unknown = database.prepare(`SELECT sha256 FROM ${table} WHERE id = ?`).pluck().get(row.id);
  if (here === row.sha256) return undefined;
  const added =
    here === undefined ? row : { ...row, id: `${row.id}-${row.sha256.slice(0, 12)}`, name: `${row.name} (imported)` };
  return insert(database, table, added) ? added.id : undefined;
}

/** False when a row of the same key is there. */
function insert(database: Database, table: string, row: Readonly<Record<string, unknown>>): boolean {
  const columns = Object.keys(row);
  const values = columns.map((column) => `@${column}`).join(", ");
  const sql = `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${values}) ON CONFLICT DO NOTHING`;
  return database.prepare(sql).run(row).changes === 1;
}

function dropUnused(database: Database): void {
  const held = [...contentTables, ...partTables].map((table) => `SELECT sha256 FROM ${table}`).join(" UNION ");
  database.exec(`DELETE FROM content WHERE sha256 NOT IN (${held})`);
}
