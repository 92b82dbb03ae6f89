import { describe, expect, it } from "vitest";
import { blackValue } from "../../../core/pricing/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";
import { diskFile, imported, jsonFile, problemLines, refusalOf } from "./files.ts";

const time = Date.UTC(2025, 11, 17, 14, 57);
const short = {
  ...{ symbol: "XRP-251219-2.05-P", side: "SHORT", quantity: "-3", entryPrice: "20", markPrice: "19.0314" },
  ...{ strikePrice: "2.05", expiryDate: Date.UTC(2025, 11, 19, 8), optionSide: "PUT", unrealizedPNL: "2.9", time },
};
const btc = {
  ...short,
  symbol: "BTC-251226-90000-C",
  side: "LONG",
  quantity: "0.5",
  strikePrice: "90000",
  optionSide: "CALL",
};
const long = { ...btc, expiryDate: Date.UTC(2025, 11, 26, 8), markPrice: "1500", entryPrice: "1400" };

describe("Binance eapi position", () => {
  it("turns contracts and prices of a contract into coins and prices of a coin; the side gives the sign", async () => {
    const { portfolio, report } = await imported(jsonFile("p.json", [short, long]));
    expect(portfolio).toMatchObject({ venue: "binance", asOfMs: time });
    expect(portfolio?.positions).toMatchObject([
      {
        quantity: -300,
        averagePrice: 0.2,
        stated: { markPrice: 0.190314 },
        origin: { unit: "contracts of 100, SHORT" },
      },
      { quantity: 0.5, averagePrice: 1400, instrument: { payoff: "linear", settlement: "USDT", strike: 90_000 } },
    ]);
    expect(report.problems).toEqual([]);
    expect(report.decisions.map(({ what, decided }) => `${what}: ${decided}`)).toContain(
      "contract size of XRP options: 100 XRP",
    );
  });
  it("takes the unit from exchangeInfo, and rejects a coin whose unit nobody says", async () => {
    const doge = { ...short, symbol: "DOGE-251219-0.2-P", strikePrice: "0.2" };
    const listed = {
      symbol: doge.symbol,
      side: "PUT",
      strikePrice: "0.2",
      unit: 1000,
      expiryDate: doge.expiryDate,
      underlying: "DOGEUSDT",
      quoteAsset: "USDT",
    };
    const info = jsonFile("info.json", { optionSymbols: [listed], timezone: "UTC" });
    const known = await imported([jsonFile("p.json", [doge]), info]);
    expect(known.portfolio?.positions).toMatchObject([{ quantity: -3000, instrument: { underlying: "DOGE" } }]);
    const unknown = await imported(jsonFile("p.json", [doge, long]));
    expect(problemLines(unknown)[0]).toContain("the unit of DOGE-251219-0.2-P is not known");
  });
  it("believes the side, warns where quantity or terms differ, leaves zero out", async () => {
    const rows = [
      { ...long, quantity: "-1" },
      { ...short, quantity: "0" },
      { ...short, side: "BUY" },
      { ...short, strikePrice: "3" },
    ];
    const result = await imported(jsonFile("p.json", rows));
    expect(result.portfolio?.positions.map(({ quantity }) => quantity)).toEqual([1, -300]);
    expect(result.report.problems.map(({ severity, row, column }) => [severity, row, column])).toEqual([
      ["warning", 1, "quantity"],
      ["warning", 2, "quantity"],
      ["error", 3, "side"],
      ["warning", 4, "strikePrice"],
    ]);
  });
  it("names an error reply", async () => {
    expect(await refusalOf(jsonFile("e.json", { code: -2015, msg: "Invalid API-key" }))).toContain(
      "Invalid API-key (code -2015)",
    );
  });
});

describe("Binance eapi mark", () => {
  it("has −1 as none, decimal volatilities and marks of a contract", async () => {
    const row = {
      symbol: "XRP-251219-2.05-P",
      markPrice: "19.0314",
      bidIV: "-1",
      askIV: "-1.00000000",
      markIV: "2.6",
      riskFreeInterest: "0",
    };
    const { market } = await imported([jsonFile("m.json", [row]), jsonFile("p.json", [short])]);
    expect(market?.quotes).toMatchObject([{ mark: 0.190314, markVolatility: 2.6 }]);
    expect(market?.quotes[0]).not.toHaveProperty("bidVolatility");
  });
  /** A real message of 2025-12-17 14:57:00.26 UTC: 100 × Black(1.96239445, 2.05, 1.710414 days, 2.6) = 19.0314. */
  it("stream gives index and forward too, and its own volatility gives its mark back", async () => {
    const message = {
      s: "XRP-251219-2.05-P",
      mp: "19.0314",
      i: "1.96239445",
      vo: "2.6",
      b: "-1.0",
      a: "-1.0",
      bo: "0",
      ao: "0",
      E: 1765983420260,
    };
    const { market } = await imported(jsonFile("m.json", [message]));
    expect(market?.asOfMs).toBe(1765983420260);
    expect(market?.quotes).toMatchObject([{ mark: 0.190314, markVolatility: 2.6, underlyingPrice: 1.96239445 }]);
    const [quote] = market?.quotes ?? [];
    const expiryMs = quote?.instrument.kind === "option" ? quote.instrument.expiryMs : 0;
    const years = (expiryMs - (quote?.timestampMs ?? 0)) / (365 * 86_400_000);
    expect(blackValue(1.96239445, 2.05, years, 2.6, false)).toBeCloseTo(quote?.mark ?? 0, 6);
    expect(market?.quotes[0]).not.toHaveProperty("bid");
    expect(market?.indices).toMatchObject([{ underlying: "XRP", price: 1.96239445 }]);
  });
});

describe("Binance accounts", () => {
  const asset = {
    asset: "USDT",
    marginBalance: "1877.52",
    equity: "617.78",
    available: "0",
    initialMargin: "2533.6",
    maintMargin: "1275.5",
  };
  it("of options: the option value is equity less margin balance", async () => {
    const { portfolio } = await imported(jsonFile("a.json", { asset: [asset], greek: [], time }));
    expect(portfolio?.asOfMs).toBe(time);
    expect(portfolio?.balances).toMatchObject([
      { currency: "USDT", equity: 617.78, marginBalance: 1877.52, maintenanceMargin: 1275.5 },
    ]);
    expect(portfolio?.balances[0]?.optionsValue).toBeCloseTo(-1259.74, 9);
  });
  it("of another wallet in the same currency is refused by row", async () => {
    const futures = { asset: "USDT", walletBalance: "23.7", unrealizedProfit: "0", marginBalance: "23.7" };
    const result = await imported([
      jsonFile("a.json", { asset: [asset], time }),
      jsonFile("f.json", { assets: [futures], positions: [] }),
    ]);
    expect(result.portfolio?.balances).toHaveLength(1);
    expect(problemLines(result)[0]).toContain("has been read already");
  });
  /** The documented sample of sapi v2 portfolio/account. */
  it("of portfolio margin: risk units as components, equity before and after collateral rates", async () => {
    const account = {
      ...{
        uniMMR: "5167.92171923",
        accountEquity: "122607.35137903",
        actualEquity: "142607.35137903",
        accountType: "PM_3",
      },
      ...{ accountMaintMargin: "23.72469206", riskUnitMMList: [{ asset: "BTC", uniMaintainUsd: "23.72469206" }] },
      ...{ marginMM: "0.00000000", otherMM: "0.00000000" },
    };
    const { portfolio, report } = await imported(jsonFile("pm.json", account));
    expect(portfolio?.balances).toMatchObject([
      { currency: "USD", equity: 142607.35137903, marginBalance: 122607.35137903, wholeAccount: true },
    ]);
    expect(portfolio?.components).toContainEqual({
      id: "risk-unit-maintenance",
      currency: "USD",
      underlying: "BTC",
      amount: 23.72469206,
      basis: "imported",
    });
    expect(report.problems).toEqual([]);
    const wrong = await imported(jsonFile("pm.json", { ...account, uniMMR: "5000" }));
    expect(problemLines(wrong)[0]).toContain("uniMMR is 5000");
  });
});

describe("Binance positionRisk", () => {
  const row = {
    symbol: "BTCUSDT",
    positionAmt: "-0.5",
    entryPrice: "60000",
    markPrice: "61000",
    positionSide: "SHORT",
    unRealizedProfit: "-500",
    maintMargin: "120",
  };
  it("is signed; COIN-M counts contracts", async () => {
    const coin = { ...row, symbol: "BTCUSD_PERP", positionAmt: "7", positionSide: "BOTH" };
    const { portfolio } = await imported(
      jsonFile("r.json", [row, coin, { ...row, symbol: "ETHUSDT", positionAmt: "0" }]),
    );
    expect(portfolio?.positions).toMatchObject([
      { quantity: -0.5, stated: { maintenanceMargin: 120, markPrice: 61000 } },
      { quantity: 700, instrument: { payoff: "inverse", settlement: "BTC" } },
    ]);
  });
  it("refuses a side that contradicts the sign", async () => {
    const result = await imported(jsonFile("r.json", [row, { ...row, symbol: "ETHUSDT", positionAmt: "1" }]));
    expect(problemLines(result)[0]).toBe("error 2 positionAmt: positionSide is SHORT and positionAmt 1");
  });
});

describeWithSharedData("Binance fixtures", (path) => {
  it("are all read", async () => {
    const file = (name: string) => diskFile(path("exchange-api-fixtures", "binance", "futures", "http_json", name));
    const { portfolio, report } = await imported([file("account_info_v2.json"), file("position_risk.json")]);
    expect(report.files.map(({ format }) => format).sort()).toEqual([
      "binance-futures-account",
      "binance-futures-positions",
    ]);
    expect(portfolio?.positions).toMatchObject([{ quantity: 0.001, instrument: { symbol: "BTCUSDT" } }]);
    expect(portfolio?.balances).toMatchObject([{ currency: "USDT", equity: 23.72469206 }]);
  });
});
