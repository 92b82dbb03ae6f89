import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { createResources } from "../../../core/host/resources.ts";
import type { StressSet } from "../../../core/scenario/index.ts";
import { sharedData } from "../../shared-data.ts";

const sets = new Map(
  createResources()
    .stressSets()
    .map(({ id, content }) => [id, content]),
);
const setOf = (id: string): StressSet => {
  const found = sets.get(id);
  if (found === undefined) throw new Error(`no set ${id} ships with the program`);
  return found;
};
const events = setOf("shipped:historical-events");
const shocks = setOf("shipped:hypothetical-shocks");

const qualities = (set: StressSet, of: "shocks" | "figures") => {
  const counts: Record<string, number> = {};
  for (const scenario of set.scenarios)
    for (const { quality } of scenario[of]) counts[quality] = (counts[quality] ?? 0) + 1;
  return counts;
};

describe("the historical events that ship", () => {
  it("are nineteen, with every figure by quality", () => {
    expect(events.scenarios).toHaveLength(19);
    expect(qualities(events, "figures")).toEqual({ dataset: 88, published: 50, uncertain: 10 });
    expect(qualities(events, "shocks")).toEqual({ dataset: 36, "product-choice": 24, published: 12, uncertain: 19 });
  });

  it("name a source for every shock that is measured or published, and every source is known", () => {
    const known = new Set(events.sources.map(({ id }) => id));
    for (const { id, shocks: own, figures, path = [] } of events.scenarios)
      for (const { quality, source } of [...own, ...figures, ...path.flatMap((step) => step.shocks)]) {
        if (quality === "dataset" || quality === "published") expect(source, id).toBeDefined();
        if (source !== undefined) expect(known, id).toContain(source);
      }
  });

  it("know a price through zero, an upward squeeze and a volatility that rises on a small fall", () => {
    const shocksOf = (id: string) => events.scenarios.find((one) => one.id === id)?.shocks ?? [];
    expect(shocksOf("tradfi-2020-04-20-wti")).toContainEqual(
      expect.objectContaining({ kind: "price", mode: "absolute", amount: -55.9 }),
    );
    expect(shocksOf("tradfi-2022-03-08-nickel")).toContainEqual(expect.objectContaining({ amount: 2.74 }));
    expect(shocksOf("tradfi-2018-02-05")).toContainEqual(
      expect.objectContaining({ kind: "volatility", factor: "SPX", amount: 1.156 }),
    );
  });

  it("keep the order of days in a path, the low before the close of its day", () => {
    const path = events.scenarios.find(({ id }) => id === "crypto-2025-10-10")?.path ?? [];
    expect(path.map(({ label }) => label)).toEqual(["2025-10-10 low", "2025-10-10 close"]);
    for (const { id, path: steps = [] } of events.scenarios)
      for (const [at, step] of steps.entries()) expect(step.days, id).toBeGreaterThanOrEqual(steps[at - 1]?.days ?? 0);
  });

  const folder = sharedData();
  const rulebook = folder === undefined ? undefined : resolve(folder, "../reference/rulebooks/stress-events.json");
  it(`carry the template of every event over, number by number${rulebook === undefined ? " (shared folder absent)" : ""}`, () => {
    if (rulebook === undefined) return expect(folder).toBeUndefined();
    const source = JSON.parse(readFileSync(rulebook, "utf8")) as {
      readonly events: readonly {
        readonly id: string;
        readonly template: Readonly<Record<string, Readonly<Record<string, number>>>>;
        readonly moves: readonly unknown[];
        readonly vol: readonly unknown[];
      }[];
    };
    expect(events.scenarios.map(({ id }) => id)).toEqual(source.events.map(({ id }) => id));
    for (const { id, template } of source.events) {
      const own = events.scenarios.find((scenario) => scenario.id === id)?.shocks ?? [];
      const amounts = (kind: string, mode: string) =>
        Object.fromEntries(
          own.flatMap((shock) =>
            shock.kind === kind && "mode" in shock && shock.mode === mode ? [[shock.factor, shock.amount]] : [],
          ),
        );
      const pegs = Object.fromEntries(
        own.flatMap((shock) => (shock.kind === "stablecoin" ? [[shock.factor, shock.amount]] : [])),
      );
      expect({ ...amounts("price", "relative"), ...pegs }, id).toMatchObject(template.spot_rel ?? {});
      expect(amounts("price", "absolute"), id).toEqual(template.spot_abs ?? {});
      expect(amounts("volatility", "relative"), id).toMatchObject(template.vol_rel ?? {});
    }
  });
});

describe("the hypothetical shocks that ship", () => {
  it("are a grid of price and volatility, liquidity, funding, pegs and correlation, every one a choice of this program", () => {
    expect(shocks.scenarios.filter(({ id }) => id.startsWith("grid/"))).toHaveLength(21 * 6);
    expect(Object.keys(qualities(shocks, "shocks"))).toEqual(["product-choice"]);
    const kinds = new Set(shocks.scenarios.flatMap(({ shocks: own }) => own.map(({ kind }) => kind)));
    for (const kind of ["price", "volatility", "liquidity", "funding", "stablecoin", "haircut", "correlation"])
      expect(kinds).toContain(kind);
  });
});
