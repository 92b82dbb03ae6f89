import { describe, expect, it } from "vitest";
import type { Panel } from "../../../core/api/contract.ts";
import { hashOf } from "../../../core/base/index.ts";
import type { History } from "../../../core/history/index.ts";
import { openLibrary } from "../../../core/library/index.ts";
import { daily } from "../history/series.ts";
import { freshPath } from "./fixture.ts";

const history: History = {
  name: "prices",
  series: [
    daily(
      "price:BTC",
      "2020-01-01",
      Array.from({ length: 3_000 }, (_, day) => 100 + day / 7),
    ),
  ],
  ...{ warnings: [], sources: [{ name: "a.csv", sha256: "a" }] },
};
const panel: Panel = {
  name: "two",
  entries: [
    { asOfMs: 1, marketId: "a" },
    { asOfMs: 2, marketId: "b" },
  ],
};
const entry = { name: "n", note: "", savedAtMs: 1 };

describe("histories and panels in the library", () => {
  it("come back after closing, with every digit, and are counted", () => {
    const path = freshPath();
    const first = openLibrary(path);
    expect(first.histories.save({ ...entry, id: "h", content: history }).sha256).toBe(hashOf(history));
    first.panels.save({ ...entry, id: "p", content: panel });
    first.close();
    const second = openLibrary(path);
    expect(second.histories.get("h")?.content).toEqual(history);
    expect(second.panels.get("p")?.content).toEqual(panel);
    expect(second.info().counts).toMatchObject({ histories: 1, panels: 1 });
    expect(second.histories.remove("h")).toBe(true);
    expect(second.histories.list()).toEqual([]);
    second.close();
  });

  it("travel with an exported library, and keep content that a twin still holds", () => {
    const from = openLibrary(freshPath());
    for (const id of ["h", "twin"]) from.histories.save({ ...entry, id, content: history });
    from.panels.save({ ...entry, id: "p", content: panel });
    from.histories.remove("twin");
    const to = openLibrary(freshPath());
    expect(to.import(from.export())).toEqual({ added: 2, alreadyHere: 0 });
    expect(to.histories.get("h")?.content).toEqual(history);
    expect(to.panels.get("p")?.content).toEqual(panel);
    for (const library of [from, to]) library.close();
  });
});
