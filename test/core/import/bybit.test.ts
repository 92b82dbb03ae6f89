import { describe, expect, it } from "vitest";
import { describeWithSharedData } from "../../shared-data.ts";
import { diskFile, imported, jsonFile, problemLines, refusalOf } from "./files.ts";

const time = Date.UTC(2026, 2, 24, 2, 28);
const reply = (result: object) => ({ retCode: 0, retMsg: "OK", result, retExtInfo: {}, time });
const option = {
  ...{ symbol: "BTC-25SEP26-80000-C-USDT", side: "Sell", size: "0.02", positionIdx: 0, avgPrice: "2600", tradeMode: 0 },
  ...{ markPrice: "2608.56395729", positionIM: "", positionMM: "", leverage: "", liqPrice: "", delta: "-0.0068" },
  ...{ unrealisedPnl: "-0.17", positionStatus: "Normal" },
};
const inverse = { ...option, symbol: "BTCUSD", side: "Buy", size: "500", markPrice: "70500", delta: "" };
const positions = (rows: readonly object[], more: object = {}) =>
  jsonFile("positions.json", reply({ category: "option", nextPageCursor: "", list: rows, ...more }));

describe("Bybit position/list", () => {
  it("takes the sign from the side, the settlement from the source and empty texts as absent", async () => {
    const { portfolio } = await imported(positions([option, inverse]));
    expect(portfolio).toMatchObject({ venue: "bybit", asOfMs: time });
    expect(portfolio?.positions).toMatchObject([
      {
        quantity: -0.02,
        averagePrice: 2600,
        instrument: { payoff: "linear", settlement: "USDT" },
        stated: { delta: -0.0068 },
      },
      { quantity: 500, instrument: { payoff: "inverse", settlement: "BTC" }, origin: { unit: "USD, Buy" } },
    ]);
    expect(portfolio?.positions[0]?.stated).not.toHaveProperty("initialMargin");
  });
  it("reads an option without a suffix as linear in USDC, unlike the same name of Deribit", async () => {
    const { portfolio } = await imported(positions([{ ...option, symbol: "BTC-27DEC26-100000-C" }]));
    expect(portfolio?.positions[0]?.instrument).toMatchObject({ venue: "bybit", payoff: "linear", settlement: "USDC" });
  });
  it("rejects, leaves out and warns, and keeps the rest", async () => {
    const rows = [
      option,
      { ...option, symbol: "BTC-FOO" },
      { ...inverse, side: "" },
      { ...option, side: "", size: "0" },
      { ...option, size: "-1" },
      { ...inverse, symbol: "ETHUSD", positionIdx: 2, tradeMode: 1, positionStatus: "Liq" },
    ];
    const result = await imported(positions(rows));
    expect(result.portfolio?.positions).toHaveLength(2);
    expect(result.report.problems.map(({ severity, row, column }) => [severity, row, column])).toEqual([
      ["error", 2, "symbol"],
      ["error", 3, "side"],
      ["warning", 4, "size"],
      ["error", 5, "size"],
      ["warning", 6, "side"],
      ["warning", 6, "tradeMode"],
      ["warning", 6, "positionStatus"],
    ]);
  });
  it("warns when further pages are missing", async () => {
    const result = await imported(positions([option], { nextPageCursor: "page2" }));
    expect(problemLines(result)[0]).toContain("further pages are missing");
  });
  it("names an error reply", async () => {
    const error = jsonFile("e.json", { retCode: 10003, retMsg: "API key is invalid.", result: {}, time });
    expect(await refusalOf(error)).toContain("API key is invalid. (code 10003)");
  });
});

describe("Bybit account/wallet-balance", () => {
  const coin = (name: string, more: object) => ({
    coin: name,
    equity: "0",
    walletBalance: "0",
    usdValue: "0",
    ...more,
  });
  const wallet = (account: object, ...coins: object[]) =>
    jsonFile(
      "wallet.json",
      reply({ list: [{ accountType: "UNIFIED", totalEquity: "5000", coin: coins, ...account }] }),
    );
  const margins = {
    totalMarginBalance: "4900",
    totalInitialMargin: "100",
    totalMaintenanceMargin: "80",
    totalAvailableBalance: "4800",
  };

  it("gives a balance a coin, the whole account once, orders, debts and hedging spot", async () => {
    const usdt = coin("USDT", { equity: "1000", walletBalance: "990", usdValue: "999.7", totalOrderIM: "12" });
    const btc = coin("BTC", { equity: "0.5", walletBalance: "0.5", usdValue: "35250", spotHedgingQty: "0.01" });
    const eth = coin("ETH", { usdValue: "-191.31", borrowAmount: "0.06142" });
    const result = await imported([wallet(margins, usdt, btc, eth, coin("SOL", {})), positions([option])]);
    expect(result.portfolio?.balances).toEqual([
      {
        currency: "USD",
        equity: 5000,
        marginBalance: 4900,
        initialMargin: 100,
        maintenanceMargin: 80,
        availableFunds: 4800,
        wholeAccount: true,
        basis: "imported",
      },
      { currency: "USDT", equity: 1000, balance: 990, basis: "imported" },
      { currency: "BTC", equity: 0.5, balance: 0.5, basis: "imported" },
      { currency: "ETH", equity: -0.06142, balance: 0, borrowed: 0.06142, basis: "imported" },
    ]);
    expect(result.portfolio?.components).toEqual([
      { id: "open-orders", currency: "USDT", amount: 12, basis: "imported" },
    ]);
    expect(result.portfolio?.positions.map(({ instrument, quantity }) => [instrument.symbol, quantity])).toEqual([
      ["BTC", 0.01],
      ["BTC-25SEP26-80000-C-USDT", -0.02],
    ]);
    expect(problemLines(result).map((line) => line.split(" ")[0])).toEqual(["warning", "warning"]);
    expect(result.market?.indices.find(({ underlying }) => underlying === "USDT")?.price).toBeCloseTo(0.9997, 12);
  });
  it("leaves the account figures out when its margin is empty, as in isolated mode", async () => {
    const result = await imported(wallet({ totalMarginBalance: "" }, coin("USDT", { equity: "5", usdValue: "5" })));
    expect(result.portfolio?.balances.map(({ currency }) => currency)).toEqual(["USDT"]);
  });
});

describe("Bybit tickers", () => {
  const numbers = { markPrice: "7.86976724", indexPrice: "16823.73", underlyingPrice: "16815.1", lastPrice: "10" };
  const symbol = "BTC-6JAN23-17500-C";
  const channel = {
    ...{ topic: `tickers.${symbol}`, ts: 1672917511074, type: "snapshot" },
    data: { symbol, ...numbers, bidPrice: "0", bidIv: "0", askPrice: "10", askIv: "0.514", markPriceIv: "0.4896" },
  };
  const list = [
    { symbol, ...numbers, bid1Price: "0", bid1Iv: "0", ask1Price: "10", ask1Iv: "0.514", markIv: "0.4896" },
  ];

  it("are read the same in both spellings, with 0 as none and decimal volatilities", async () => {
    const quoteOf = async (content: object) => (await imported(jsonFile("t.json", content))).market;
    const fromChannel = await quoteOf(channel);
    const fromList = await quoteOf({ ...reply({ category: "option", list }), time: 1672917511074 });
    expect(fromChannel?.asOfMs).toBe(1672917511074);
    expect(fromChannel?.quotes).toMatchObject([
      {
        mark: 7.86976724,
        markVolatility: 0.4896,
        ask: 10,
        askVolatility: 0.514,
        underlyingPrice: 16815.1,
        indexPrice: 16823.73,
      },
    ]);
    expect(fromChannel?.quotes[0]).not.toHaveProperty("bid");
    expect(fromList?.quotes).toEqual(fromChannel?.quotes);
  });
  it("of spot give the index only", async () => {
    const spot = { symbol: "BTCUSDT", lastPrice: "16800", usdIndexPrice: "16801.5", bid1Price: "16800" };
    const market = await imported([
      jsonFile("o.json", channel),
      jsonFile("s.json", reply({ category: "spot", list: [spot] })),
    ]);
    expect(market.market?.quotes).toHaveLength(1);
    expect(market.market?.indices).toMatchObject([{ underlying: "BTC", price: 16801.5 }]);
  });
});

describe("Bybit instruments and account", () => {
  it("complete the names of the other files, and the list is believed", async () => {
    const terms = { baseCoin: "BTC", quoteCoin: "USDC", settleCoin: "USDC", optionsType: "Call", status: "Trading" };
    const listed = { symbol: "BTC-25SEP26-80000-C-USDT", ...terms, deliveryTime: String(Date.UTC(2026, 8, 25, 8)) };
    const result = await imported([
      jsonFile("i.json", reply({ category: "option", list: [listed] })),
      positions([option]),
    ]);
    expect(result.portfolio?.positions[0]?.instrument.settlement).toBe("USDC");
    expect(problemLines(result)[0]).toContain("differ from its name");
  });
  it("say the margin mode", async () => {
    const info = jsonFile(
      "info.json",
      reply({ marginMode: "PORTFOLIO_MARGIN", unifiedMarginStatus: 4, spotHedgingStatus: "ON" }),
    );
    const { report } = await imported([info, positions([option])]);
    expect(report.decisions.map(({ what, decided }) => `${what}: ${decided}`)).toEqual(
      expect.arrayContaining(["margin mode: portfolio margin: bybit-portfolio applies", "spot hedging: on"]),
    );
  });
});

describeWithSharedData("Bybit fixtures", (path) => {
  const file = (name: string) => diskFile(path("exchange-api-fixtures", "bybit", name));
  it("are all read", async () => {
    const names = [
      "account_info",
      "instruments_inverse",
      "instruments_linear",
      "instruments_option",
      "positions",
      "wallet_balance",
    ];
    const result = await imported([
      ...names.map((name) => file(`http_get_${name}.json`)),
      file("ws_ticker_option.json"),
    ]);
    expect(result.report.files.every(({ format, rejected }) => format.startsWith("bybit-") && rejected === 0)).toBe(
      true,
    );
    expect(result.portfolio?.positions.map(({ instrument, quantity }) => [instrument.symbol, quantity])).toEqual([
      ["BTCUSDT", 0.5],
      ["ETHUSDT", -5],
    ]);
  });
});
