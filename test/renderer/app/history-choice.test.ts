import { describe, expect, it } from "vitest";
import { remedyOf } from "../../../renderer/app/remedy.ts";
import { flatOptions, foundOptions } from "../../../renderer/app/topbar/picker-options.ts";
import type { StoredSummary } from "../../../renderer/client/types.ts";
import { mergeParts } from "../../../renderer/screens/library/merge-parts.ts";
import { groupMarkets } from "../../../renderer/state/panel-markets.ts";

const stored = (id: string): StoredSummary => ({ id, name: id, savedAtMs: 0, sha256: id, note: "" });
const day = (n: number): number => n * 86_400_000;

describe("markets of panels", () => {
  const markets = ["own", "m1", "m2", "m3"].map(stored);
  it("stand under their panel in the order of their times, the others alone", () => {
    const contents = new Map([
      [
        "p",
        [
          { asOfMs: day(1), marketId: "m2" },
          { asOfMs: day(2), marketId: "m1" },
          { asOfMs: day(3), marketId: "gone" },
        ],
      ],
    ]);
    const { single, panels } = groupMarkets(markets, [stored("p"), stored("empty")], contents);
    expect(single.map(({ id }) => id)).toEqual(["own", "m3"]);
    expect(panels.map(({ panel, markets: own }) => [panel.id, own.map(({ id, asOfMs }) => [id, asOfMs])])).toEqual([
      [
        "p",
        [
          ["m2", day(1)],
          ["m1", day(2)],
        ],
      ],
    ]);
  });
  it("stand alone until the contents of the panel are known", () =>
    expect(groupMarkets(markets, [stored("p")], new Map()).single).toHaveLength(4));
});

describe("options of a picker", () => {
  const items = Array.from({ length: 250 }, (_, n) => ({ value: `m${n}`, label: `2026-01-${n}` }));
  const options = [
    { value: "sample", label: "Sample (synthetic)" },
    { group: "Panel fall", items },
  ];
  it("show the first of a long group, the chosen one, and how many more there are", () => {
    const [, group] = foundOptions(options, "", "m200");
    const shown = group && "group" in group ? group.items : [];
    expect(shown).toHaveLength(32);
    expect(shown.at(-2)?.value).toBe("m200");
    expect(shown.at(-1)).toMatchObject({ label: "and 219 more: type to find", disabled: true });
  });
  it("are found by all words of a search, in label or group", () => {
    expect(flatOptions(foundOptions(options, "fall 01-249", null)).map(({ value }) => value)).toEqual(["m249"]);
    expect(flatOptions(foundOptions(options, "SAMPLE", null)).map(({ value }) => value)).toEqual(["sample"]);
    expect(foundOptions(options, "nothing like it", null)).toEqual([]);
  });
});

describe("what helps a refused margin", () => {
  it.each([
    ["the method needs a history with price:BTC; the request names none", "BTC-PERPETUAL", "history"],
    ["a covariance needs at least 20 daily changes; found 3", "history", "history"],
    [
      "the correlation matrix is not positive semidefinite: …; correct it, or allow the nearest correlation matrix in its place",
      undefined,
      "repair",
    ],
    ["the market has no index:SOL", "SOL", undefined],
  ])("%s", (message, at, remedy) =>
    expect(remedyOf({ reason: "missing-data", message, ...(at !== undefined && { at }) })).toBe(remedy),
  );

  it("is another method where this one is not made for the book", () =>
    expect(
      remedyOf({
        reason: "not-applicable",
        message: "cannot value any of 66 positions; BTC-1: is not a listed contract",
      }),
    ).toBe("method"));
});

describe("parts of a merge", () => {
  it("keep the order chosen and append nothing by default", () =>
    expect(mergeParts(["b", "a"], [])).toEqual([
      { id: "b", append: [] },
      { id: "a", append: [] },
    ]));
  it("append what an earlier part has", () =>
    expect(mergeParts(["b", "a"], [["price:BTC"], ["price:BTC", "price:ETH"]])).toEqual([
      { id: "b", append: [] },
      { id: "a", append: ["price:BTC"] },
    ]));
});
