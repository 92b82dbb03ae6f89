import { describe, expect, it } from "vitest";
import type { StoredMapping } from "../../../core/api/contract.ts";
import { hashOf } from "../../../core/base/index.ts";
import { openLibrary } from "../../../core/library/index.ts";
import { entry, freshPath, portfolio } from "./fixture.ts";

describe("a repository", () => {
  it("gives back what was saved, with its hash, after closing and opening again", () => {
    const path = freshPath();
    const first = openLibrary(path);
    const big = portfolio(7, 2_000);
    const saved = first.portfolios.save(entry("a", big));
    expect(saved).toEqual({ id: "a", name: "Book 7", note: "2000 positions", savedAtMs: 1_000, sha256: hashOf(big) });
    first.close();

    const second = openLibrary(path);
    expect(second.portfolios.get("a")).toEqual({ ...saved, content: big });
    expect(second.portfolios.get("b")).toBeUndefined();
    second.close();
  });

  it("lists newest first, renames, replaces by id and removes", () => {
    const library = openLibrary(freshPath());
    library.portfolios.save(entry("old", portfolio(1), 1));
    library.portfolios.save(entry("new", portfolio(2), 2));
    expect(library.portfolios.list().map(({ id }) => id)).toEqual(["new", "old"]);

    expect(library.portfolios.rename("old", "Renamed")?.name).toBe("Renamed");
    expect(library.portfolios.rename("none", "Renamed")).toBeUndefined();

    library.portfolios.save(entry("old", portfolio(3), 3));
    expect(library.portfolios.list().map(({ id, name }) => [id, name])).toEqual([
      ["old", "Book 3"],
      ["new", "Book 2"],
    ]);
    expect(library.portfolios.get("old")?.content).toEqual(portfolio(3));

    expect(library.portfolios.remove("old")).toBe(true);
    expect(library.portfolios.remove("old")).toBe(false);
    expect(library.info().counts).toMatchObject({ portfolios: 1, markets: 0, runs: 0 });
    library.close();
  });

  it("stores equal content once and drops it with its last entry", () => {
    const library = openLibrary(freshPath());
    const content: StoredMapping = {
      signature: "a\u001fb",
      mapping: { kind: "positions", columns: { quantity: "a", symbol: "b" }, venue: "deribit" },
    };
    for (const id of ["one", "two"]) library.mappings.save({ id, name: id, note: "", savedAtMs: 1, content });
    library.mappings.remove("one");
    expect(library.mappings.get("two")?.content).toEqual(content);
    library.mappings.remove("two");
    library.mappings.save({ id: "three", name: "three", note: "", savedAtMs: 1, content });
    expect(library.mappings.get("three")?.content).toEqual(content);
    library.close();
  });

  it("refuses a number that JSON cannot hold and keeps what was there", () => {
    const library = openLibrary(freshPath());
    library.portfolios.save(entry("a", portfolio(1)));
    expect(() => library.portfolios.save(entry("a", portfolio(Number.NaN)))).toThrow("finite");
    expect(library.portfolios.get("a")?.content).toEqual(portfolio(1));
    library.close();
  });
});

describe("settings and recent files", () => {
  it("keeps any JSON by key; a key never set is undefined", () => {
    const library = openLibrary(freshPath());
    library.settings.set("layout", { panels: ["a", 1, null, true] });
    library.settings.set("layout", { panels: ["b"] });
    library.settings.set("nothing", null);
    expect(library.settings.get("layout")).toEqual({ panels: ["b"] });
    expect(library.settings.get("nothing")).toBeNull();
    expect(library.settings.get("never")).toBeUndefined();
    library.close();
  });

  it("moves a file opened again to the top, keeps twenty, and forgets all", () => {
    const library = openLibrary(freshPath());
    for (let n = 0; n < 25; n += 1) library.recent.add({ path: `/files/${n}.json`, name: `${n}.json`, openedAtMs: n });
    library.recent.add({ path: "/files/10.json", name: "10.json", openedAtMs: 100 });
    const names = library.recent.list().map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(["10.json", "24.json", "23.json"]);
    expect(names).toHaveLength(20);
    library.recent.clear();
    expect(library.recent.list()).toEqual([]);
    library.close();
  });
});

describe("two connections to one library", () => {
  it("see each other's committed rows at once", () => {
    const path = freshPath();
    const [one, two] = [openLibrary(path), openLibrary(path)];
    one.portfolios.save(entry("a", portfolio(1)));
    two.portfolios.save(entry("b", portfolio(2)));
    expect(one.portfolios.list().map(({ id }) => id)).toEqual(["a", "b"]);
    expect(two.portfolios.get("a")?.content).toEqual(portfolio(1));
    one.close();
    two.close();
  });
});
