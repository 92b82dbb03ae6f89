import { describe, expect, it } from "vitest";
import { sum } from "../../../../core/base/index.ts";
import {
  type ChangeExplanation,
  type ChangeRequest,
  type ChangeStep,
  type ChangeStepId,
  changeSteps,
  explainChange,
} from "../../../../core/explain/index.ts";
import { type MarginRun, marginTotals, runMargin } from "../../../../core/margin/index.ts";
import type { MarketSnapshot } from "../../../../core/market/index.ts";
import { catalog } from "../../../../core/methodology/index.ts";
import type { Portfolio, PositionId } from "../../../../core/portfolio/index.ts";
import { resolveRules } from "../../../../core/rulebook/index.ts";
import { call, market, perpetual, portfolio, put } from "../../analysis/sample-market.ts";
import { tinyMethodology, tinyRules } from "../../analysis/tiny-methodology.ts";
import { rulebookOf } from "../../methodology/run-case.ts";
import { unwrapped } from "../../result-value.ts";

const day = 86_400_000;
const base: MarginRun = { portfolio, market, methodology: tinyMethodology, rules: tinyRules };
const settings = { requirement: "initial", average: "none", mostLines: 50, mostPositions: 50 } as const;

/** The market a day later: prices, smile and clock moved, marks of options 2 % above their model. */
const later: MarketSnapshot = {
  ...market,
  name: "later",
  asOfMs: market.asOfMs + day,
  indices: market.indices.map((index) => ({ ...index, price: index.price * 0.96 })),
  forwards: market.forwards.map((forward) => ({ ...forward, value: forward.value * 0.961 })),
  smiles: market.smiles.map((smile) => ({
    ...smile,
    points: smile.points.map((point) => ({ ...point, volatility: point.volatility + 0.05 })),
  })),
  quotes: market.quotes.map(({ instrument, mark = 0, markVolatility }) => ({
    instrument,
    mark: instrument.kind === "option" ? mark * 1.1 : mark * 0.96,
    ...(markVolatility === undefined ? {} : { markVolatility: markVolatility + 0.05 }),
  })),
};
const traded: Portfolio = {
  ...portfolio,
  name: "traded",
  positions: [
    ...portfolio.positions.slice(1),
    { id: "new" as PositionId, instrument: call, quantity: 4 },
    { id: "hedge" as PositionId, instrument: perpetual, quantity: -50_000 },
  ],
  balances: [
    { currency: "BTC", equity: 4, basis: "imported" },
    { currency: "USDC", equity: 9500, basis: "imported" },
  ],
};

async function explained(request: Partial<ChangeRequest>): Promise<ChangeExplanation> {
  return unwrapped(await explainChange({ ...settings, from: base, to: base, ...request }));
}

function stepOf({ steps }: ChangeExplanation, id: ChangeStepId): ChangeStep {
  const found = steps.find((step) => step.id === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return found;
}

/** The sample under a method of the catalogue, which states equity. */
function segregated(id = "deribit-portfolio"): MarginRun {
  const methodology = catalog.get(id);
  if (methodology === undefined) throw new Error(`no ${id}`);
  return { ...base, methodology, rules: unwrapped(resolveRules(rulebookOf(id), { date: "2026-01-04" })) };
}

const initialOf = (run: MarginRun): number => unwrapped(marginTotals(run)).totals.initialUsd;
const differing = ({ steps }: ChangeExplanation): readonly ChangeStepId[] =>
  steps.filter(({ same }) => !same).map(({ id }) => id);

describe("explainChange", () => {
  it("has every step as the same, and 0, between equal runs", async () => {
    const found = await explained({});
    expect(differing(found)).toEqual([]);
    expect(found.steps.map(({ id }) => id)).toEqual(changeSteps);
    expect(found).toMatchObject({ change: 0, difference: 0 });
  });

  it("adds up to the last bit from yesterday to today, ends being the margin runs themselves", async () => {
    const to = { ...base, portfolio: traded, market: later };
    const found = await explained({ to, average: "both-orders" });
    expect(found.fromAmount).toBe(initialOf(base));
    expect(found.toAmount).toBe(initialOf(to));
    expect(sum(found.steps.map(({ change }) => change))).toBe(found.toAmount - found.fromAmount);
    expect(sum(found.steps.map(({ averaged = Number.NaN }) => averaged))).toBe(found.change);
    expect(found.difference).toBe(0);
    expect(differing(found)).toEqual(["positions", "prices", "volatilities", "time", "marks", "collateral"]);
  });

  it("revalues fully at each step: positions at the old market, then the market part by part", async () => {
    const to = { ...base, portfolio: traded, market: later };
    const found = await explained({ to });
    const held = { ...base, portfolio: { ...traded, balances: portfolio.balances } };
    expect(stepOf(found, "positions").totals.initialUsd).toBe(initialOf(held));
    const moved: MarketSnapshot = {
      ...market,
      indices: later.indices,
      forwards: later.forwards,
      quotes: market.quotes.map((quote) => ({
        ...quote,
        ...(quote.instrument.kind === "option"
          ? {}
          : { mark: later.quotes.find(({ instrument }) => instrument === quote.instrument)?.mark ?? 0 }),
      })),
    };
    // The grid of the method is revalued by model, so the marks of options do not matter to it.
    expect(stepOf(found, "prices").totals.initialUsd).toBeCloseTo(initialOf({ ...held, market: moved }), 8);
  });

  it("gives a single step all of the change", async () => {
    const onlyTime = { ...market, asOfMs: market.asOfMs + 5 * day };
    const byTime = await explained({ to: { ...base, market: onlyTime } });
    // Marks as quoted stay where they are while the model decays: their distance to it moves too.
    expect(differing(byTime)).toEqual(["time", "marks"]);
    const rules = { ...tinyRules, parameters: { moves: [-0.2, 0.2], volatilityUp: 0.4 }, parametersHash: "1" };
    const byRules = await explained({ to: { ...base, rules } });
    expect(differing(byRules)).toEqual(["parameters"]);
    expect(stepOf(byRules, "parameters").change).toBe(byRules.change);
    expect(byRules.change).not.toBe(0);
    const byEdit = await explained({ to: { ...base, edits: [{ positionId: "SOL_USDC-PERPETUAL#0", quantity: 0 }] } });
    // A changed quantity makes the stated margin balance void, which is no change of balances.
    expect(differing(byEdit)).toEqual(["positions"]);
  });

  it("takes a stated order, and those left out after it", async () => {
    const to = { ...base, portfolio: traded, market: later };
    const found = await explained({ to, order: ["time", "prices"] });
    expect(found.steps.slice(0, 3).map(({ id }) => id)).toEqual(["time", "prices", "positions"]);
    expect(sum(found.steps.map(({ change }) => change))).toBe(found.change);
  });

  it("averages over both orders, or all: the mean of what each order says", async () => {
    const to = { ...base, portfolio: traded, market: later };
    const forward = await explained({ to });
    const backward = await explained({ to, order: [...changeSteps].reverse() });
    const both = await explained({ to, average: "both-orders" });
    for (const id of differing(both)) {
      const mean = 0.5 * (stepOf(forward, id).change + stepOf(backward, id).change);
      expect(stepOf(both, id).averaged).toBeCloseTo(mean, 6);
    }
    const rules = { ...tinyRules, parameters: { moves: [-0.3, 0.3], volatilityUp: 0.1 }, parametersHash: "1" };
    const two = { ...base, portfolio: { ...traded, balances: portfolio.balances }, rules };
    const [shapley, mean] = [
      await explained({ to: two, average: "all-orders" }),
      await explained({ to: two, average: "both-orders" }),
    ];
    expect(differing(shapley)).toEqual(["positions", "parameters"]);
    for (const id of differing(shapley))
      expect(stepOf(shapley, id).averaged).toBeCloseTo(stepOf(mean, id).averaged ?? Number.NaN, 8);
  });

  it("explains equity in the same steps: profit while the market moves, then what was paid in or out", async () => {
    const from = segregated();
    const found = await explained({ from, to: { ...from, portfolio: traded, market: later } });
    const [was, is] = [found.from.totals.equityUsd ?? Number.NaN, found.to.totals.equityUsd ?? Number.NaN];
    expect(sum(found.steps.map(({ equityChange = 0 }) => equityChange))).toBeCloseTo(is - was, 6);
    expect(stepOf(found, "positions")).toMatchObject({ equityChange: 0 });
    expect(stepOf(found, "positions").profitUsd).toBeUndefined();
    const { profitUsd = Number.NaN, equityChange } = stepOf(found, "volatilities");
    // Short options lose when volatility rises; index prices stand still in that step, so equity moves by the profit.
    expect(profitUsd).toBeLessThan(0);
    expect(equityChange).toBeCloseTo(profitUsd, 6);
  });

  it("earns while the market moves what the marks of the two markets say", async () => {
    const from = segregated();
    const to = { ...from, market: later, portfolio: { ...portfolio, balances: traded.balances } };
    const found = await explained({ from, to });
    const [old, now] = [unwrapped(await runMargin(from)), unwrapped(await runMargin(to))];
    const btc = sum(
      old.positions.flatMap(({ id, settlement, quantity, kind, terms }) => {
        const after = now.positions.find((position) => position.id === id)?.terms;
        if (settlement !== "BTC" || after === undefined) return [];
        return [quantity * (kind === "option" ? after.mark - terms.mark : 1 / terms.mark - 1 / after.mark)];
      }),
    );
    // The method margins no SOL, whose profit is earned all the same.
    const usdc = 9000 - 300 * (140.2 * 0.96 - 140.2);
    const equity = (4.2 + btc) * 91_000 * 0.96 + usdc;
    expect(differing(found)).toEqual(["prices", "volatilities", "time", "marks", "collateral"]);
    expect(stepOf(found, "marks").totals.equityUsd).toBeCloseTo(equity, 4);
  });

  it("leaves balances that are stated the same as they are", async () => {
    const from = segregated();
    const found = await explained({ from, to: { ...from, market: later } });
    expect(differing(found)).not.toContain("collateral" satisfies ChangeStepId);
    expect(stepOf(found, "volatilities")).toMatchObject({ equityChange: 0 });
  });

  it("says which positions and lines moved: entering and leaving ones have one side only", async () => {
    const from = segregated();
    const found = await explained({ from, to: { ...from, portfolio: traded, market: later } });
    const { positions, lines, change, ofPositions, ofNoPosition } = stepOf(found, "positions");
    const entered = positions.find(({ id }) => id === "new");
    expect(entered).toMatchObject({ symbol: call.symbol });
    expect(entered?.from).toBeUndefined();
    expect(lines.length).toBeGreaterThan(0);
    expect(ofPositions + ofNoPosition).toBeCloseTo(change, 6);
    for (const step of found.steps) expect(step.ofPositions + step.ofNoPosition).toBeCloseTo(step.change, 6);
  });

  it("changes the method with its rules in one step", async () => {
    const [from, to] = [segregated(), segregated("deribit-standard")];
    const found = await explained({ from, to });
    expect(differing(found)).toEqual(["method"]);
    expect(found.change).toBe(initialOf(to) - initialOf(from));
  });

  it("lets expired options leave with time, and counts what has no value", async () => {
    const expired = { ...later, asOfMs: Date.UTC(2026, 2, 27, 9) };
    const kept = await explained({ to: { ...base, market: expired }, order: ["time"] });
    expect(stepOf(kept, "time").excluded.map(({ symbol }) => symbol)).toEqual([call.symbol, put.symbol, put.symbol]);
    expect(sum(kept.steps.map(({ change }) => change))).toBe(kept.change);
  });

  it("passes on the failure of an end, and stops when it is cancelled", async () => {
    const broken = { ...base, market: { ...market, indices: [] } };
    expect(await explainChange({ ...settings, from: broken, to: base })).toMatchObject({ ok: false });
    const work = { progress: () => {}, pause: async () => {}, cancelled: () => true };
    const stopped = await explainChange({ ...settings, from: base, to: { ...base, market: later }, work });
    expect(stopped).toMatchObject({ failure: { reason: "cancelled" } });
  });
});
