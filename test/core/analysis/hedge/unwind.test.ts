import { describe, expect, it } from "vitest";
import {
  closingCost,
  expressionAmount,
  impactSegments,
  type MarginExpression,
  runUnwind,
  solveUnwind,
  type UnwindPosition,
  type UnwindRun,
  usualLimits,
} from "../../../../core/analysis/index.ts";
import { DomainError } from "../../../../core/base/index.ts";
import { highsSolver } from "../../../../core/host/solver/highs-solver.ts";
import { runMargin } from "../../../../core/margin/index.ts";
import { market, portfolio } from "../sample-market.ts";
import { tinyMethodology, tinyRules } from "../tiny-methodology.ts";

const solver = await highsSolver();

/** Two positions that hedge each other in one scenario and add up in the other. */
const positions: readonly UnwindPosition[] = [
  { name: "A", quantity: 4, mostPerDay: 1, dailyVolume: 10, cost: 0.01, impact: 0.05 },
  { name: "B", quantity: -6, mostPerDay: 2, dailyVolume: 20, cost: 0.01, impact: 0.02 },
];
const profits = [
  [-3, 1],
  [2, 1.5],
];
const margin: MarginExpression = {
  ...{ kind: "worst", label: "w" },
  rows: profits.map((unit, s) => ({
    ...{ id: String(s), label: `s${s}` },
    profit: unit.reduce((total, one, k) => total + one * (positions[k]?.quantity ?? 0), 0),
    unitProfits: Float64Array.from(unit),
  })),
};

function costOf(closed: readonly Float64Array[]): number {
  return closed.reduce(
    (total, today) => total + positions.reduce((day, one, k) => day + piecewise(one, today[k] ?? 0), 0),
    0,
  );
}

/** The cost as the programme has it: straight between five points. */
function piecewise(position: UnwindPosition, x: number): number {
  const width = Math.min(position.mostPerDay, Math.abs(position.quantity)) / impactSegments;
  const j = Math.min(impactSegments - 1, Math.floor(x / width));
  const [low, high] = [closingCost(position, width * j), closingCost(position, width * (j + 1))];
  return low + ((high - low) * (x - width * j)) / width;
}

function objectiveOf(closed: readonly Float64Array[], weight: number): number {
  const done = new Float64Array(2);
  return closed.reduce((total, today) => {
    positions.forEach(({ quantity }, k) => {
      done[k] = (done[k] ?? 0) - Math.sign(quantity) * (today[k] ?? 0);
    });
    return total + weight * Math.max(0, expressionAmount(margin, done));
  }, costOf(closed));
}

describe("solveUnwind", () => {
  it.each([0.01, 0.05, 1])("beats every plan of a lattice, margin worth %d a day", (marginWeight) => {
    const { closed } = solveUnwind({ positions, margin, days: 2, marginWeight }, solver, usualLimits);
    if (closed === undefined) throw new Error("no plan");
    const found = objectiveOf(closed, marginWeight);
    let least = Number.POSITIVE_INFINITY;
    const levels = [0, 0.2, 0.4, 0.6, 0.8, 1];
    for (const a of levels)
      for (const b of levels)
        for (const c of levels)
          for (const d of levels)
            least = Math.min(least, objectiveOf([Float64Array.of(a, 2 * b), Float64Array.of(c, 2 * d)], marginWeight));
    expect(found).toBeLessThanOrEqual(least + 1e-9);
    for (const today of closed)
      today.forEach((size, k) => {
        expect(size).toBeLessThanOrEqual((positions[k]?.mostPerDay ?? 0) + 1e-9);
      });
  });

  it("never closes more than is held, and keeps to a budget", () => {
    const days = 8;
    const { closed = [] } = solveUnwind({ positions, margin, days, marginWeight: 10 }, solver, usualLimits);
    positions.forEach(({ quantity }, k) => {
      const total = closed.reduce((sum, today) => sum + (today[k] ?? 0), 0);
      expect(total).toBeLessThanOrEqual(Math.abs(quantity) + 1e-9);
    });
    const small = solveUnwind({ positions, margin, days, marginWeight: 10, budget: 0.02 }, solver, usualLimits);
    expect(costOf(small.closed ?? [])).toBeLessThanOrEqual(0.02 + 1e-9);
  });

  it("does nothing when margin is worth nothing", () => {
    const { closed = [] } = solveUnwind({ positions, margin, days: 3, marginWeight: 0 }, solver, usualLimits);
    expect(closed.flatMap((today) => [...today]).every((size) => size === 0)).toBe(true);
  });
});

describe("closingCost", () => {
  it("is the square-root rule above half spread and fee", () => {
    const one: UnwindPosition = { name: "A", quantity: 1, mostPerDay: 1, dailyVolume: 100, cost: 2, impact: 3 };
    expect(closingCost(one, 25)).toBeCloseTo(50 + 3 * 25 * 0.5, 12);
    expect(() => closingCost(one, -1)).toThrow(DomainError);
  });
});

const run: UnwindRun = {
  ...{ portfolio, market, methodology: tinyMethodology, rules: tinyRules, solver },
  ...{ requirement: "initial", days: 3, participation: 0.1, volumes: [], impactCoefficient: 1, volatility: 0.6 },
  ...{ costs: { feeBps: 3, halfSpreadBps: 5, impactBps: 0 }, marginWeight: 1, seconds: 10 },
};

describe("runUnwind", () => {
  it("says of each day what a margin run says of the book that is left", async () => {
    const plan = await runUnwind(run);
    if (!plan.ok) throw new Error(plan.failure.message);
    const { days, positions: held, beforeUsd } = plan.value;
    expect(days).toHaveLength(3);
    const left = new Map(held.map(({ symbol, quantity }) => [symbol, quantity]));
    for (const { trades, requirementUsd, programmeUsd, releasedUsd } of days) {
      for (const { symbol, quantity, participation } of trades) {
        left.set(symbol, (left.get(symbol) ?? 0) + quantity);
        expect(participation).toBeLessThanOrEqual(0.1 + 1e-9);
      }
      const edits = portfolio.positions.map(({ id, instrument }) => ({
        positionId: id,
        quantity: left.get(instrument.symbol) ?? Number.NaN,
      }));
      const margin = await runMargin({ portfolio, market, methodology: tinyMethodology, rules: tinyRules, edits });
      if (!margin.ok) throw new Error(margin.failure.message);
      expect(requirementUsd).toBeCloseTo(margin.value.totals.initialUsd, 6);
      expect(programmeUsd).toBeCloseTo(requirementUsd, 5);
      expect(releasedUsd).toBeCloseTo(beforeUsd - requirementUsd, 9);
    }
    expect(days.at(-1)?.releasedUsd ?? 0).toBeGreaterThan(0);
  });

  it("is never worse than closing everything at full speed, cost counted", async () => {
    const plan = await runUnwind(run);
    if (!plan.ok) throw new Error(plan.failure.message);
    const { releasedUsdDays, plainReleasedUsdDays, costUsd, days } = plan.value;
    const plainCost = days.reduce((total, one) => total + one.plainCostUsd, 0);
    expect(releasedUsdDays - costUsd).toBeGreaterThanOrEqual(
      plainReleasedUsdDays - plainCost - 1e-3 * plainReleasedUsdDays,
    );
  });

  it("takes stated volumes, and marks assumed ones", async () => {
    const volumes = [{ symbol: "BTC-PERPETUAL", dailyVolume: 1000 }];
    const plan = await runUnwind({ ...run, volumes });
    if (!plan.ok) throw new Error(plan.failure.message);
    const sources = new Map(plan.value.positions.map((one) => [one.symbol, one]));
    expect(sources.get("BTC-PERPETUAL")).toMatchObject({ volumeSource: "set", mostPerDay: 100 });
    expect([...sources.values()].some(({ volumeSource }) => volumeSource === "default")).toBe(true);
    expect(plan.value.notes.join(" ")).toContain("times the position");
  });
});
