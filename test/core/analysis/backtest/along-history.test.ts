import { describe, expect, it } from "vitest";
import {
  type BacktestMethod,
  type BacktestResult,
  backtestAlongHistory,
  type HistoryWalk,
  inversePerpetual,
} from "../../../../core/analysis/index.ts";
import { msPerDay, success } from "../../../../core/base/index.ts";
import { type History, historyUpTo, type Series } from "../../../../core/history/index.ts";
import { runMargin } from "../../../../core/margin/index.ts";
import { catalog } from "../../../../core/methodology/index.ts";
import type { Portfolio, PositionId } from "../../../../core/portfolio/index.ts";
import { inverseValue } from "../../../../core/pricing/index.ts";
import { resolveRules } from "../../../../core/rulebook/index.ts";
import { rulebookOf } from "../../methodology/run-case.ts";
import { unwrapped } from "../../result-value.ts";
import { tinyMethodology, tinyRules } from "../tiny-methodology.ts";
import { marketOn, option } from "./panel.ts";

const start = Date.UTC(2025, 0, 1);
const days = 200;
const price = (day: number): number => 50000 * (1 + 0.02 * Math.sin(day * day));
const volatility = (day: number): number => 0.5 + 0.05 * Math.cos(3 * day);

function series(factor: string, kind: Series["kind"], value: (day: number) => number): Series {
  return {
    ...{ factor, kind, underlying: "BTC", unit: "USD", change: "relative", calendar: "every-day", source: "made up" },
    timesMs: Array.from({ length: days }, (_, day) => start + day * msPerDay),
    values: Array.from({ length: days }, (_, day) => value(day)),
  };
}

const history: History = {
  ...{ name: "made up", warnings: [], sources: [], synthetic: true },
  series: [series("price:BTC", "price", price), series("volatility:BTC:30d", "volatility", volatility)],
};
const market = marketOn(0);
const call = option(Date.UTC(2026, 2, 27, 8), 90000, "call");
const portfolio: Portfolio = {
  ...{ name: "book", venue: "deribit", balances: [], components: [], sources: [] },
  positions: [
    { id: "c" as PositionId, instrument: call, quantity: -3 },
    { id: "p" as PositionId, instrument: inversePerpetual("deribit", "BTC"), quantity: 90000 },
  ],
};

const valueAtRisk = catalog.get("var-es-margin");
if (valueAtRisk === undefined) throw new Error("no var-es-margin");
const overrides = [{ path: "/window/observations", value: 100 }];
const historical: BacktestMethod = {
  ...{ label: "historical", methodology: valueAtRisk, calibration: "day" },
  rulesOn: () => resolveRules(rulebookOf("var-es-margin"), { name: "historical-var-99" }, overrides),
};
const tiny: BacktestMethod = {
  ...{ label: "tiny", methodology: tinyMethodology, calibration: "day" },
  rulesOn: () => success(tinyRules),
};

const walk: HistoryWalk = {
  ...{ portfolio, market, marketId: "m", history, methods: [historical, tiny], horizonDays: 2, startMultiple: 2 },
  fromMs: start + 150 * msPerDay,
};
const resultOf = async (changes: Partial<HistoryWalk> = {}): Promise<BacktestResult> =>
  unwrapped(await backtestAlongHistory({ ...walk, ...changes }));

describe("a backtest along a history", () => {
  it("states the loss of the book under the changes of the following days", async () => {
    const { points } = await resultOf();
    expect(points).toHaveLength(days - 150);
    const [first] = points;
    const move = price(152) / price(150);
    const years = (call.expiryMs - market.asOfMs) / (365 * msPerDay);
    const before = inverseValue(90000, 90000, years, 0.5, true);
    const after = inverseValue(90000 * move, 90000, years, (0.5 * volatility(152)) / volatility(150), true);
    const coin = -3 * (after - before) + 90000 * (1 / 90000 - 1 / (90000 * move));
    expect(first?.exposure?.lossUsd).toBeCloseTo(-coin * 90000 * move, 6);
    expect(first?.exposure?.toMs).toBe(start + 152 * msPerDay);
    expect(points.slice(-2).map(({ exposure }) => exposure)).toEqual([undefined, undefined]);
  });

  it("asks each method with the history up to the end of the day and no later", async () => {
    const { points } = await resultOf();
    const day = 20;
    const known = historyUpTo(history, start + (150 + day + 1) * msPerDay - 1);
    const rules = unwrapped(historical.rulesOn("2026-01-05"));
    const run = unwrapped(
      await runMargin({ portfolio, market, history: known, methodology: historical.methodology, rules }),
    );
    expect(points[day]?.methods[0]?.initialUsd).toBe(run.totals.initialUsd);
    expect(new Set(points.map(({ methods }) => methods[0]?.initialUsd)).size).toBeGreaterThan(1);
    expect(new Set(points.map(({ methods }) => methods[1]?.initialUsd)).size).toBe(1);
  });

  it("keeps the calibration of the first day where that is asked", async () => {
    const { points } = await resultOf({ methods: [{ ...historical, calibration: "start" }] });
    expect(new Set(points.map(({ methods }) => methods[0]?.initialUsd)).size).toBe(1);
  });

  it("resumes to the same points, bit for bit", async () => {
    const whole = await resultOf();
    const earlier = JSON.parse(JSON.stringify({ ...whole, points: whole.points.slice(0, 17) })) as BacktestResult;
    expect(unwrapped(await backtestAlongHistory(walk, { earlier }))).toEqual(whole);
  });

  it("names the series that is missing, and a horizon that is not whole", async () => {
    const refusal = async (changes: Partial<HistoryWalk>) => {
      const result = await backtestAlongHistory({ ...walk, ...changes });
      return result.ok ? "accepted" : result.failure.message;
    };
    expect(await refusal({ history: { ...history, series: history.series.slice(1) } })).toBe(
      "the history made up has no series price:BTC",
    );
    expect(await refusal({ horizonDays: 1.5 })).toBe("days along a history are whole");
  });
});
