import { describe, expect, it } from "vitest";
import { type MarginSurface, marginSurface, type SurfaceAxes } from "../../../core/analysis/index.ts";
import { unwatched } from "../../../core/base/index.ts";
import { runMargin } from "../../../core/margin/index.ts";
import { catalog, type Methodology } from "../../../core/methodology/index.ts";
import { blackGreeks } from "../../../core/pricing/index.ts";
import type { ResolvedRules } from "../../../core/rulebook/index.ts";
import { latestRules } from "../methodology/run-case.ts";
import { call, forward, market, perpetual, portfolio, put } from "./sample-market.ts";
import { tinyMethodology, tinyRules } from "./tiny-methodology.ts";

const axes: SurfaceAxes = {
  price: { from: -0.5, to: 0.5, count: 21 },
  volatility: { from: -0.5, to: 0.5, count: 11 },
  volatilityMode: "relative",
};
const run = { portfolio, market, methodology: tinyMethodology, rules: tinyRules, axes };

async function surface(changes: Partial<Parameters<typeof marginSurface>[0]> = {}): Promise<MarginSurface> {
  const result = await marginSurface({ ...run, ...changes });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** Index of the point with the shocks nearest to these. */
function pointAt(found: MarginSurface, priceMove: number, change: number): number {
  const column = found.priceMoves.findIndex((move) => Math.abs(move - priceMove) < 1e-12);
  const row = found.volatilityChanges.findIndex((one) => Math.abs(one - change) < 1e-12);
  expect(Math.min(column, row)).toBeGreaterThanOrEqual(0);
  return row * found.priceMoves.length + column;
}

async function expectSameAsRun(methodology: Methodology, rules: ResolvedRules): Promise<void> {
  const found = await surface({ methodology, rules });
  const margin = await runMargin({ portfolio, market, methodology, rules });
  if (!margin.ok) throw new Error(margin.failure.message);
  const at = pointAt(found, 0, 0);
  const { totals, accounts, positions } = margin.value;
  expect(found.layers.initial[at]).toBe(totals.initialUsd);
  expect(found.layers.maintenance[at]).toBe(totals.maintenanceUsd);
  expect(found.layers.pnl[at]).toBe(0);
  const headrooms = accounts.flatMap(({ marginBalance, maintenance, usdPerUnit }) =>
    marginBalance === undefined ? [] : [usdPerUnit * (marginBalance.amount - maintenance.amount)],
  );
  expect(found.layers.headroom[at]).toBe(Math.min(...headrooms));
  const delta = positions.reduce((total, { greeks, terms }) => total + (greeks.delta * terms.index) / 100, 0);
  expect(found.layers.delta[at]).toBeCloseTo(delta, 6);
  expect(found.accuracy).toBe(margin.value.accuracy);
}

describe("marginSurface", () => {
  it("equals the margin run at the unshocked point, bit for bit", () => expectSameAsRun(tinyMethodology, tinyRules));

  it.each([...catalog.values()])(
    "equals the run of $id at the unshocked point, bit for bit, and is refused as it is",
    async (methodology) => {
      const rules = latestRules(methodology);
      const margin = await runMargin({ portfolio, market, methodology, rules });
      if (margin.ok) await expectSameAsRun(methodology, rules);
      else expect(await marginSurface({ ...run, methodology, rules })).toEqual(margin);
    },
  );

  it("has the shape of its axes and no number that is not finite", async () => {
    const found = await surface();
    expect([...found.priceMoves].slice(0, 2)).toEqual([-0.5, -0.45]);
    expect(found.volatilityChanges.length).toBe(11);
    for (const [name, layer] of Object.entries(found.layers)) {
      expect({ name, length: layer.length }).toEqual({ name, length: 231 });
      expect({ name, wrong: layer.filter((value: number) => !Number.isFinite(value)).length }).toEqual({
        name,
        wrong: 0,
      });
    }
    expect(Math.min(...found.layers.initial)).toBeGreaterThanOrEqual(0);
    expect(found).toMatchObject({ stage: "final", methodology: "test-tiny", version: "one", overridden: false });
  });

  it("counts coin profit at the shocked index", async () => {
    const only = { ...portfolio, positions: portfolio.positions.filter((one) => one.instrument === perpetual) };
    const found = await surface({ portfolio: only });
    const at = pointAt(found, -0.2, 0);
    const coins = 100000 * (1 / 91020 - 1 / (91020 * 0.8));
    expect(found.layers.pnl[at]).toBeCloseTo(coins * 91000 * 0.8, 6);
    const maintenance = (0.8 * 100000 * 0.16) / (0.84 * 91020 * 0.8);
    expect(found.layers.headroom[at]).toBeCloseTo((4.2 + coins - maintenance) * 91000 * 0.8, 6);
  });

  it("shocks volatility apart from price", async () => {
    const only = { ...portfolio, positions: portfolio.positions.filter((one) => one.instrument === call) };
    const found = await surface({ portfolio: only, axes: { ...axes, volatilityMode: "absolute" } });
    const at = pointAt(found, 0.1, 0.3);
    const years = (Date.UTC(2026, 2, 27, 8) - market.asOfMs) / (365 * 86_400_000);
    const shocked = blackGreeks(forward * 1.1, 100000, years, 0.43 + 0.3, true);
    const unshocked = blackGreeks(forward, 100000, years, 0.43, true);
    const coins = -10 * (shocked.value / (forward * 1.1) - unshocked.value / forward);
    expect(found.layers.pnl[at]).toBeCloseTo(coins * 91000 * 1.1, 6);
    expect(found.layers.delta[at]).toBeCloseTo((-10 * shocked.delta * 91000 * 1.1) / 100, 6);
    expect(found.layers.vega[at]).toBeCloseTo((-10 * shocked.vega) / 100, 6);
  });

  it("recomputes margin from the shocked market, as a run at that market would", async () => {
    const move = 0.25;
    const found = await surface();
    const quotes = market.quotes.map((quote) => {
      const { markVolatility, mark = 0, instrument } = quote;
      return instrument.kind === "option"
        ? { instrument, markVolatility: markVolatility ?? 0 }
        : { instrument, mark: mark * (1 + move) };
    });
    const moved = {
      ...market,
      quotes,
      indices: market.indices.map((index) => ({ ...index, price: index.price * (1 + move) })),
      forwards: market.forwards.map((one) => ({ ...one, value: one.value * (1 + move) })),
    };
    const margin = await runMargin({ ...run, market: moved });
    if (!margin.ok) throw new Error(margin.failure.message);
    const initial = found.layers.initial[pointAt(found, move, 0)] ?? Number.NaN;
    expect(Math.abs(initial / margin.value.totals.initialUsd - 1)).toBeLessThan(1e-12);
  });

  it("names the binding scenario of each account", async () => {
    const found = await surface();
    const label = found.bindings[found.binding[pointAt(found, 0, 0)] ?? -1];
    expect(label).toMatch(/^BTC: price [+-]\d+ %, volatility (same|up); USDC: price \+16 %, volatility same$/);
    expect(new Set(found.binding).size).toBeGreaterThan(1);
  });

  it("has no binding scenario and no margin where nothing can lose", async () => {
    const nothing = portfolio.positions
      .filter(({ instrument }) => instrument === put)
      .map((one) => ({ ...one, quantity: 0 }));
    const found = await surface({ portfolio: { ...portfolio, positions: nothing } });
    expect(new Set(found.binding)).toEqual(new Set([-1]));
    expect(new Set(found.layers.initial)).toEqual(new Set([0]));
  });

  it("has no step in headroom beside the unshocked point, whatever option value the venue states", async () => {
    const methodology = catalog.get("deribit-standard");
    if (methodology === undefined) throw new Error("deribit-standard is in the catalogue");
    const stated = { currency: "BTC", equity: 4.2, optionsValue: -0.9, marginBalance: 5, basis: "imported" } as const;
    const fine = {
      ...axes,
      price: { from: -1e-6, to: 1e-6, count: 3 },
      volatility: { from: -1e-6, to: 1e-6, count: 3 },
    };
    const rules = latestRules(methodology);
    const found = await surface({ methodology, rules, axes: fine, portfolio: { ...portfolio, balances: [stated] } });
    const { headroom } = found.layers;
    expect(Math.max(...headroom) - Math.min(...headroom)).toBeLessThan(5);
  });

  it("has no headroom without balances", async () =>
    expect((await surface({ portfolio: { ...portfolio, balances: [] } })).layers.headroom.length).toBe(0));

  it("gives a coarse surface first, whose points the final one keeps", async () => {
    const coarse: MarginSurface[] = [];
    const found = await surface({ onCoarse: (one) => coarse.push(one) });
    const [first] = coarse;
    if (first === undefined) throw new Error("no coarse surface");
    expect(coarse.length).toBe(1);
    expect([first.stage, first.priceMoves.length, first.volatilityChanges.length]).toEqual(["coarse", 11, 6]);
    first.volatilityChanges.forEach((change, row) => {
      first.priceMoves.forEach((move, column) => {
        const at = pointAt(found, move, change);
        const here = row * first.priceMoves.length + column;
        expect(first.layers.initial[here]).toBe(found.layers.initial[at]);
        expect(first.layers.theta[here]).toBe(found.layers.theta[at]);
        expect(first.bindings[first.binding[here] ?? -1]).toBe(found.bindings[found.binding[at] ?? -1]);
      });
    });
  });

  it("goes on from a coarse surface that was asked for alone, once, to the same bits", async () => {
    const whole = await surface();
    const early: MarginSurface[] = [];
    const onCoarse = (one: MarginSurface): void => void early.push(one);
    const coarse = await surface({ stage: "coarse", onCoarse });
    expect([coarse.stage, coarse.priceMoves.length]).toEqual(["coarse", 11]);
    const counted: number[] = [];
    const work = { ...unwatched, progress: (done: number) => void counted.push(done) };
    expect(await surface({ onCoarse, work })).toEqual(whole);
    expect(counted[0]).toBeGreaterThan(coarse.layers.initial.length);
    expect(early).toEqual([]);
    expect(await surface({ onCoarse })).toEqual(whole);
    expect(early.length).toBe(1);
  });

  it("is final at once where the grid is as coarse as a coarse one", async () => {
    const few = { ...axes, price: { from: -0.1, to: 0.1, count: 5 }, volatility: { from: -0.1, to: 0.1, count: 5 } };
    expect((await surface({ stage: "coarse", axes: few })).stage).toBe("final");
  });

  it("is the same however positions are split", async () => {
    const whole = portfolio.positions.filter(({ instrument }) => instrument !== put);
    const [one] = portfolio.positions.filter(({ instrument }) => instrument === put);
    if (one === undefined) throw new Error("the sample holds puts");
    const joined = await surface({ portfolio: { ...portfolio, positions: [...whole, { ...one, quantity: -7 }] } });
    const split = await surface();
    split.layers.initial.forEach((value, at) => {
      expect(Math.abs(value - (joined.layers.initial[at] ?? 0))).toBeLessThan(1e-6);
      expect(Math.abs((split.layers.pnl[at] ?? 0) - (joined.layers.pnl[at] ?? 0))).toBeLessThan(1e-6);
    });
  });

  it("stops when cancelled, with progress until then", async () => {
    const seen: number[] = [];
    const positions = Array.from({ length: 400 }, (_, index) => ({
      ...portfolio.positions[index % 5],
      id: `p${index}`,
    })) as unknown as typeof portfolio.positions;
    const work = {
      progress: (done: number) => seen.push(done),
      cancelled: () => seen.length >= 2,
      pause: async () => {},
    };
    const result = await marginSurface({ ...run, portfolio: { ...portfolio, positions }, work });
    expect(result).toMatchObject({ ok: false, failure: { reason: "cancelled" } });
    expect(seen.length).toBe(2);
    expect(seen[1]).toBeLessThan(231);
  });

  it.each([
    ["a price of nothing", { ...axes, price: { from: -1, to: 0.5, count: 5 } }],
    ["a reversed axis", { ...axes, volatility: { from: 0.5, to: -0.5, count: 5 } }],
    ["one point", { ...axes, price: { from: -0.5, to: 0.5, count: 1 } }],
    ["too many points", { ...axes, price: { from: -0.5, to: 0.5, count: 162 } }],
    ["NaN", { ...axes, price: { from: Number.NaN, to: 0.5, count: 5 } }],
  ])("refuses axes with %s", async (_, wrong) =>
    expect(await marginSurface({ ...run, axes: wrong })).toMatchObject({
      ok: false,
      failure: { reason: "invalid-input" },
    }),
  );
});
