import { describe, expect, it } from "vitest";
import type { Input, MarginRequest } from "../../../core/api/contract.ts";
import { memoryCore } from "./memory-core.ts";

const sample = { portfolio: { sample: true }, market: { sample: true } } as const;
const one = { ...sample, methodology: "deribit-portfolio" } as const;
const leg = { instrument: { symbol: "BTC-PERPETUAL" }, quantity: 100_000 } as const;

async function sampleCall(core = memoryCore()) {
  const { found } = await core.call("what-if.instruments", { market: { sample: true }, words: "option -C" });
  const call = found.find(({ mark }) => mark !== undefined);
  if (call === undefined) throw new Error("the sample quotes calls");
  return call;
}

describe("legs of a margin request", () => {
  it("give the same margin everywhere: run, totals, surface, comparison, mixed", async () => {
    const core = memoryCore();
    const { symbol } = await sampleCall(core);
    const legs = [leg, { instrument: { symbol }, quantity: -3 }];
    const run = await core.call("margin.run", { ...one, legs });
    const [totals] = await core.call("margin.totals", { requests: [{ ...one, legs }] });
    expect(totals?.totals).toEqual(run.totals);
    const axes = {
      price: { from: -0.1, to: 0.1, count: 3 },
      volatility: { from: -0.1, to: 0.1, count: 3 },
      volatilityMode: "relative" as const,
    };
    const surface = await core.call("surface.run", { ...one, legs, axes });
    expect(surface.layers.initial[4]).toBe(run.totals.initialUsd);
    const comparison = await core.call("margin.comparison", {
      ...{ ...sample, legs, columns: [{ methodology: one.methodology }], map: false },
    });
    expect(comparison.rows.find(({ id }) => id === "initial")?.amounts[0]).toBe(run.totals.initialUsd);
    const mixed = await core.call("margin.mixed", { ...sample, legs, parts: [{ methodology: one.methodology }] });
    expect(mixed.totals.initialUsd).toBe(run.totals.initialUsd);
    const plain = await core.call("margin.run", one);
    expect(plain.totals.initialUsd).not.toBe(run.totals.initialUsd);
  });
  it("S2, S12: make a book from nothing, of instruments not held, that replays to the digit", async () => {
    const core = memoryCore();
    const { symbol } = await sampleCall(core);
    const request: MarginRequest = {
      portfolio: { empty: true, name: "Idea", venue: "deribit" },
      market: { sample: true },
      methodology: "deribit-portfolio",
      balances: [{ currency: "BTC", equity: 3 }],
      legs: [leg, { instrument: { symbol }, quantity: -2, price: { basis: "stated", price: 0.01 } }],
    };
    const result = await core.call("margin.run", request);
    expect(result.positions.map((position) => position.symbol)).toEqual(["BTC-PERPETUAL", symbol]);
    expect(result.totals.initialUsd).toBeGreaterThan(0);
    const saved = await core.call("run.save", { name: "Idea", request });
    const replay = await core.call("run.replay", { id: saved.id });
    expect(replay).toMatchObject({ equal: true, differences: [] });
  });
});

describe("what-if.run", () => {
  it("S3: has the requirements of the runs before and after, and marks failed columns alone", async () => {
    const core = memoryCore();
    const before = await core.call("margin.run", one);
    const after = await core.call("margin.run", { ...one, legs: [leg] });
    const columns = [{ methodology: one.methodology }, { methodology: "occ-tims", label: "unknown" }];
    expect(await core.refusal("what-if.run", { ...sample, columns, legs: [leg] })).toMatchObject({
      reason: "not-found",
    });
    const found = await core.call("what-if.run", {
      ...{ ...sample, legs: [leg] },
      columns: [{ methodology: one.methodology }, { methodology: one.methodology, rules: { name: "none" } }],
    });
    expect(found.columns[0]).toMatchObject({
      before: { initialUsd: before.totals.initialUsd },
      after: { initialUsd: after.totals.initialUsd },
    });
    expect(found.columns[1]).toHaveProperty("failure");
    expect(found.legs).toMatchObject([{ symbol: "BTC-PERPETUAL", quantity: 100_000, quantityUnit: "USD" }]);
  });
  it("states the mark of each leg in its own currency: coin for an inverse option, else the quote", async () => {
    const core = memoryCore();
    const { found } = await core.call("what-if.instruments", {
      market: { sample: true },
      words: "option btc -C",
      most: 1,
    });
    const option = { instrument: { symbol: found[0]?.symbol ?? "" }, quantity: 1 };
    const columns = [{ methodology: one.methodology }];
    const { legs } = await core.call("what-if.run", { ...sample, columns, legs: [leg, option] });
    expect(legs.map(({ priceUnit }) => priceUnit)).toEqual(["USD", "BTC"]);
    expect(legs[1]?.mark).toBeLessThan(1);
  });
  it("holds book and legs in the contracts of another venue as the comparison does", async () => {
    const core = memoryCore();
    const columns = [{ methodology: "bybit-portfolio" }];
    const compared = await core.call("margin.comparison", { ...sample, columns, legs: [leg] });
    const found = await core.call("what-if.run", { ...sample, columns, legs: [leg], map: true });
    const [column] = found.columns;
    if (column === undefined || "failure" in column) throw new Error("bybit margins the sample");
    expect(column.after.initialUsd).toBeCloseTo(
      compared.rows.find(({ id }) => id === "initial")?.amounts[0] ?? Number.NaN,
      6,
    );
  });
});

describe("what-if.save", () => {
  it("stores the book after the legs, which then has the margin of the what-if", async () => {
    const core = memoryCore();
    const saved = await core.call("what-if.save", { ...sample, name: "With legs", legs: [leg] });
    const stored = await core.call("margin.run", { ...one, portfolio: { id: saved.id } });
    const legs = await core.call("margin.run", { ...one, legs: [leg] });
    expect(stored.totals).toEqual(legs.totals);
  });
});

describe("what-if.algebra", () => {
  it("of a book less itself holds nothing", async () => {
    const { call } = memoryCore();
    const terms = [{ portfolio: { sample: true } as const }, { portfolio: { sample: true } as const, times: -1 }];
    const none = await call("what-if.algebra", { name: "Nothing", terms });
    expect(none).toMatchObject({ count: 0, positions: [] });
    expect(none.balances.every(({ equity }) => equity === 0)).toBe(true);
  });
  it("of twice a book has what two books add up to, stored and margined", async () => {
    const { call } = memoryCore();
    const twice = await call("what-if.save-algebra", {
      name: "Twice",
      terms: [{ portfolio: { sample: true } }, { portfolio: { sample: true } }],
    });
    const scaled = await call("what-if.save-algebra", {
      name: "Scaled",
      terms: [{ portfolio: { sample: true }, times: 2 }],
    });
    const [one1, other] = await Promise.all(
      [twice, scaled].map(({ saved }) => call("margin.run", { ...one, portfolio: { id: saved?.id ?? "" } })),
    );
    expect(one1?.totals).toEqual(other?.totals);
    expect(twice.positions.map(({ quantity }) => quantity)).toEqual(scaled.positions.map(({ quantity }) => quantity));
  });
  it("keeps every position for itself when gross", async () => {
    const { call } = memoryCore();
    const terms = [{ portfolio: { sample: true } as const }, { portfolio: { sample: true } as const, times: -1 }];
    const gross = await call("what-if.algebra", { name: "Gross", terms, positions: "gross" });
    const single = await call("what-if.algebra", { name: "One", terms: terms.slice(0, 1), positions: "gross" });
    expect(gross.count).toBe(2 * single.count);
  });
});

describe("what-if.candidates", () => {
  it("are every quoted contract within the filter, both sides, best first", async () => {
    const { call } = memoryCore();
    const found = await call("what-if.candidates", {
      ...one,
      candidates: { from: "market", most: 5, kinds: ["option", "perpetual"], moneyness: 0.2 },
    });
    expect(found.evaluated).toBe(10);
    const scores = found.ranked.map(({ score }) => score ?? Number.NaN);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(found.ranked[0]?.initialAfterUsd).toBeCloseTo(found.initialBeforeUsd - (scores[0] ?? 0), 6);
  });

  it("are ranked by what the worst of the library's scenarios loses less, each as its own what-if says", async () => {
    const { call } = memoryCore();
    const price = (amount: number) => [{ kind: "price", factor: "*", mode: "relative", amount } as const];
    const step = (label: string, days: number, amount: number) => ({ label, days, shocks: price(amount) });
    const set = {
      name: "Mine",
      scenarios: [
        { id: "fall", label: "Fall", shocks: price(-0.35) },
        {
          ...{ id: "turn", label: "Turn", shocks: price(0.1) },
          path: [step("up", 1, 0.6), step("back", 2, 0.1)],
        },
      ],
    };
    const stress: Input<"what-if.candidates">["stress"] = { sets: [{ set }], mode: "path" };
    const market: Input<"what-if.candidates">["candidates"] = { from: "market", most: 6, moneyness: 0.2 };
    const found = await call("what-if.candidates", { ...one, candidates: market, stress, measure: "stress-relief" });
    const scores = found.ranked.map(({ score }) => score ?? Number.NaN);
    expect(scores).toHaveLength(12);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[0]).toBeGreaterThan(0);
    expect(found.worstStressBefore).toMatchObject({ setName: "Mine" });
    const { methodology, ...inputs } = one;
    for (const { legs, stressReliefUsd, worstStressAfter } of [found.ranked[0], found.ranked.at(-1)].flatMap(
      (row) => row ?? [],
    )) {
      const { columns } = await call("what-if.run", {
        ...{ ...inputs, columns: [{ methodology }], stress },
        legs: legs.map(({ symbol, venue, quantity }) => ({ instrument: { symbol, venue }, quantity })),
      });
      const [column] = columns;
      if (column === undefined || "failure" in column) throw new Error("the method margins the sample");
      expect(worstStressAfter).toEqual(column.after.worstStress);
      expect(found.worstStressBefore).toEqual(column.before.worstStress);
      expect(stressReliefUsd).toBe(
        (column.after.worstStress?.profitUsd ?? Number.NaN) - (column.before.worstStress?.profitUsd ?? Number.NaN),
      );
    }
    // Without scenarios nothing is said of stress: no candidate has a score.
    const plain = await call("what-if.candidates", { ...one, candidates: market, measure: "stress-relief" });
    expect(plain.ranked.map(({ score, worstStressAfter }) => [score, worstStressAfter])).toEqual(
      plain.ranked.map(() => [undefined, undefined]),
    );
  });
});
