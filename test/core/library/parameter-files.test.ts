import { describe, expect, it } from "vitest";
import { openLibrary } from "../../../core/library/index.ts";
import type { ContractFamily, ParameterFileHeader } from "../../../core/parameter-file/index.ts";
import { freshPath } from "./fixture.ts";

const family = (product: string, months: number, type: ContractFamily["type"] = "FUT"): ContractFamily => ({
  ...{ exchange: "X", product, type, currency: "USD", style: "premium" },
  series: Array.from({ length: months }, (_, month) => ({
    month: `2025${String(month + 1).padStart(2, "0")}`,
    contracts: [{ price: 10 + month / 3, delta: 1, array: Array.from({ length: 16 }, (_, i) => i / 7 - month) }],
  })),
});

const header = (clearingHouse: string, date: string, cycle: string): ParameterFileHeader => ({
  ...{ name: `${clearingHouse} ${date}`, clearingHouse, date, cycle, layout: "xml", accountTypes: [] },
  ...{ rateDefinitions: [], conversions: [], commodities: [], interSpreads: [], notUnderstood: [], warnings: [] },
  sources: [{ name: "a.spn", sha256: `${clearingHouse}${date}${cycle}` }],
  counts: { families: 2, series: 3, contracts: 3, arrays: 3 },
});

const entry = { name: "n", note: "", savedAtMs: 1 };
const all = () => true;

describe("parameter files in the library", () => {
  it("come back after closing, with every digit, family by family, parts in their order", () => {
    const path = freshPath();
    const first = openLibrary(path);
    const writer = first.parameterFiles.begin("f");
    const parts = [family("A", 2), family("B", 1), family("A", 1)];
    for (const part of parts) writer.add(part);
    expect(first.parameterFiles.list()).toEqual([]);
    const saved = writer.finish({ ...entry, header: header("CCP", "2025-06-20", "settlement final") });
    first.close();
    const second = openLibrary(path);
    expect(second.parameterFiles.list()).toEqual([saved]);
    expect(second.parameterFiles.get("f")?.content).toEqual(header("CCP", "2025-06-20", "settlement final"));
    expect(second.parameterFiles.families("f", all)).toEqual(parts);
    expect(second.parameterFiles.families("f", ({ product }) => product === "B")).toEqual([parts[1]]);
    expect(second.info().counts).toMatchObject({ parameterFiles: 1 });
    second.close();
  });

  it("are listed by business day, then house and cycle", () => {
    const library = openLibrary(freshPath());
    const days = [
      ["a", "CCP", "2025-06-19", "final"],
      ["b", "CCP", "2025-06-20", "intraday 1"],
      ["c", "ABC", "2025-06-20", "final"],
      ["d", "CCP", "2025-06-20", "final"],
    ] as const;
    for (const [id, house, date, cycle] of days)
      library.parameterFiles.begin(id).finish({ ...entry, header: header(house, date, cycle) });
    expect(library.parameterFiles.list().map(({ id }) => id)).toEqual(["c", "d", "b", "a"]);
    library.close();
  });

  it("leave nothing behind when they are deleted, and keep what another file holds too", () => {
    const library = openLibrary(freshPath());
    for (const id of ["one", "two"]) {
      const writer = library.parameterFiles.begin(id);
      writer.add(family("A", 3));
      writer.finish({ ...entry, header: header("CCP", "2025-06-20", id) });
    }
    expect(library.parameterFiles.remove("one")).toBe(true);
    expect(library.parameterFiles.remove("one")).toBe(false);
    expect(library.parameterFiles.families("one", all)).toEqual([]);
    expect(library.parameterFiles.families("two", all)).toEqual([family("A", 3)]);
    library.close();
  });

  it("travel with the library", () => {
    const from = openLibrary(freshPath());
    const writer = from.parameterFiles.begin("f");
    writer.add(family("A", 3));
    writer.finish({ ...entry, header: header("CCP", "2025-06-20", "final") });
    const to = openLibrary(freshPath());
    expect(to.import(from.export())).toEqual({ added: 1, alreadyHere: 0 });
    expect(to.import(from.export())).toEqual({ added: 0, alreadyHere: 1 });
    expect(to.parameterFiles.families("f", all)).toEqual([family("A", 3)]);
    expect(to.parameterFiles.get("f")?.content).toEqual(from.parameterFiles.get("f")?.content);
    from.close();
    to.close();
  });
});
