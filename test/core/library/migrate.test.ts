import Sqlite, { type Database } from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openLibrary, StoreRefusal } from "../../../core/library/index.ts";
import { type Migration, migrate, versionOf } from "../../../core/library/migrate.ts";
import { migrations } from "../../../core/library/migrations/index.ts";
import { entry, freshPath, portfolio } from "./fixture.ts";

/** Rows as the program of schema 10 wrote them. */
function writeRowsOf10(database: Database): void {
  const sha256 = "a".repeat(64);
  database.prepare("INSERT INTO content VALUES (?, 'json', ?)").run(sha256, Buffer.from("{}"));
  for (const table of ["portfolio", "market", "scenario_set", "override_set", "mapping"]) {
    database.prepare(`INSERT INTO ${table} VALUES ('id', 'name', 'note', 5, ?)`).run(sha256);
  }
}

/** Rows that schema 20 added. */
function writeRowsOf20(database: Database): void {
  const values = ["id", "name", "note", 5, "deribit-portfolio", "v", "0.1.0", "p", "m", "r", "a".repeat(64)];
  database.prepare(`INSERT INTO run VALUES (${values.map(() => "?").join(", ")})`).run(values);
}

function writeRowsOf30(database: Database): void {
  database.exec(`INSERT INTO setting VALUES ('theme', '"dark"')`);
  database.exec(`INSERT INTO recent_file VALUES ('/a.json', 'a.json', 5)`);
}

function writeRowsOf40(database: Database): void {
  const values = ["id", "name", "note", 5, "deribit-portfolio", "deribit", "matched", "a".repeat(64)];
  database.prepare(`INSERT INTO break_report VALUES (${values.map(() => "?").join(", ")})`).run(values);
}

function writeRowsOf50(database: Database): void {
  for (const table of ["history", "panel"]) {
    database.prepare(`INSERT INTO ${table} VALUES ('id', 'name', 'note', 5, ?)`).run("a".repeat(64));
  }
}

function writeRowsOf60(database: Database): void {
  const sha256 = "a".repeat(64);
  const values = ["id", "name", "note", 5, sha256, "CME", "2025-06-20", "settlement final"];
  database.prepare(`INSERT INTO parameter_file VALUES (${values.map(() => "?").join(", ")})`).run(values);
  database.prepare("INSERT INTO parameter_file_part VALUES ('id', 0, 'CBT', '06', 'OOF', ?)").run(sha256);
}

function writeRowsOf70(database: Database): void {
  database.prepare("INSERT INTO backtest VALUES ('id', 'name', 'note', 5, ?)").run("a".repeat(64));
}

function writeRowsOf80(database: Database): void {
  const sha256 = "a".repeat(64);
  const set = ["id", "name", "note", 5, sha256, 1, "owner", "draft", "[]", 1, null, 0];
  database.prepare(`INSERT INTO stress_set VALUES (${set.map(() => "?").join(", ")})`).run(set);
  const version = ["id", 1, "saved", "name", "owner", "draft", 1, 5, "note", sha256, null];
  database.prepare(`INSERT INTO stress_set_version VALUES (${version.map(() => "?").join(", ")})`).run(version);
}

const writers: readonly ((database: Database) => void)[] = [
  ...[writeRowsOf10, writeRowsOf20, writeRowsOf30, writeRowsOf40, writeRowsOf50],
  ...[writeRowsOf60, writeRowsOf70, writeRowsOf80],
];

function rowsOf(database: Database): Record<string, unknown> {
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all() as string[];
  return Object.fromEntries(tables.map((table) => [table, database.prepare(`SELECT * FROM ${table}`).all()]));
}

describe("migrate", () => {
  it("has a writer of rows for every migration", () => expect(writers).toHaveLength(migrations.length));

  it.each(migrations.map(({ id }, index) => ({ id, index })))(
    "to $id keeps every row of the version before",
    ({ id, index }) => {
      const database = new Sqlite(":memory:");
      migrate(database, "test", migrations.slice(0, index));
      for (const write of writers.slice(0, index)) write(database);
      const before = rowsOf(database);

      migrate(database, "test", migrations.slice(0, index + 1));

      expect(versionOf(database)).toBe(id);
      expect(rowsOf(database)).toMatchObject(before);
      expect(() => writers[index]?.(database)).not.toThrow();
      expect(database.pragma("foreign_key_check")).toEqual([]);
      database.close();
    },
  );

  it("makes STRICT tables only", () => {
    const database = new Sqlite(":memory:");
    migrate(database, "test");
    const tables = database.pragma("table_list") as { name: string; strict: number }[];
    expect(tables.filter(({ name, strict }) => !name.startsWith("sqlite_") && strict !== 1)).toEqual([]);
    database.close();
  });

  it("applies all pending migrations or none", () => {
    const database = new Sqlite(":memory:");
    const failing: Migration = {
      id: 1_000,
      apply: () => {
        throw new Error("cannot");
      },
    };
    expect(() => migrate(database, "test", [...migrations, failing])).toThrow("cannot");
    expect(versionOf(database)).toBe(0);
    expect(rowsOf(database)).toEqual({});
    database.close();
  });

  it("refuses ids that do not rise", () => {
    const database = new Sqlite(":memory:");
    const same = { id: 10, apply: () => {} };
    expect(() => migrate(database, "test", [same, same])).toThrow("a migration's id is above 10");
    database.close();
  });

  it("refuses a library of a newer program and leaves it as it is", () => {
    const path = freshPath();
    openLibrary(path).close();
    const raw = new Sqlite(path);
    raw.pragma("user_version = 9990");
    raw.close();

    expect(() => openLibrary(path)).toThrow(StoreRefusal);
    expect(() => openLibrary(path)).toThrow(`schema 9990, this program knows schemas up to ${migrations.at(-1)?.id}`);
    const after = new Sqlite(path);
    expect(versionOf(after)).toBe(9990);
    after.close();
  });

  it("refuses an SQLite file of another program", () => {
    const path = freshPath();
    const raw = new Sqlite(path);
    raw.exec("CREATE TABLE other (a)");
    raw.close();
    expect(() => openLibrary(path)).toThrow("another program");
  });
});

describe("query plans", () => {
  const queries = [
    ["a list", "SELECT id FROM portfolio ORDER BY saved_at_ms DESC, id"],
    ["one entry", "SELECT id FROM portfolio WHERE id = ?"],
    ["its content", "SELECT bytes FROM content WHERE sha256 = ?"],
    ["what still holds a content", "SELECT 1 FROM run WHERE sha256 = ?"],
    ["break reports", "SELECT id FROM break_report ORDER BY saved_at_ms DESC, id"],
    ["runs of an input", "SELECT id FROM run WHERE portfolio_sha256 = ?"],
    ["recent files", "SELECT path FROM recent_file ORDER BY opened_at_ms DESC, path"],
    ["a setting", "SELECT value FROM setting WHERE key = ?"],
  ] as const;

  it.each(queries)("%s uses an index and sorts nothing", (_, sql) => {
    const path = freshPath();
    const library = openLibrary(path);
    for (let n = 0; n < 5; n += 1) library.portfolios.save(entry(`p${n}`, portfolio(n)));
    library.close();
    const database = new Sqlite(path);
    const parameters = sql.includes("?") ? ["x"] : [];
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[];
    const details = plan.map(({ detail }) => detail);
    expect(details.join("; ")).toMatch(/USING (COVERING )?INDEX|USING PRIMARY KEY/);
    expect(details.join("; ")).not.toContain("TEMP B-TREE");
    database.close();
  });
});
