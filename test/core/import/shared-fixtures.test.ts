import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inspectFiles } from "../../../core/import/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";
import { diskFile, imported, problemLines, refusalOf } from "./files.ts";

/** Folder, file, format, rows. */
const fixtures = [
  ["deribit-api-fixtures/documented", "private-get_account_summaries.json", "deribit-account", 2],
  ["deribit-api-fixtures/documented", "private-get_account_summary.json", "deribit-account", 1],
  ["deribit-api-fixtures/documented", "private-get_positions.json", "deribit-positions", 1],
  ["deribit-api-fixtures/documented", "private-get_subaccounts_details.json", "deribit-subaccounts", 2],
  ["deribit-api-fixtures/documented", "private-simulate_portfolio.json", "deribit-account", 1],
  ["deribit-api-fixtures/documented", "public-get_book_summary_by_currency.json", "deribit-book-summary", 1],
  ["deribit-api-fixtures/documented", "public-get_instruments.json", "deribit-instruments", 2],
  ["deribit-api-fixtures/documented", "public-ticker.json", "deribit-ticker", 1],
  ["deribit-api-fixtures/recorded", "deribit_book_summary_btc_future.json", "deribit-book-summary", 13],
  ["deribit-api-fixtures/recorded", "deribit_book_summary_btc_option.json", "deribit-book-summary", 5],
  ["deribit-api-fixtures/recorded", "deribit_get_instruments_btc_future.json", "deribit-instruments", 13],
  ["deribit-api-fixtures/recorded", "deribit_get_instruments_btc_option.json", "deribit-instruments", 5],
  ["deribit-api-fixtures/recorded", "deribit_ticker_btc_perpetual.json", "deribit-ticker", 1],
  ["exchange-api-fixtures/deribit", "http_get_account_summaries.json", "deribit-account", 2],
  ["exchange-api-fixtures/deribit", "http_get_account_summaries_cross_margin.json", "deribit-account", 4],
  ["exchange-api-fixtures/deribit", "http_get_instrument_option.json", "deribit-instruments", 1],
  ["exchange-api-fixtures/deribit", "ws_portfolio.json", "deribit-account", 1],
  ["exchange-api-fixtures/deribit", "ws_ticker.json", "deribit-ticker", 1],
  ["deribit-real-positions", "subaccount_btc_futures_2024-10-31.json", "deribit-subaccounts", 4],
  ["deribit-real-positions", "ccxt_positions_eth_option_2023-06-02.json", "ccxt-deribit-positions", 1],
  ["deribit-book-summary-2026", "2026-07-05.csv.gz", "deribit-book-summary-csv", 1642],
  ["deribit-book-summary-2026", "2026-07-20.csv.gz", "deribit-book-summary-csv", 1556],
  ["deribit-book-summary-2026", "2026-08-12.csv.gz", "deribit-book-summary-csv", 1454],
  ["deribit-book-summary-2026", "2026-08-22.csv.gz", "deribit-book-summary-csv", 2054],
  ["btc-surface-daily-2026", "2026-03-26.csv.gz", "deribit-surface-csv", 998],
  ["btc-surface-daily-2026", "2026-05-06.csv.gz", "deribit-surface-csv", 942],
  ["btc-surface-daily-2026", "2026-07-15.csv.gz", "deribit-surface-csv", 852],
  ["deribit-chains-2020", "options_data.csv.gz", "deribit-order-book-csv", 326],
] as const;

describeWithSharedData("the sample files", (path) => {
  it.each(fixtures)("%s/%s is %s and every row of it is kept", async (folder, name, format, rows) => {
    const file = diskFile(path(folder, name));
    expect(inspectFiles([file])[0]?.format?.id).toBe(format);
    const { report } = await imported(file);
    expect(report.files[0]).toMatchObject({ format, rows, kept: rows, rejected: 0, incomplete: false });
    expect(report.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("that hold neither positions nor a market are refused", async () => {
    for (const name of ["public-get_delivery_prices.json", "public-get_funding_rate_history.json"]) {
      expect(await refusalOf(diskFile(path("deribit-api-fixtures", "documented", name)))).toContain(
        "no reply this program reads",
      );
    }
  });

  it("of every 10th chain are read whole, with a parity forward and a smile for every expiry that has a two-sided strike", async () => {
    const names = readdirSync(path("deribit-chains-2026")).filter((name) => name.startsWith("deribit_options"));
    expect(names).toHaveLength(250);
    for (const name of names.filter((_, i) => i % 10 === 5)) {
      const { market, report } = await imported(diskFile(path("deribit-chains-2026", name)));
      expect(report.files[0]?.rejected, name).toBe(0);
      expect(market?.indices.map(({ underlying, source }) => [underlying, source])).toEqual([
        ["BTC", "quoted"],
        ["ETH", "quoted"],
      ]);
      const live = market?.forwards ?? [];
      expect(live.length, name).toBeGreaterThan(15);
      expect(
        live.filter(({ method, pairs }) => method !== "parity" && pairs > 5),
        name,
      ).toEqual([]);
      expect(market?.smiles, name).toHaveLength(live.length);
    }
  });

  it("say what is known to be wrong with them: 162 s and a moving index in the chain of 2020", async () => {
    const { market } = await imported(diskFile(path("deribit-chains-2020", "options_data.csv.gz")));
    const messages = (market?.warnings ?? []).map(({ message }) => message).join("\n");
    expect(messages).toContain("the rows were taken over 162 s");
    expect(messages).toContain("parity forwards of single strikes disagree");
  });

  /** Own count over the files: "18 of 1,317 in a quiet Deribit file, 87 of 1,727 in a fast one". */
  const outside = [
    ["deribit_options_snapshot_20260104T091350Z.csv.gz", "18 of 1317"],
    ["deribit_options_snapshot_20260206T043012Z.csv.gz", "87 of 1727"],
  ] as const;
  it.each(outside)("count marks outside bid and ask: %s, %s", async (name, count) => {
    const lines = problemLines(await imported(diskFile(path("deribit-chains-2026", name))));
    expect(lines).toEqual([`warning the mark is outside bid and ask in ${count} rows that have both`]);
  });

  it("surface: marks of 4 decimals serve parity only, and its index is quoted", async () => {
    const { market } = await imported(diskFile(path("btc-surface-daily-2026", "2026-05-06.csv.gz")));
    expect(market?.quotes.every(({ mark }) => mark === undefined)).toBe(true);
    expect(market?.forwards.every(({ method }) => method === "parity")).toBe(true);
    expect(market?.indices[0]).toMatchObject({ underlying: "BTC", source: "quoted" });
  });
});

describeWithSharedData("the real positions", (path) => {
  const load = async (name: string) => imported(diskFile(path("deribit-real-positions", name)));

  it("futures: sizes in USD, the market of their stated prices, a day before the first expiry", async () => {
    const { portfolio, market } = await load("subaccount_btc_futures_2024-10-31.json");
    expect(portfolio?.positions.map(({ instrument, quantity }) => [instrument.symbol, quantity])).toEqual([
      ["BTC-1NOV24", -120],
      ["BTC-27DEC24", -100],
      ["BTC-29NOV24", -100],
      ["BTC-PERPETUAL", 320],
    ]);
    expect(market?.indices).toEqual([{ underlying: "BTC", price: 72201.79, source: "quoted" }]);
    /** README: "its prices … place it at 2024-10-30/31". */
    expect(market?.asOfMs).toBe(Date.UTC(2024, 9, 31, 8));
    /** README, checks: size_currency = size / mark_price. */
    const marks = new Map(market?.quotes.map(({ instrument, mark }) => [instrument.id, mark ?? 0]));
    for (const { instrument, quantity, stated } of portfolio?.positions ?? []) {
      expect(Math.abs(quantity / (marks.get(instrument.id) ?? 0) - (stated?.delta ?? 0))).toBeLessThanOrEqual(0.5e-9);
    }
  });

  it("option: the mark before rounding gives the exchange's own margins", async () => {
    const { portfolio, market } = await load("ccxt_positions_eth_option_2023-06-02.json");
    const mark = market?.quotes[0]?.mark ?? Number.NaN;
    /** README, checks: "mark unrounded (0.014586671; the exported mark_price 0.014587 is rounded to 6 decimals)". */
    expect(mark).toBeCloseTo(0.014586671, 12);
    const stated = portfolio?.positions[0]?.stated;
    expect(0.075 + mark).toBeCloseTo(stated?.maintenanceMargin ?? 0, 9);
    expect(Math.max(0.15 - (1950 - 1893.35) / 1893.35, 0.1) + mark).toBeCloseTo(stated?.initialMargin ?? 0, 8);
    expect(market?.asOfMs).toBe(1685704039684);
  });

  it("cross-collateral account: margin once, in USD; equity a coin", async () => {
    const { portfolio } = await imported(
      diskFile(path("exchange-api-fixtures", "deribit", "http_get_account_summaries_cross_margin.json")),
    );
    const whole = portfolio?.balances.filter(({ wholeAccount }) => wholeAccount === true);
    expect(whole).toMatchObject([
      { currency: "USD", equity: 25.710502678, initialMargin: 0.806292412, marginModel: "cross_pm" },
    ]);
    const coins = portfolio?.balances.filter(({ wholeAccount }) => wholeAccount !== true) ?? [];
    expect(coins.map(({ currency, equity }) => [currency, equity])).toEqual([
      ["BTC", 2.288e-5],
      ["USDT", 23.61869],
      ["SOL", 0],
      ["ETH", 8.6e-5],
    ]);
    expect(
      coins.every(({ initialMargin, marginBalance }) => initialMargin === undefined && marginBalance === undefined),
    ).toBe(true);
  });

  it("futures and options of one recorded minute make one snapshot", async () => {
    const names = [
      "deribit_book_summary_btc_future.json",
      "deribit_book_summary_btc_option.json",
      "deribit_ticker_btc_perpetual.json",
    ];
    const result = await imported(names.map((name) => diskFile(path("deribit-api-fixtures", "recorded", name))));
    expect(result.market?.quotes).toHaveLength(18);
    expect(result.market?.indices[0]?.price).toBeCloseTo(76736, 0);
    expect(problemLines(result).filter((line) => line.includes("BTC-PERPETUAL"))).toHaveLength(1);
  });
});

describe("formats", () => {
  it("are found by being files, each with the name of its id", async () => {
    const { formats } = await import("../../../core/import/index.ts");
    const files = readdirSync("core/import/formats").map((name) => name.replace(/\.ts$/, ""));
    expect([...formats.keys()]).toEqual(files.sort());
  });
});
