import { describe, expect, it } from "vitest";
import { describeWithSharedData } from "../../shared-data.ts";
import { diskFile, imported, jsonFile, problemLines, refusalOf } from "./files.ts";

const call = {
  ...{ instrument_type: "option", instrument_name: "ETH-20240322-3900-C", amount: "-6.3", mark_price: "18.119589" },
  average_price: "38.251279999999999895079365079365079365079365079365",
  ...{ index_price: "3556.44999999999967232", mark_value: "-114.1534124761641209033768973313271999359130859375" },
  ...{ initial_margin: "-578.442731215992580473539419472217559814453125", maintenance_margin: "-485.5848674680269" },
  ...{ open_orders_margin: "0", unrealized_pnl: "126.829653299999999339", delta: "0.134193", liquidation_price: null },
};
const perpetual = {
  ...call,
  ...{ instrument_type: "perp", instrument_name: "ETH-PERP", amount: "6.31", mark_price: "3558.02656944444413312" },
  ...{ mark_value: "-2215.54642820917069911956787109375", delta: "1" },
};
const reply = (result: unknown) => jsonFile("derive.json", { id: 1, result });

describe("Derive get_positions", () => {
  it("reads texts of 50 digits and turns the sign of what is required", async () => {
    const { portfolio, report } = await imported(reply({ subaccount_id: 7, positions: [call, perpetual] }));
    expect(portfolio).toMatchObject({ venue: "derive", balances: [] });
    expect(portfolio?.positions).toMatchObject([
      {
        ...{ id: "7/ETH-20240322-3900-C", quantity: -6.3, averagePrice: 38.25128, account: "7" },
        stated: { initialMargin: 578.4427312159926, maintenanceMargin: 485.5848674680269, delta: 0.134193 },
        instrument: { venue: "derive", kind: "option", payoff: "linear", settlement: "USDC", strike: 3900 },
      },
      {
        quantity: 6.31,
        instrument: { kind: "perpetual", underlying: "ETH" },
        origin: { quantity: "6.31", unit: "ETH" },
      },
    ]);
    expect(report.decisions.map(({ what }) => what)).toContain("sign of position margins");
  });

  it("takes a requirement written positive as it stands and warns", async () => {
    const result = await imported(reply([{ ...call, initial_margin: "100" }]));
    expect(result.portfolio?.positions[0]?.stated?.initialMargin).toBe(100);
    expect(problemLines(result)).toEqual([expect.stringContaining("above 0")]);
  });

  it("rejects what it cannot read, leaves out zero positions and keeps the rest", async () => {
    const rows = [
      call,
      { ...call, instrument_name: "ETH-FOO" },
      { ...perpetual, amount: "0" },
      { ...perpetual, amount: "1x" },
      { ...perpetual, instrument_type: "option" },
    ];
    const result = await imported(reply(rows));
    expect(result.portfolio?.positions).toHaveLength(2);
    expect(result.report.problems.map(({ severity, row, column }) => [severity, row, column])).toEqual([
      ["error", 2, "instrument_name"],
      ["warning", 3, "amount"],
      ["error", 4, "amount"],
      ["warning", 5, "instrument_type"],
    ]);
  });

  it("names an error reply", async () => {
    const error = { code: 14000, message: "Account not found", data: "x" };
    expect(await refusalOf(jsonFile("error.json", { id: 1, error }))).toContain("Account not found (code 14000)");
  });
});

const cash = { asset_name: "USDC", asset_type: "erc20", amount: "5000", mark_price: "0.9998", mark_value: "4999" };
const coin = { asset_name: "weETH", asset_type: "erc20", amount: "2", mark_price: "3700", mark_value: "7400" };
const subaccount = {
  ...{ subaccount_id: 42, margin_type: "PM2", currency: "ETH", label: null, open_orders: [] },
  ...{ subaccount_value: "10069.3", collaterals_value: "12399", positions_value: "-2329.7" },
  ...{ initial_margin: "-430.7", maintenance_margin: "1200.3", open_orders_margin: "-12.5" },
  ...{ positions: [call, perpetual], collaterals: [cash, coin] },
};

describe("Derive get_subaccount", () => {
  it("makes requirements of the surpluses and keeps the surplus of initial margin", async () => {
    const { portfolio, report } = await imported(reply(subaccount));
    const whole = portfolio?.balances.find(({ wholeAccount }) => wholeAccount === true);
    expect(whole).toMatchObject({ currency: "USD", equity: 10069.3, availableFunds: -430.7, marginModel: "PM2" });
    expect(whole?.initialMargin).toBeCloseTo(10500, 9);
    expect(whole?.maintenanceMargin).toBeCloseTo(8869, 9);
    expect(report.decisions.map(({ what }) => what)).toContain("margins of the account");
    expect(report.problems).toEqual([]);
  });

  it("gives the cash the profit of perpetuals and the value of options, and keeps coins apart", async () => {
    const { portfolio } = await imported(reply([subaccount]));
    const [usdc, weeth] = (portfolio?.balances ?? []).filter(({ wholeAccount }) => wholeAccount !== true);
    expect(usdc).toMatchObject({ currency: "USDC", balance: 5000 });
    expect(usdc?.sessionUnrealised).toBeCloseTo(-2215.546428, 6);
    expect(usdc?.optionsValue).toBeCloseTo(-114.153412, 6);
    expect(usdc?.equity).toBeCloseTo(5000 - 2215.546428 - 114.153412, 5);
    expect(weeth).toEqual({ currency: "WEETH", equity: 2, balance: 2, basis: "imported" });
    expect(portfolio?.components).toMatchObject([{ id: "open-orders", currency: "USDC", amount: 12.5 }]);
    expect(portfolio?.positions).toHaveLength(2);
  });

  it("warns when the parts are not the whole, and refuses to add up subaccounts", async () => {
    const result = await imported(
      reply([
        { ...subaccount, positions_value: "0" },
        { ...subaccount, subaccount_id: 43 },
      ]),
    );
    const lines = problemLines(result);
    expect(lines[0]).toContain("collaterals_value + positions_value is 12399");
    expect(lines.filter((line) => line.includes("another subaccount"))).toHaveLength(1);
    expect(result.portfolio?.balances.filter(({ wholeAccount }) => wholeAccount === true)).toHaveLength(1);
  });
});

const pricing = { mark_price: "42.3", forward_price: "1992.6", iv: "0.51012", bid_iv: "0", ask_iv: "0.55" };
const put = {
  ...{ instrument_name: "ETH-20260612-1900-P", instrument_type: "option", base_asset_sub_id: "4", index_price: "1990" },
  ...{ mark_price: "42.3", best_bid_price: "0", best_ask_price: "44", timestamp: 1779953797000, perp_details: null },
  option_pricing: { ...pricing, discount_factor: "0.999" },
  stats: { open_interest: "12.5" },
};

describe("Derive tickers", () => {
  it("reads long names: volatilities as decimals, the rate from the discount factor", async () => {
    const { market } = await imported(reply(put));
    expect(market?.quotes).toMatchObject([
      {
        mark: 42.3,
        ask: 44,
        markVolatility: 0.51012,
        askVolatility: 0.55,
        underlyingPrice: 1992.6,
        openInterest: 12.5,
      },
    ]);
    expect(market?.quotes[0]).not.toHaveProperty("bid");
    expect(market?.indices).toMatchObject([{ underlying: "ETH", price: 1990 }]);
    const years = (Date.UTC(2026, 5, 12, 8) - 1779953797000) / (365 * 86_400_000);
    expect(market?.feeds).toEqual([
      { kind: "rate", underlying: "ETH", expiryMs: Date.UTC(2026, 5, 12, 8), value: -Math.log(0.999) / years },
    ]);
  });

  it("reads slim rows as the long ones", async () => {
    const slim = {
      ...{ I: "1990", M: "42.3", a: "44", A: "3", b: "0", B: "0", t: 1779953797000, stats: { oi: "12.5" } },
      option_pricing: { f: "1992.6", i: "0.51012", bi: "0", ai: "0.55", df: "0.999", m: "42.3" },
    };
    const [long, short] = [
      await imported(reply(put)),
      await imported(reply({ tickers: { [put.instrument_name]: slim } })),
    ];
    const content = ({ market }: typeof long) => ({
      ...market,
      sources: [],
      quotes: market?.quotes.map((q) => ({ ...q, at: "" })),
    });
    expect(content(short)).toEqual(content(long));
    const channel = { instrument_name: put.instrument_name, instrument_ticker: slim };
    expect(content(await imported(reply(channel)))).toEqual(content(long));
  });
});

describe("Derive instruments", () => {
  const listed = {
    ...{
      instrument_name: "ETH-20260612-1900-P",
      instrument_type: "option",
      base_asset_sub_id: "4",
      perp_details: null,
    },
    option_details: { expiry: 1781251200, index: "ETH-USD", option_type: "P", strike: "1900", settlement_price: null },
  };
  it("give their terms to the other files; a list that contradicts the name is believed with a warning", async () => {
    const other = { ...listed, option_details: { ...listed.option_details, strike: "1950" } };
    const files = [jsonFile("instruments.json", { result: [listed] }), jsonFile("ticker.json", { result: put })];
    const agreed = await imported(files);
    expect(agreed.report.problems).toEqual([]);
    const result = await imported([
      jsonFile("instruments.json", { result: [other] }),
      jsonFile("t.json", { result: put }),
    ]);
    expect(result.market?.quotes[0]?.instrument).toMatchObject({ strike: 1950 });
    expect(problemLines(result)[0]).toContain("differ from its name");
  });
});

/** Folder, file, format, rows, kept. */
const fixtures = [
  ["exchange-api-fixtures/derive/common", "http_get_instruments_eth_all.json", "derive-instruments", 2],
  ["exchange-api-fixtures/derive/options", "instrument_eth.json", "derive-instruments", 1],
  ["exchange-api-fixtures/derive/common", "http_subaccount_usdc.json", "derive-subaccount", 2],
  ["exchange-api-fixtures/derive/perps", "http_positions_result_eth.json", "derive-positions", 1],
  ["exchange-api-fixtures/derive/options", "http_ticker_eth_snapshot.json", "derive-ticker", 1],
  ["deribit-real-positions", "derive_positions_2024-03-18.json", "derive-positions", 2],
] as const;

describeWithSharedData("Derive's sample files", (path) => {
  it.each(fixtures)("%s/%s is %s and every row of it is kept", async (folder, name, format, rows) => {
    const { report } = await imported(diskFile(path(folder, name)));
    expect(report.files[0]).toMatchObject({ format, rows, kept: rows, rejected: 0 });
  });

  it("give the account of a real export: a short call and a long perpetual", async () => {
    const { portfolio } = await imported(diskFile(path("deribit-real-positions", "derive_positions_2024-03-18.json")));
    expect(portfolio?.positions.map(({ quantity, stated }) => [quantity, stated?.initialMargin])).toEqual([
      [-6.3, 578.4427312159926],
      [6.31, 8669.87832275778],
    ]);
  });
});
