import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { isoDate, unwatched } from "../../../core/base/index.ts";
import { changesOf, coverageOf, type Series, seriesOf } from "../../../core/history/index.ts";
import { type HistoryImport, importHistory } from "../../../core/import/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";

describeWithSharedData("histories of the shared data", (path) => {
  async function imported(folder: string, ...names: readonly string[]): Promise<HistoryImport> {
    const files = names.map((name) => ({ name, bytes: new Uint8Array(readFileSync(path(folder, name))) }));
    const result = await importHistory(files, { name: "test", work: unwatched });
    if (!result.ok) throw new Error(result.failure.message);
    return result.value;
  }

  function series({ history }: HistoryImport, factor: string): Series {
    const found = seriesOf(history, factor);
    if (found === undefined) throw new Error(`no ${factor}`);
    return found;
  }

  /** The largest fall, log close to close, and its day. */
  function largestFall(of: Series, fromMs = 0): readonly [number, string] {
    const changes = changesOf(of, { change: "log", fromMs });
    if (!changes.ok) throw new Error(changes.failure.message);
    const { values, toMs } = changes.value;
    const place = values.indexOf(Math.min(...values));
    return [Math.round(1000 * (values[place] ?? 0)) / 1000, isoDate(toMs[place] ?? 0)];
  }

  const only = (file: HistoryImport) =>
    coverageOf(file.history).map((of) => ({ ...of, first: isoDate(of.firstMs), last: isoDate(of.lastMs) }));

  it.each([
    [
      "BTCUSD_1d_bitstamp_coinbase_2011_2025.csv.gz",
      "price:BTC",
      5152,
      "2011-08-18",
      "2025-09-24",
      "every-day",
      -0.491,
      "2020-03-12",
    ],
    ["yahoo_BTC-USD.csv.gz", "price:BTC", 3759, "2014-09-17", "2024-12-31", "every-day", -0.465, "2020-03-12"],
    ["yahoo_ETH-USD.csv.gz", "price:ETH", 2610, "2017-11-09", "2024-12-31", "every-day", -0.551, "2020-03-12"],
    ["yahoo_SOL-USD.csv.gz", "price:SOL", 1727, "2020-04-10", "2024-12-31", "every-day", -0.55, "2022-11-09"],
    ["yahoo_features_XRP-USD.csv.gz", "price:XRP", 1588, "2021-02-03", "2025-06-09", "every-day", -0.396, "2021-05-19"],
    ["yahoo_features_ADA-USD.csv.gz", "price:ADA", 1588, "2021-02-03", "2025-06-09", "every-day", -0.301, "2021-05-19"],
    ["sp500_ohlc_1950_2018.csv.gz", "price:SPX", 17356, "1950-01-03", "2018-12-21", "weekdays", -0.229, "1987-10-19"],
  ])(
    "reads %s whole, with the falls that are known",
    async (name, factor, observations, first, last, calendar, fall, day) => {
      const file = await imported("prices-daily", name);
      expect(only(file)).toMatchObject([{ factor, observations, first, last, calendar, gaps: 0 }]);
      expect(file.report.problems).toEqual([]);
      // the README counts the falls of the joined file from where Coinbase begins
      const fromMs = series(file, factor).breaksMs?.[0] ?? 0;
      expect(largestFall(series(file, factor), fromMs)).toEqual([fall, day]);
    },
  );

  it("reads volatility indices as fractions and says that the files write percent", async () => {
    const vix = await imported("prices-daily", "vix_daily_ohlc_1990_2026.csv.gz");
    expect(only(vix)).toMatchObject([
      { factor: "volatility:SPX:30d", observations: 9235, first: "1990-01-02", last: "2026-07-23", largest: 0.8269 },
    ]);
    const dvol = await imported("vol-and-funding", "dvol_btc.json.gz");
    expect(only(dvol)).toMatchObject([
      { factor: "volatility:BTC:30d", observations: 1102, least: 0.3238, largest: 1.1472, missingDays: 1, gaps: 1 },
    ]);
    for (const { report } of [vix, dvol])
      expect(report.decisions).toContainEqual(
        expect.objectContaining({ what: expect.stringMatching(/^unit of/), decided: "percent" }),
      );
  });

  it("reads funding in percent per 8 h as a fraction, at the times of the file", async () => {
    const file = await imported("vol-and-funding", "funding_rate_btc.json.gz");
    expect(only(file)).toMatchObject([
      { factor: "funding:BTC", observations: 3316, unit: "fraction per 8 h", change: "absolute" },
    ]);
    const { values, timesMs } = series(file, "funding:BTC");
    expect([values[0], timesMs[0]]).toEqual([0.0000044, 1_667_462_400_016]);
    expect([Math.min(...values), Math.max(...values)].map((value) => Number(value.toFixed(5)))).toEqual([
      -0.00119, 0.00088,
    ]);
  });

  it.each([
    ["btc_price_ohlcv.json.gz", "price:BTC", 1360, 40_079.17],
    ["eth_price_alpaca.json.gz", "price:ETH", 1101, 1335.32],
    ["spx_price_fmp.json.gz", "price:SPX", 1260, 3510.45],
  ])("reads the closes of %s", async (name, factor, observations, close) => {
    const file = await imported("vol-and-funding", name);
    expect(only(file)).toMatchObject([{ factor, observations }]);
    expect(series(file, factor).values[0]).toBe(close);
  });

  it("leaves out the 1,171 days on which the index is only carried", async () => {
    const file = await imported("prices-daily", "yahoo_SP500_close.csv.gz");
    expect(only(file)).toMatchObject([{ observations: 3759 - 1171, calendar: "weekdays" }]);
    expect(file.history.warnings[0]?.message).toContain("1171 values are carried over weekends and holidays left out");
    const changes = changesOf(series(file, "price:SPX"));
    expect(changes.ok && changes.value.values.filter((value) => value === 0)).toHaveLength(0);
  });

  it("takes no change between the two exchanges of the joined file", async () => {
    const file = await imported("prices-daily", "BTCUSD_1d_bitstamp_coinbase_2011_2025.csv.gz");
    const changes = changesOf(series(file, "price:BTC"));
    if (!changes.ok) throw new Error(changes.failure.message);
    expect(changes.value.values).toHaveLength(5152 - 2);
    expect(changes.value.droppedWindows).toEqual([
      { fromMs: Date.UTC(2015, 6, 21), toMs: Date.UTC(2015, 6, 22), reason: "break" },
    ]);
  });

  it("refuses to mix two sources of one price", async () => {
    const both = await imported("prices-daily", "yahoo_BTC-USD.csv.gz", "BTCUSD_1d_bitstamp_coinbase_2011_2025.csv.gz");
    expect(only(both)).toMatchObject([{ source: "yahoo_BTC-USD", observations: 3759 }]);
    expect(both.report.problems).toMatchObject([{ severity: "error", rule: "one source a series" }]);
    expect(both.report.files[1]).toMatchObject({ rows: 5152, kept: 0 });
  });

  it("reads index and volatility of the derived file, perpetuals and dated futures", async () => {
    const derived = await imported("deribit-chains-2026", "derived_index_and_atm_iv_6h.csv.gz");
    expect(only(derived).map(({ factor, observations }) => [factor, observations])).toEqual([
      ["price:BTC", 931],
      ["price:ETH", 931],
      ["volatility:BTC:30d", 931],
      ["volatility:ETH:30d", 931],
    ]);
    const perpetuals = await imported("deribit-chains-2026", "perpetual_futures_prices.csv.gz");
    expect(only(perpetuals)).toMatchObject([
      { factor: "price:BTC-PERPETUAL", observations: 419 },
      { factor: "price:ETH-PERPETUAL", observations: 419 },
    ]);
    const futures = await imported("deribit-chains-2026", "term_futures_marks.csv.gz");
    expect(futures.report.files[0]).toMatchObject({ rows: 5854, kept: 5854, rejected: 0 });
  });

  it("reads chains imported together as a panel: index as stated, 30-day volatility near that of the nearest option", async () => {
    const names = readdirSync(path("deribit-chains-2026")).filter((name) => /2026020[1-7]T.*csv\.gz$/.test(name));
    const panel = await imported("deribit-chains-2026", ...names);
    const derived = await imported("deribit-chains-2026", "derived_index_and_atm_iv_6h.csv.gz");
    expect(names.length).toBe(27);
    for (const underlying of ["BTC", "ETH"]) {
      const volatility = series(panel, `volatility:${underlying}:30d`);
      const price = series(panel, `price:${underlying}`);
      expect(price.timesMs).toHaveLength(names.length);
      const stated = [`price:${underlying}`, `volatility:${underlying}:30d`].map((factor) => {
        const { timesMs, values } = series(derived, factor);
        return new Map(timesMs.map((ms, place) => [Math.floor(ms / 1000), values[place] ?? Number.NaN]));
      });
      for (const [place, ms] of price.timesMs.entries()) {
        const [index = 0, atm = 0] = stated.map((of) => of.get(Math.floor(ms / 1000)));
        // the derived file has the median of the chain's index, the market its latest
        expect(Math.abs((price.values[place] ?? 0) / index - 1)).toBeLessThan(5e-3);
        // one option near 30 days against a total variance between two expiries
        expect(Math.abs((volatility.values[place] ?? 0) / atm - 1)).toBeLessThan(0.1);
      }
      const skew = [0.1, 0.25, 0.75, 0.9].map((delta) => series(panel, `volatility:${underlying}:30d:${delta}`).values);
      // in the fall puts cost more than calls, the farther the more
      const [, calls = [], puts = [], farPuts = []] = skew;
      expect(puts.every((value, place) => value > (calls[place] ?? 0) && (farPuts[place] ?? 0) > value)).toBe(true);
    }
    const spread = series(panel, "volatility:BTC:30d").values;
    expect([Math.min(...spread), Math.max(...spread)].map((value) => Math.round(100 * value))).toEqual([43, 79]);
  });

  it("reads what exchanges charged, and names the files that hold a placeholder", async () => {
    const names = ["cme", "cfe"].flatMap((exchange) =>
      readdirSync(path("cme-margin-history", exchange)).map((name) => `${exchange}/${name}`),
    );
    const { history, report } = await imported("cme-margin-history", ...names);
    const es = seriesOf(history, "margin:cme/ES:maintenance");
    expect(es?.timesMs).toHaveLength(38);
    expect(es).toMatchObject({ unit: "contract currency", calendar: "as-observed" });
    expect([isoDate(es?.timesMs[0] ?? 0), isoDate(es?.timesMs.at(-1) ?? 0)]).toEqual(["2012-03-26", "2022-01-21"]);
    expect(seriesOf(history, "margin:cme/BTC:initial")?.timesMs).toHaveLength(163);
    const placeholders = report.problems.filter(({ message }) => message.includes("a placeholder and no history"));
    expect(placeholders.map(({ file }) => file)).toContain("cfe/VX.csv");
    expect(history.series.filter(({ timesMs }) => timesMs[0] === Date.UTC(1990, 0, 1) && timesMs.length === 1)).toEqual(
      [],
    );
  });
});
