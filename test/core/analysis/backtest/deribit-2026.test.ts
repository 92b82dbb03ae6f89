import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import {
  type BacktestMethod,
  type BacktestResult,
  backtestCoverage,
  type MarketPanel,
  marketMaker,
  runBacktest,
  type Strategy,
  shortStrangle,
} from "../../../../core/analysis/index.ts";
import { isoDate, success, unwatched } from "../../../../core/base/index.ts";
import { type History, mergeHistories } from "../../../../core/history/index.ts";
import { importHistory } from "../../../../core/import/index.ts";
import { catalog } from "../../../../core/methodology/index.ts";
import { type RulesChoice, resolveRules } from "../../../../core/rulebook/index.ts";
import { coverageOf, procyclicality } from "../../../../core/validation/index.ts";
import { describeWithSharedData } from "../../../shared-data.ts";
import { diskFile, imported } from "../../import/files.ts";
import { rulebookOf } from "../../methodology/run-case.ts";
import { unwrapped } from "../../result-value.ts";

/** One chain a day, the one taken in the morning, through the fall of January and February 2026. */
const morning = /^deribit_options_snapshot_(2026012[4-9]|2026013\d|2026020\d|2026021[0-2])T09\d{4}Z\.csv\.gz$/;

function method(label: string, id: string, choice?: RulesChoice): BacktestMethod {
  const methodology = catalog.get(id);
  if (methodology === undefined) throw new Error(`no methodology ${id}`);
  const rulesOn = (date: string) => resolveRules(rulebookOf(id), choice ?? { date });
  return { label, methodology, calibration: "day", rulesOn };
}

const methods = [
  method("Deribit", "deribit-portfolio"),
  method("OKX", "okx-portfolio"),
  method("Bybit", "bybit-portfolio"),
  method("HS VaR 99", "var-es-margin", { name: "historical-var-99" }),
  method("HW ES 97.5", "var-es-margin", { name: "volatility-scaled-es-97.5" }),
];

const books: Readonly<Record<string, Strategy>> = {
  strangle: shortStrangle({ underlying: "BTC", size: 10, delta: 0.25, days: 14, rollDays: 7 }),
  "market maker": marketMaker({
    ...{ underlying: "BTC", size: 5, positions: 40, expiries: 4, leastDelta: 0.05, refreshDays: 7, seed: 20260122 },
  }),
};

describeWithSharedData("margin through the fall of January and February 2026", (path) => {
  const results = new Map<string, BacktestResult>();
  let history: History;
  let panel: MarketPanel;
  const walk = async (along: MarketPanel, strategy: Strategy) =>
    unwrapped(
      await runBacktest({
        ...{ panel: along, book: { kind: "strategy", strategy }, methods, history },
        ...{ horizonDays: 1, startMultiple: 2 },
      }),
    );

  beforeAll(async () => {
    const folder = path("deribit-chains-2026");
    const names = readdirSync(folder).filter((name) => morning.test(name));
    const markets = await Promise.all(
      names.sort().map(async (name) => {
        const { market } = await imported(diskFile(`${folder}/${name}`));
        if (market === undefined) throw new Error(`${name} holds no market`);
        return market;
      }),
    );
    panel = {
      name: "deribit-chains-2026",
      entries: markets.map(({ asOfMs }, index) => ({ asOfMs, marketId: names[index] ?? "" })),
      market: async (index) => {
        const market = markets[index];
        if (market === undefined) throw new Error("no such day");
        return success(market);
      },
    };
    const past = async (...files: readonly string[]) => {
      const read = files.map((file) => ({
        name: file.split("/").at(-1) ?? "",
        bytes: new Uint8Array(readFileSync(path(file))),
      }));
      return unwrapped(await importHistory(read, { name: "past", work: unwatched })).history;
    };
    const factors = ["price:BTC", "volatility:BTC:30d"];
    const before = await past("vol-and-funding/btc_price_ohlcv.json.gz", "vol-and-funding/dvol_btc.json.gz");
    const during = await past("deribit-chains-2026/derived_index_and_atm_iv_6h.csv.gz");
    history = unwrapped(
      mergeHistories("DVOL, then at-the-money volatility", [
        { history: before, factors },
        { history: during, factors: [], append: factors },
      ]),
    );
    for (const [name, strategy] of Object.entries(books)) results.set(name, await walk(panel, strategy));
  }, 120_000);

  const resultOf = (book: string): BacktestResult => {
    const result = results.get(book);
    if (result === undefined) throw new Error(`no result of ${book}`);
    return result;
  };

  it.each(Object.keys(books))("margins the %s under five methods on every day, nothing left out", (book) => {
    const { points, skipped } = resultOf(book);
    expect(skipped).toEqual([]);
    expect(points.map(({ asOfMs }) => isoDate(asOfMs))).toHaveLength(20);
    for (const point of points) {
      expect(point.gaps).toEqual([]);
      expect(point.methods.map(({ label, excluded }) => `${label} ${excluded}`)).toEqual(
        methods.map(({ label }) => `${label} 0`),
      );
      expect(point.exposure?.unvalued ?? []).toEqual([]);
    }
  });

  it.each(Object.keys(books))("covers the %s by grids; what follows the history is breached and rises more", (book) => {
    const { points } = resultOf(book);
    const { series, gaps } = backtestCoverage(resultOf(book), 0.99);
    expect(gaps).toEqual([expect.stringMatching(/^2026-02-12/)]);
    const figures = series.map((one) => {
      const rows = points.flatMap(({ exposure, methods: found }) => {
        const margin = found.find(({ label }) => label === one.label)?.initialUsd;
        return exposure === undefined || margin === undefined ? [] : [{ margin, short: exposure.lossUsd > margin }];
      });
      const margins = rows.map(({ margin }) => margin);
      const breaches = rows.filter(({ short }) => short).length;
      const peakToTrough = Math.max(...margins) / Math.min(...margins);
      expect(coverageOf(one)).toMatchObject({ observations: 19, exceptions: breaches });
      expect(procyclicality(one).peakToTrough).toBeCloseTo(peakToTrough, 12);
      return { label: one.label, breaches, peakToTrough };
    });
    const grids = figures.filter(({ label }) => ["Deribit", "OKX", "Bybit"].includes(label));
    const measures = figures.filter(({ label }) => ["HS VaR 99", "HW ES 97.5"].includes(label));
    expect([grids.length, measures.length]).toEqual([3, 2]);
    expect(grids.map(({ breaches }) => breaches)).toEqual([0, 0, 0]);
    expect(measures.reduce((total, { breaches }) => total + breaches, 0)).toBeGreaterThan(0);
    expect(Math.min(...measures.map((one) => one.peakToTrough))).toBeGreaterThan(
      Math.max(...grids.map((one) => one.peakToTrough)),
    );
  });

  it("calls for money in the fall, and the days so far do not depend on the days to come", async () => {
    const { points } = resultOf("strangle");
    const calls = points.filter(({ methods: found }) => found.some(({ callUsd }) => callUsd > 0));
    expect(calls.map(({ asOfMs }) => isoDate(asOfMs))).toContain("2026-02-06");
    const early = { ...panel, entries: panel.entries.slice(0, 6) };
    const again = await walk(early, books.strangle as Strategy);
    expect(again.points.slice(0, 5)).toEqual(points.slice(0, 5));
  });
});
