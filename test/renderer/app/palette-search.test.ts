import { describe, expect, it } from "vitest";
import { type Entry, searched } from "../../../renderer/app/command/palette-search.ts";

const entry = (label: string, description = "", keywords = ""): Entry => ({
  ...{ id: label, label, description, keywords },
  run: () => undefined,
});
const labels = (found: ReturnType<typeof searched>) => found.map(({ entries }) => entries.map(({ label }) => label));

const actions = {
  title: "Actions",
  prefix: ">",
  entries: () => [entry("Export panel", "", "file"), entry("Reset layout"), entry("Print")],
};
const instruments = {
  title: "Instruments",
  prefix: "@",
  entries: () => [
    entry("ETH-27NOV26-BTC", "12 ETH"),
    entry("BTC-PERPETUAL", "5 USD"),
    entry("WBTC", "1 WBTC"),
    entry("ETH-PERPETUAL", "hedges BTC"),
  ],
};

describe("the search of the palette", () => {
  it("puts names that begin with the query first, then words, then what holds it, then descriptions", () => {
    expect(labels(searched([instruments], "btc"))).toEqual([
      ["BTC-PERPETUAL", "ETH-27NOV26-BTC", "WBTC", "ETH-PERPETUAL"],
    ]);
  });

  it("takes words in any order, of any case, and keywords", () => {
    expect(labels(searched([actions], "LAYOUT res"))).toEqual([["Reset layout"]]);
    expect(labels(searched([actions], "file"))).toEqual([["Export panel"]]);
  });

  it("shows every group while nothing is typed, and leaves out groups without a match", () => {
    expect(searched([actions, instruments], "").map(({ title }) => title)).toEqual(["Actions", "Instruments"]);
    expect(searched([actions, instruments], "perp").map(({ title }) => title)).toEqual(["Instruments"]);
    expect(searched([actions, instruments], "nothing of the kind")).toEqual([]);
  });

  it("searches one group alone behind its sign", () => {
    expect(searched([actions, instruments], "@").map(({ title }) => title)).toEqual(["Instruments"]);
    expect(labels(searched([actions, instruments], "> print"))).toEqual([["Print"]]);
  });

  it("takes signs of patterns as they are", () => {
    expect(labels(searched([{ title: "Parameters", entries: () => [entry("/a.b"), entry("/acb")] }], "a.b"))).toEqual([
      ["/a.b"],
    ]);
  });

  it("shows few of many and counts the rest", () => {
    const many = Array.from({ length: 10_000 }, (_, at) => entry(`BTC-27NOV26-${at}-C`, `${at} BTC`));
    const [found] = searched([{ title: "Instruments", prefix: "@", entries: () => many }], "btc c");
    expect(found?.entries).toHaveLength(7);
    expect(found?.more).toBe(9_993);
    const [alone] = searched([{ title: "Instruments", prefix: "@", entries: () => many }], "@9999-");
    expect(alone?.entries.map(({ label }) => label)).toEqual(["BTC-27NOV26-9999-C"]);
  });

  it("finds among ten thousand within a frame", () => {
    const many = Array.from({ length: 10_000 }, (_, at) => entry(`BTC-27NOV26-${at}-C`, `${at} BTC`));
    const groups = [{ title: "Instruments", entries: () => many }];
    searched(groups, "warm up");
    const before = process.cpuUsage();
    for (const query of ["b", "bt", "btc", "btc 99", "eth", "27nov26 c", "9999", "none"]) searched(groups, query);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000 / 8).toBeLessThan(50);
  });
});
