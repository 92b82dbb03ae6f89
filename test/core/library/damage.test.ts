import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openLibrary } from "../../../core/library/index.ts";
import { entry, freshPath, portfolio } from "./fixture.ts";

const now = (): number => Date.UTC(2026, 10, 22, 16, 5, 9);
const asideName = "library.damaged-20261122T160509Z.db";

describe("a damaged library", () => {
  it("is set aside under a new name, byte for byte, and a fresh one begins with a notice", () => {
    const path = freshPath();
    const garbage = Buffer.from("this is no database, but it is the user's file".repeat(100));
    writeFileSync(path, garbage);

    const library = openLibrary(path, now);
    expect(library.info().notice).toContain(asideName);
    expect(library.portfolios.list()).toEqual([]);
    library.close();
    expect(readFileSync(join(dirname(path), asideName)).equals(garbage)).toBe(true);
    expect(readdirSync(dirname(path)).filter((name) => name.includes("setting-aside"))).toEqual([]);

    const again = openLibrary(path, now);
    expect(again.info().notice).toBeUndefined();
    again.close();
  });

  it("is recognised when only a page inside is damaged", () => {
    const path = freshPath();
    const first = openLibrary(path, now);
    first.portfolios.save(entry("a", portfolio(1, 2_000)));
    first.close();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4_096, 8_192);
    writeFileSync(path, bytes);

    const library = openLibrary(path, now);
    expect(library.info().notice).toContain("damaged");
    expect(readFileSync(join(dirname(path), asideName)).equals(bytes)).toBe(true);
    library.close();
  });

  it("never overwrites one that was set aside at the same second", () => {
    const path = freshPath();
    for (const text of ["first", "second"]) {
      writeFileSync(path, text.repeat(1_000));
      openLibrary(path, now).close();
    }
    expect(readFileSync(join(dirname(path), asideName), "utf8")).toMatch(/^first/);
    expect(readFileSync(join(dirname(path), asideName.replace("Z.db", "Z-2.db")), "utf8")).toMatch(/^second/);
  });

  it("refuses to give out an entry whose bytes were changed", () => {
    const path = freshPath();
    const library = openLibrary(path, now);
    const { sha256 } = library.portfolios.save(entry("a", portfolio(1)));
    const raw = new Sqlite(path);
    raw.prepare("UPDATE content SET bytes = ?, encoding = 'json' WHERE sha256 = ?").run(Buffer.from("{}"), sha256);
    raw.close();
    expect(() => library.portfolios.get("a")).toThrow("the hash does not match");
    library.close();
  });
});

describe("a path that cannot be a library", () => {
  it("is refused in words that name it", () => {
    const path = freshPath();
    mkdirSync(path);
    expect(() => openLibrary(path, now)).toThrow("cannot be opened");
  });
});
