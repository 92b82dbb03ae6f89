import { readFileSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openLibrary, StoreRefusal } from "../../../core/library/index.ts";
import { migrate } from "../../../core/library/migrate.ts";
import { migrations } from "../../../core/library/migrations/index.ts";
import { entry, freshPath, portfolio } from "./fixture.ts";

describe("export", () => {
  it("is a whole library that another one imports, and importing twice adds nothing", () => {
    const source = openLibrary(freshPath());
    source.portfolios.save(entry("a", portfolio(1)));
    source.portfolios.save(entry("b", portfolio(2, 2_000)));
    source.settings.set("theme", "dark");
    source.recent.add({ path: "/a.json", name: "a.json", openedAtMs: 1 });
    const bytes = source.export();
    source.close();

    const target = openLibrary(freshPath());
    expect(target.import(bytes)).toEqual({ added: 4, alreadyHere: 0 });
    expect(target.portfolios.get("b")?.content).toEqual(portfolio(2, 2_000));
    expect(target.settings.get("theme")).toBe("dark");
    expect(target.recent.list()).toHaveLength(1);
    expect(target.import(bytes)).toEqual({ added: 0, alreadyHere: 4 });
    target.close();
  });
});

describe("import", () => {
  it("replaces nothing: an id taken by other content gets a new id, a setting stays", () => {
    const source = openLibrary(freshPath());
    source.portfolios.save(entry("a", portfolio(1)));
    source.settings.set("theme", "dark");
    const bytes = source.export();
    source.close();

    const target = openLibrary(freshPath());
    target.portfolios.save(entry("a", portfolio(9)));
    target.settings.set("theme", "light");
    expect(target.import(bytes)).toEqual({ added: 1, alreadyHere: 1 });
    expect(target.import(bytes)).toEqual({ added: 0, alreadyHere: 2 });
    expect(target.portfolios.get("a")?.content).toEqual(portfolio(9));
    const added = target.portfolios.list().find(({ id }) => id !== "a");
    expect(added?.name).toBe("Book 1 (imported)");
    expect(target.portfolios.get(added?.id ?? "")?.content).toEqual(portfolio(1));
    expect(target.settings.get("theme")).toBe("light");
    target.close();
  });

  it("takes a copy of a library's own file, which is in WAL mode", () => {
    const path = freshPath();
    const source = openLibrary(path);
    source.portfolios.save(entry("a", portfolio(1)));
    source.close();
    const target = openLibrary(freshPath());
    expect(target.import(readFileSync(path)).added).toBe(1);
    target.close();
  });

  it("takes a library of an older schema", () => {
    const old = new Sqlite(":memory:");
    migrate(old, "test", migrations.slice(0, 1));
    const bytes = old.serialize();
    old.close();
    const target = openLibrary(freshPath());
    expect(target.import(bytes)).toEqual({ added: 0, alreadyHere: 0 });
    target.close();
  });

  it("refuses no library, a foreign one, a damaged one, a changed one and a newer one, and changes nothing", () => {
    const source = openLibrary(freshPath());
    source.portfolios.save(entry("a", portfolio(1, 2_000)));
    const good = source.export();
    source.close();
    const target = openLibrary(freshPath());

    const foreign = new Sqlite(":memory:");
    foreign.exec("CREATE TABLE other (a)");
    const changed = new Sqlite(Buffer.from(good));
    changed.exec("UPDATE content SET bytes = x'00'");
    const newer = new Sqlite(Buffer.from(good));
    newer.pragma("user_version = 9990");
    const files: readonly (readonly [Uint8Array, string])[] = [
      [Buffer.from("id,name\n1,a\n"), "not an SQLite file"],
      [new Uint8Array(0), "not an SQLite file"],
      [good.subarray(0, 3 * 4_096), "damaged"],
      [foreign.serialize(), "another program"],
      [changed.serialize(), "damaged"],
      [newer.serialize(), "schema 9990"],
    ];
    for (const [bytes, message] of files) {
      expect(() => target.import(bytes)).toThrow(StoreRefusal);
      expect(() => target.import(bytes)).toThrow(message);
    }
    expect(target.portfolios.list()).toEqual([]);
    target.close();
  });
});
