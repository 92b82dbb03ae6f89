import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openLibrary, refusing, StoreRefusal } from "../../../core/library/index.ts";
import { openDatabase } from "../../../core/library/open-database.ts";
import { portfolios } from "../../../core/library/portfolios.ts";
import { entry, freshPath, portfolio } from "./fixture.ts";

describe("a full disk", () => {
  it("is refused in words; what was there stays, and nothing of the failed save does", () => {
    const path = freshPath();
    const { database } = openDatabase(path, 0);
    const repository = portfolios(database);
    repository.save(entry("a", portfolio(1)));
    database.pragma(`max_page_count = ${Number(database.pragma("page_count", { simple: true }))}`);

    const save = (): unknown => refusing(path, () => repository.save(entry("b", portfolio(2, 20_000))));
    expect(save).toThrow(StoreRefusal);
    expect(save).toThrow("the disk is full; nothing was changed");
    database.close();

    const library = openLibrary(path);
    expect(library.portfolios.list().map(({ id }) => id)).toEqual(["a"]);
    expect(library.portfolios.get("a")?.content).toEqual(portfolio(1));
    library.close();
  });
});

describe("a library that another program writes to for long", () => {
  it("can be read; a write waits, then is refused in words", { timeout: 20_000 }, () => {
    const path = freshPath();
    const library = openLibrary(path);
    library.portfolios.save(entry("a", portfolio(1)));
    const other = new Sqlite(path);
    other.exec("BEGIN IMMEDIATE");
    expect(library.portfolios.get("a")?.content).toEqual(portfolio(1));
    expect(() => library.portfolios.save(entry("b", portfolio(2)))).toThrow("another program is writing");
    other.exec("COMMIT");
    other.close();
    expect(library.portfolios.save(entry("b", portfolio(2))).id).toBe("b");
    library.close();
  });
});

describe("a defect", () => {
  it("is not taken for a refusal", () => {
    expect(() =>
      refusing("x", () => {
        throw new TypeError("defect");
      }),
    ).toThrow(TypeError);
  });
});
