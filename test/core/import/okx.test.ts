import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readOracles } from "../../../core/import/oracle/index.ts";
import { runMargin } from "../../../core/margin/index.ts";
import { catalog } from "../../../core/methodology/index.ts";
import { resolveRules } from "../../../core/rulebook/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";
import { rulebookOf } from "../methodology/run-case.ts";
import { unwrapped } from "../result-value.ts";
import { diskFile, imported, jsonFile, problemLines, refusalOf, textFile } from "./files.ts";

const reply = (name: string, ...data: unknown[]) => jsonFile(name, { code: "0", msg: "", data });
const swap = {
  ...{ instType: "SWAP", instId: "BTC-USDT-SWAP", mgnMode: "cross", posSide: "net", pos: "-10", avgPx: "100000" },
  ...{ markPx: "97093.7", idxPx: "97078.9", upl: "290.63", imr: "", mmr: "", uTime: "1736936801642", deltaBS: "" },
};
const option = {
  ...{ instType: "OPTION", instId: "BTC-USD-250328-100000-C", mgnMode: "cross", posSide: "net", pos: "5" },
  ...{ avgPx: "0.05", markPx: "0.0512345", idxPx: "97060", upl: "0.00006", deltaBS: "0.0231", uTime: "1736936801000" },
};

describe("OKX positions", () => {
  it("count contracts, which become coins, or USD for inverse futures", async () => {
    const inverse = { ...swap, instId: "BTC-USD-SWAP", pos: "3" };
    const { portfolio, report } = await imported(reply("positions.json", swap, option, inverse));
    expect(portfolio?.positions.map(({ id, quantity }) => [id, quantity])).toEqual([
      ["BTC-USDT-SWAP", -0.1],
      ["BTC-USD-250328-100000-C", 0.05],
      ["BTC-USD-SWAP", 300],
    ]);
    expect(portfolio).toMatchObject({ venue: "okx", asOfMs: 1_736_936_801_642 });
    expect(report.decisions.filter(({ what }) => what.startsWith("contract size"))).toHaveLength(3);
  });
  it("take contract sizes and settlement from the instrument list", async () => {
    const terms = { instType: "SWAP", uly: "DOGE-USDT", ctVal: "1000", ctMult: "1", ctType: "linear", expTime: "" };
    const list = reply("instruments.json", { ...terms, instId: "DOGE-USDT-SWAP", settleCcy: "USDT", stk: "" });
    const doge = { ...swap, instId: "DOGE-USDT-SWAP", pos: "2", markPx: "0.4", idxPx: "0.4" };
    const { portfolio } = await imported([reply("positions.json", doge), list]);
    expect(portfolio?.positions).toMatchObject([{ quantity: 2000, instrument: { settlement: "USDT" } }]);
    expect(problemLines(await imported(reply("positions.json", swap, doge)))[0]).toContain(
      "size of one DOGE-USDT-SWAP",
    );
  });
  it("are signed by posSide in long/short mode, and both sides are kept", async () => {
    const [long, short] = ["long", "short"].map((posSide) => ({ ...swap, posSide, pos: "4" }));
    const { portfolio } = await imported(reply("positions.json", long, short));
    expect(portfolio?.positions.map(({ quantity }) => quantity)).toEqual([0.04, -0.04]);
  });
  it("of zero size, of margin trading and isolated ones are named", async () => {
    const rows = [
      { ...swap, pos: "0" },
      { ...swap, instType: "MARGIN", instId: "BTC-USDT" },
      { ...swap, mgnMode: "isolated" },
    ];
    const result = await imported(reply("positions.json", ...rows));
    expect(problemLines(result).join("\n")).toMatch(/size 0[\s\S]*loan[\s\S]*isolated/);
    expect(result.portfolio?.positions).toHaveLength(1);
  });
  it("of one page of several are a warning", async () => {
    const page = {
      arg: { channel: "positions" },
      eventType: "snapshot",
      curPage: 1,
      lastPage: false,
      data: [swap, option],
    };
    const result = await imported(jsonFile("channel.json", page));
    expect(result.portfolio?.positions).toHaveLength(2);
    expect(problemLines(result)).toHaveLength(1);
    expect(problemLines(result)[0]).toContain("not the last page");
    const last = await imported(jsonFile("channel.json", { ...page, lastPage: true }));
    expect(problemLines(last)).toEqual([]);
  });
  it("make a market of their prices; the index of a pair stands under its own name", async () => {
    const { market } = await imported(reply("positions.json", swap, option));
    const indices = Object.fromEntries((market?.indices ?? []).map(({ underlying, price }) => [underlying, price]));
    expect(indices["BTC-USDT"]).toBe(97_078.9);
    expect(market?.quotes.map(({ mark }) => mark)).toEqual([97_093.7, 0.0512345]);
  });
});

it("an error reply of OKX is named as such", async () => {
  const error = jsonFile("reply.json", { code: "50011", msg: "Too Many Requests", data: [] });
  expect(await refusalOf(error)).toContain("Too Many Requests (code 50011)");
});

describe("OKX account balance", () => {
  const details = [
    { ccy: "BTC", eq: "2.5", cashBal: "2.4", eqUsd: "250000", disEq: "245000", clSpotInUseAmt: "1.5" },
    { ccy: "USDT", eq: "-1000", cashBal: "-1000", eqUsd: "-999.54", clSpotInUseAmt: "" },
    { ccy: "OKB", eq: "0", cashBal: "0", eqUsd: "0", clSpotInUseAmt: "" },
  ];
  it("has one entry a currency and the whole account once", async () => {
    const account = { totalEq: "241650.46", adjEq: "230000", imr: "500", mmr: "300", uTime: "1736936801642", details };
    const { portfolio } = await imported(reply("balance.json", account));
    expect(portfolio?.balances).toEqual([
      {
        ...{ currency: "USD", equity: 241_650.46, marginBalance: 230_000, wholeAccount: true, basis: "imported" },
        ...{ initialMargin: 500, maintenanceMargin: 300, availableFunds: 229_500 },
      },
      { currency: "BTC", equity: 2.5, balance: 2.4, marginBalance: 2.45, riskOffsetLimit: 1.5, basis: "imported" },
      { currency: "USDT", equity: -1000, balance: -1000, basis: "imported" },
    ]);
  });
  it("outside portfolio and multi-currency mode has no margin", async () => {
    const account = {
      totalEq: "100",
      adjEq: "",
      imr: "",
      mmr: "",
      uTime: "1744499648556",
      details: details.slice(0, 1),
    };
    const result = await imported(reply("balance.json", account));
    expect(result.portfolio?.balances.map(({ currency }) => currency)).toEqual(["BTC"]);
    expect(problemLines(result)[0]).toContain("adjEq is empty");
  });
});

describe("OKX market replies", () => {
  const summary = {
    ...{ instId: "BTC-USD-250328-100000-C", uly: "BTC-USD", markVol: "0.53", bidVol: "0.52", askVol: "0" },
    ...{ fwdPx: "99150.5", ts: "1736936800000" },
  };
  it("of one market complete each other", async () => {
    const files = [
      reply("summary.json", summary),
      reply("mark.json", { instType: "OPTION", instId: summary.instId, markPx: "0.0512345", ts: "1736936801000" }),
      reply("tickers.json", { instId: summary.instId, last: "", bidPx: "0.05", askPx: "0.0525", ts: "1736936801500" }),
      reply(
        "index.json",
        { instId: "BTC-USD", idxPx: "97000", ts: "1736936801000" },
        { instId: "USDT-USD", idxPx: "0.9995" },
      ),
    ];
    const { market, report } = await imported(files);
    expect(market?.quotes).toMatchObject([
      { mark: 0.0512345, markVolatility: 0.53, bidVolatility: 0.52, underlyingPrice: 99_150.5, bid: 0.05, ask: 0.0525 },
    ]);
    expect(market?.quotes[0]).not.toHaveProperty("askVolatility");
    expect(market?.indices).toMatchObject([
      { underlying: "BTC", price: 97_000 },
      { underlying: "USDT", price: 0.9995 },
    ]);
    expect(report.problems).toEqual([]);
    expect(market?.asOfMs).toBe(1_736_936_801_500);
  });
});

describe("a chain CSV whose layout two exchanges share", () => {
  const header =
    "snapshot_utc,exchange,underlying,instrument,expiry,strike,type,mark_price,bid,ask,mark_iv,delta,gamma,vega,theta,open_interest,volume_24h,underlying_price";
  const okx =
    "2026-08-12 02:46:43,okx,BTC,BTC-USD-260925-72000-C,2026-09-25,72000,call,0.0097359918,0.0095,0.01,0.330052923,,,,,3520,63,63708.9";
  const deribit =
    "2026-08-12 02:46:43,deribit,BTC,BTC-25SEP26-72000-C,2026-09-25,72000,call,0.00973,,0.01,33.01,,,,,10,0.0,64029.9";
  it("has decimal volatilities, contracts and the index for OKX, percent, coins and the forward for Deribit", async () => {
    const first = await imported(textFile("okx.csv", `${header}\n${okx}\n`));
    expect(first.market?.quotes).toMatchObject([
      { markVolatility: 0.330052923, openInterest: 35.2, indexPrice: 63_708.9 },
    ]);
    expect(first.market?.quotes[0]).not.toHaveProperty("underlyingPrice");
    const second = await imported(textFile("deribit.csv", `${header}\n${deribit}\n`));
    expect(second.market?.quotes).toMatchObject([
      { markVolatility: 0.3301, openInterest: 10, underlyingPrice: 64_029.9 },
    ]);
  });
});

describe("a position-builder reply", () => {
  const path = resolve(import.meta.dirname, "../../golden/okx/position-builder.json");
  const file = { name: "position-builder.json", bytes: new Uint8Array(readFileSync(path)) };
  it("gives positions, balances and the prices it implies, and our margin is the margin it states", async () => {
    const { portfolio, market, report } = await imported(file);
    if (portfolio === undefined || market === undefined) throw new Error("the reply holds both");
    expect(report.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    const index = (name: string) => market.indices.find(({ underlying }) => underlying === name)?.price;
    expect(index("BTC-USDT")).toBeCloseTo(97_078.9, 6);
    expect(index("LTC-USDT")).toBeCloseTo(101.9951, 8);
    expect(index("USDT")).toBeCloseTo(0.99954, 12);
    const methodology = catalog.get("okx-portfolio");
    if (methodology === undefined) throw new Error("okx-portfolio is in the catalogue");
    const rules = unwrapped(resolveRules(rulebookOf("okx-portfolio"), { name: "merged-2025-01-15" }));
    const result = unwrapped(await runMargin({ portfolio, market, methodology, rules }));
    expect(result.accuracy).toBe("exact");
    expect(result.totals.maintenanceUsd).toBeCloseTo(2946.5480841048, 6);
    expect(result.totals.initialUsd).toBeCloseTo(9643.45070718144, 6);
    expect(result.accounts[0]?.ratios?.[0]?.amount).toBeCloseTo(-25.95365779811705, 8);
  });
});

it("a position-builder reply read as a statement carries the index prices its scenarios imply", () => {
  const path = resolve(import.meta.dirname, "../../golden/okx/position-builder.json");
  const statement = unwrapped(
    readOracles([{ name: "position-builder.json", bytes: new Uint8Array(readFileSync(path)) }]),
  );
  const index = (name: string) => statement.indices.find(({ underlying }) => underlying === name)?.price;
  expect(index("USDT")).toBeCloseTo(0.99954, 12);
  expect(index("BTC-USDT")).toBeCloseTo(97_078.9, 6);
  expect(index("LTC")).toBeCloseTo(101.9951 * 0.99954, 8);
});

describeWithSharedData("OKX files of the shared data", (path) => {
  it("fixtures of every reply are read", async () => {
    const fixture = (name: string) => diskFile(path("exchange-api-fixtures/okx", name));
    const names = ["option", "swap"].map((type) => `http_get_instruments_${type}.json`);
    const files = [...names, "http_get_positions.json", "http_get_account_balance.json", "http_get_mark_price.json"];
    const result = await imported([...files, "http_get_option_summary.json"].map(fixture));
    expect(result.report.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(result.portfolio?.positions).toMatchObject([{ quantity: 0.005, instrument: { symbol: "BTC-USDT-SWAP" } }]);
    expect(result.market?.quotes).toHaveLength(5);
    const channel = await imported(fixture("ws_opt_summary.json"));
    expect(channel.market?.quotes).toMatchObject([{ markVolatility: 0.53 }, { markVolatility: 0.52 }]);
  });
  it("a real chain has its forwards by parity, away from the index", async () => {
    const { market, report } = await imported(diskFile(path("okx-chains-2026/2026-08-12.csv.gz")));
    expect(report.files[0]).toMatchObject({ rows: 1218, rejected: 0 });
    const forward = market?.forwards.find(
      ({ underlying, expiryMs }) => underlying === "BTC" && expiryMs === Date.UTC(2026, 8, 25, 8),
    );
    expect(forward).toMatchObject({ method: "parity" });
    expect(forward?.value).toBeCloseTo(64_029.95, 1);
    expect(market?.indices.find(({ underlying }) => underlying === "BTC")?.price).toBe(63_708.9);
  });
});
