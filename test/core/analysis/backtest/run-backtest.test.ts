import { describe, expect, it } from "vitest";
import {
  type BacktestMethod,
  type BacktestRequest,
  type BacktestResult,
  inversePerpetual,
  marketMaker,
  portfolioAt,
  runBacktest,
  shortStrangle,
} from "../../../../core/analysis/index.ts";
import { failed, success } from "../../../../core/base/index.ts";
import type { Future } from "../../../../core/instrument/index.ts";
import type { Portfolio, PositionId } from "../../../../core/portfolio/index.ts";
import { inverseValue } from "../../../../core/pricing/index.ts";
import { unwrapped } from "../../result-value.ts";
import { tinyMethodology, tinyRules } from "../tiny-methodology.ts";
import { firstMs, option, panel, path } from "./panel.ts";

const dayMs = 86_400_000;
const perpetual = inversePerpetual("deribit", "BTC");

function bookOf(positions: Portfolio["positions"]): Portfolio {
  return { name: "book", venue: "deribit", positions, balances: [], components: [], sources: [] };
}
const longPerpetual = bookOf([{ id: "p" as PositionId, instrument: perpetual, quantity: 90000 }]);

const tiny: BacktestMethod = {
  ...{ label: "tiny", methodology: tinyMethodology, calibration: "day" },
  rulesOn: () => success(tinyRules),
};

function request(changes: Partial<BacktestRequest>): BacktestRequest {
  return {
    ...{ panel: panel(), book: { kind: "fixed", portfolio: longPerpetual }, methods: [tiny] },
    ...{ horizonDays: 1, startMultiple: 2 },
    ...changes,
  };
}

const strangle = shortStrangle({ underlying: "BTC", size: 10, delta: 0.25, days: 14, rollDays: 4 });

async function resultOf(changes: Partial<BacktestRequest>): Promise<BacktestResult> {
  return unwrapped(await runBacktest(request(changes)));
}

describe("margin through time", () => {
  it("states the loss of the unchanged positions over the close-out period", async () => {
    const { points } = await resultOf({});
    expect(points).toHaveLength(path.length);
    // 90,000 USD of inverse contracts from 80,000 to 70,000: the coin profit at the price of the end.
    expect(points[4]?.exposure?.lossUsd).toBeCloseTo(-90000 * (1 / 80000 - 1 / 70000) * 70000, 9);
    expect(points[4]?.exposure?.toMs).toBe(firstMs + 5 * dayMs);
    expect(points[4]?.exposure?.drivers).toEqual([{ symbol: "BTC-PERPETUAL", lossUsd: expect.closeTo(90000 / 8, 6) }]);
    expect(points.at(-1)?.exposure).toBeUndefined();
  });

  it("covers periods of several days with overlapping windows", async () => {
    const { points } = await resultOf({ horizonDays: 3 });
    expect(points[3]?.exposure?.lossUsd).toBeCloseTo(-90000 * (1 / 88000 - 1 / 72000) * 72000, 9);
    expect(points.filter(({ exposure }) => exposure !== undefined)).toHaveLength(path.length - 3);
  });

  it("follows the account: equity earns the profit, a call below maintenance brings it to initial margin", async () => {
    const { points } = await resultOf({ startMultiple: 1 });
    const [first] = points;
    expect(first?.methods[0]?.equityUsd).toBe(first?.methods[0]?.initialUsd);
    for (const [index, point] of points.entries()) {
      const before = points[index - 1]?.methods[0];
      const now = point.methods[0];
      if (now === undefined) throw new Error("no method");
      if (before !== undefined)
        expect(now.equityUsd).toBeCloseTo(before.equityUsd + before.callUsd + (point.profitUsd ?? Number.NaN), 6);
      expect(now.callUsd).toBe(now.equityUsd < now.maintenanceUsd ? now.initialUsd - now.equityUsd : 0);
    }
    expect(points.filter(({ methods }) => (methods[0]?.callUsd ?? 0) > 0).length).toBeGreaterThan(0);
  });

  it("delivers what expires at the index of the first market after it", async () => {
    const call = option(Date.UTC(2026, 0, 9, 8), 70000, "call");
    const future: Future = { ...perpetual, symbol: "BTC-9JAN26", kind: "future", expiryMs: call.expiryMs };
    const portfolio = bookOf([
      { id: "c" as PositionId, instrument: call, quantity: -2 },
      { id: "f" as PositionId, instrument: future, quantity: 1000 },
      { id: "p" as PositionId, instrument: perpetual, quantity: 1 },
    ]);
    const { points } = await resultOf({ book: { kind: "fixed", portfolio } });
    // Day 3, 8 January, to day 4, 9 January at 9: option and future have expired an hour before, at 80,000.
    const sold = inverseValue(88000, 70000, 23 / 24 / 365, 0.5, true);
    const optionLoss = 2 * (1 - 70000 / 80000 - sold) * 80000;
    const otherLoss = -1001 * (1 / 88000 - 1 / 80000) * 80000;
    expect(points[3]?.exposure?.lossUsd).toBeCloseTo(optionLoss + otherLoss, 6);
    expect(points[3]?.exposure?.unvalued).toEqual([]);
  });

  it("changes the book on its date", async () => {
    const half = bookOf([{ id: "p" as PositionId, instrument: perpetual, quantity: 45000 }]);
    const books = [
      { fromMs: firstMs + 5 * dayMs, portfolio: half },
      { fromMs: firstMs + dayMs, portfolio: longPerpetual },
    ];
    const { points, skipped } = await resultOf({ book: { kind: "dated", books } });
    expect(skipped).toEqual([
      { asOfMs: firstMs, marketId: "market-0", reason: "no dated book begins on or before this market" },
    ]);
    expect(points.filter(({ portfolio }) => portfolio !== undefined)).toHaveLength(2);
    expect(points.map((_, place) => portfolioAt(points, place).positions[0]?.quantity)).toEqual([
      ...Array.from({ length: 4 }, () => 90000),
      ...Array.from({ length: 5 }, () => 45000),
    ]);
    // What was held before the trade earns the profit up to it.
    expect(points[4]?.profitUsd).toBeCloseTo(90000 * (1 / 80000 - 1 / 70000) * 70000, 6);
  });

  it("lists markets that cannot be read, and measures no period across a gap of more than a day", async () => {
    const { points, skipped } = await resultOf({ panel: panel({ broken: [4, 5] }) });
    expect(skipped.map(({ marketId, reason }) => `${marketId}: ${reason}`)).toEqual([
      "market-4: the market was deleted",
      "market-5: the market was deleted",
    ]);
    expect(points.find(({ marketId }) => marketId === "market-3")?.exposure).toBeUndefined();
    expect(points.find(({ marketId }) => marketId === "market-6")?.profitUsd).toBeCloseTo(
      90000 * (1 / 88000 - 1 / 72000) * 72000,
      6,
    );
  });

  it("names a method that cannot answer and goes on with the others", async () => {
    const blind: BacktestMethod = {
      ...tiny,
      label: "blind",
      rulesOn: (date) => failed("not-found", `no rules on ${date}`),
    };
    const { points } = await resultOf({ methods: [tiny, blind] });
    expect(points[2]?.gaps).toEqual([{ label: "blind", reason: "no rules on 2026-01-07" }]);
    expect(points[2]?.methods.map(({ label }) => label)).toEqual(["tiny"]);
  });

  it("refuses terms that make no sense", async () => {
    const refusal = async (changes: Partial<BacktestRequest>) => {
      const result = await runBacktest(request(changes));
      return result.ok ? "accepted" : result.failure.message;
    };
    expect(await refusal({ horizonDays: 0 })).toBe("the close-out period must be above 0 and at most 250 days");
    expect(await refusal({ startMultiple: 0.5 })).toBe("the first equity must be 1 to 1000 times the initial margin");
    expect(await refusal({ methods: [] })).toBe("name at least one method");
    expect(await refusal({ methods: [tiny, tiny] })).toBe("two methods have the label tiny");
  });
});

describe("a resumed backtest", () => {
  it.each([
    { of: "a fixed book", changes: {} },
    { of: "a strangle", changes: { book: { kind: "strategy", strategy: strangle } } },
    { of: "periods of three days", changes: { horizonDays: 3, book: { kind: "strategy", strategy: strangle } } },
    { of: "a panel with a gap", changes: { panel: panel({ broken: [4, 5] }), horizonDays: 2 } },
  ] as { of: string; changes: Partial<BacktestRequest> }[])(
    "gives the same points as one never interrupted: $of",
    async ({ changes }) => {
      const whole = await resultOf(changes);
      const states: BacktestResult[] = [];
      unwrapped(await runBacktest(request(changes), { onPoint: (result) => states.push(result) }));
      for (const earlier of states) {
        const stored = JSON.parse(JSON.stringify(earlier)) as BacktestResult;
        expect(unwrapped(await runBacktest(request(changes), { earlier: stored }))).toEqual(whole);
      }
    },
  );

  it("reads no market before the first open period again", async () => {
    const states: BacktestResult[] = [];
    await runBacktest(request({}), { onPoint: (result) => states.push(result) });
    const read: number[] = [];
    await runBacktest(request({ panel: panel({ read }) }), { earlier: states[6] as BacktestResult });
    expect(read).toEqual([6, 7, 8, 9]);
  });
});

describe("trading rules", () => {
  it("sells a strangle, hedges its delta each day, and rolls it", async () => {
    const { points } = await resultOf({ book: { kind: "strategy", strategy: strangle } });
    const legs = points.map((_, place) =>
      portfolioAt(points, place)
        .positions.filter(({ instrument }) => instrument.kind === "option")
        .map(({ id }) => id),
    );
    expect(legs.every((held) => held.length === 2)).toBe(true);
    expect(legs[3]).toEqual(legs[0]);
    expect(legs[4]).not.toEqual(legs[0]);
    const quantities = points.map((_, place) => portfolioAt(points, place).positions.map(({ quantity }) => quantity));
    expect(quantities.every(([call, put]) => call === -10 && put === -10)).toBe(true);
    expect(new Set(quantities.map(([, , hedge]) => hedge)).size).toBe(points.length);
  });

  it("draws the same market maker's book from the same seed only", async () => {
    const terms = { underlying: "BTC", expiries: 2, positions: 12, size: 1, leastDelta: 0.05, refreshDays: 5 };
    const books = async (seed: number) => {
      const { points } = await resultOf({ book: { kind: "strategy", strategy: marketMaker({ ...terms, seed }) } });
      return points.map((_, place) =>
        portfolioAt(points, place).positions.map(({ id, quantity }) => `${id} ${quantity}`),
      );
    };
    const first = await books(7);
    expect(await books(7)).toEqual(first);
    expect(await books(8)).not.toEqual(first);
    const [held = []] = first;
    expect(held.some((line) => line.includes(" -")) && held.some((line) => !line.includes(" -"))).toBe(true);
  });
});
