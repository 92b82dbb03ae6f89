import { describe, expect, it } from "vitest";
import { imported, jsonFile, problemLines, refusalOf } from "./files.ts";

/** The documented example of private/get_positions (API reference 2.1.1). */
const documented = {
  ...{ average_price: 7440.18, delta: 0.006687487, direction: "buy", floating_profit_loss: 0, index_price: 7466.79 },
  ...{ initial_margin: 0.000197283, instrument_name: "BTC-PERPETUAL", kind: "future", leverage: 34 },
  ...{ maintenance_margin: 0.000143783, mark_price: 7476.65, open_orders_margin: 0.000197288, size: 50 },
  ...{ size_currency: 0.006687487, total_profit_loss: 3.2781e-5 },
};
const option = {
  ...{ instrument_name: "BTC-27MAR26-90000-C", kind: "option", direction: "sell", size: -2.5, average_price: 0.05 },
  ...{ mark_price: 0.0614, index_price: 91250, open_orders_margin: 0, total_profit_loss: -0.028453 },
};
const reply = (...result: unknown[]) => jsonFile("positions.json", { jsonrpc: "2.0", id: 1, result });

describe("get_positions", () => {
  it("is read with its unit, sign and stated figures", async () => {
    const { portfolio } = await imported(reply(documented, option));
    expect(portfolio?.positions).toMatchObject([
      {
        id: "BTC-PERPETUAL",
        instrument: { kind: "perpetual", payoff: "inverse", settlement: "BTC" },
        quantity: 50,
        averagePrice: 7440.18,
        origin: { at: "positions.json:1", quantity: "50", unit: "USD" },
        stated: { markPrice: 7476.65, indexPrice: 7466.79, initialMargin: 0.000197283, openOrdersMargin: 0.000197288 },
      },
      { id: "BTC-27MAR26-90000-C", quantity: -2.5, origin: { unit: "BTC" } },
    ]);
  });
  it("is read the same bare, and with every number as text", async () => {
    const asText = Object.fromEntries(Object.entries(option).map(([key, value]) => [key, String(value)]));
    const bare = await imported(jsonFile("positions.json", [option]));
    const text = await imported(jsonFile("positions.json", [asText]));
    expect(text.portfolio?.positions).toEqual(bare.portfolio?.positions);
  });
  it("gives the margin of open orders as a component, by settlement currency", async () => {
    const second = { ...documented, instrument_name: "BTC-27MAR26", open_orders_margin: 0.5 };
    const { portfolio } = await imported(reply(documented, second));
    expect(portfolio?.components).toEqual([
      { id: "open-orders", currency: "BTC", amount: 0.500197288, basis: "imported" },
    ]);
  });
  it("leaves out zero positions, except those whose open orders need margin", async () => {
    const zero = { ...documented, size: 0, direction: "zero" };
    const result = await imported(reply(zero, { ...zero, instrument_name: "ETH-PERPETUAL", open_orders_margin: 0 }));
    expect(result.portfolio?.positions.map(({ instrument }) => instrument.symbol)).toEqual(["BTC-PERPETUAL"]);
    expect(result.report.files[0]).toMatchObject({ rows: 2, kept: 1, rejected: 0 });
    expect(problemLines(result)[0]).toContain("ETH-PERPETUAL has size 0 and no open orders");
  });
  it("rejects rows that cannot be understood, and keeps the rest", async () => {
    const bad = [
      { ...option, instrument_name: "BTC-CS-8NOV24-70000_72000" },
      { ...option, instrument_name: "BTC-FOO" },
      { ...option, size: "many" },
      { ...option, size: null },
      { ...option, direction: "buy" },
      { ...option, mark_price: -1 },
      42,
    ];
    const result = await imported(reply(option, ...bad));
    expect(result.portfolio?.positions).toHaveLength(1);
    expect(result.report.files[0]).toMatchObject({ rows: 8, kept: 1, rejected: 7 });
    expect(result.report.problems.map(({ row, column, rule }) => [row, column, rule])).toEqual([
      [2, "instrument_name", "combos are imported as their legs"],
      [3, "instrument_name", "the instrument name is known"],
      [4, "size", "size is a number"],
      [5, "size", "size is given"],
      [6, "direction", "size and direction agree"],
      [7, "mark_price", "mark_price is at least 0"],
      [8, "instrument_name", "instrument_name is given"],
    ]);
    expect(problemLines(result)[0]).toContain("option combo CS, call spread");
  });
  it("rejects a row repeated exactly, and keeps two different rows of one instrument with a warning", async () => {
    const result = await imported(reply(option, option, { ...option, size: -1 }));
    expect(result.portfolio?.positions.map(({ id, quantity }) => [id, quantity])).toEqual([
      ["BTC-27MAR26-90000-C", -2.5],
      ["BTC-27MAR26-90000-C#2", -1],
    ]);
    expect(result.report.problems.map(({ severity, row, rule }) => [severity, row, rule])).toEqual([
      ["error", 2, "no row is repeated"],
      ["warning", 3, "one row an instrument"],
    ]);
  });
  it("warns of the test network", async () => {
    const result = await imported(jsonFile("p.json", { result: [option], testnet: true }));
    expect(problemLines(result)[0]).toContain("test network");
  });
});

describe("get_subaccounts_details", () => {
  const member = (uid: number, ...positions: unknown[]) => ({ uid, positions, open_orders: [] });
  it("keeps the sub-account of each position, and shows that several are held together", async () => {
    const { portfolio, report } = await imported(
      jsonFile("s.json", [member(3, documented), member(10, documented, option)]),
    );
    expect(portfolio?.positions.map(({ id, account }) => [id, account])).toEqual([
      ["3/BTC-PERPETUAL", "3"],
      ["10/BTC-PERPETUAL", "10"],
      ["10/BTC-27MAR26-90000-C", "10"],
    ]);
    expect(report.problems).toEqual([]);
    expect(report.decisions.map(({ what }) => what)).toContain("sub-accounts");
  });
  it("is read from one member alone", async () => {
    const { portfolio } = await imported(jsonFile("s.json", member(3, option)));
    expect(portfolio?.positions[0]).toMatchObject({ account: "3", quantity: -2.5 });
  });
});

describe("a ccxt dump", () => {
  const unified = { symbol: "WRONG", contracts: 7, side: "long", maintenanceMargin: -3, timestamp: 1685704039684 };
  it("is read from info only", async () => {
    const { portfolio, report } = await imported(jsonFile("c.json", [{ info: option, ...unified }]));
    expect(portfolio?.positions[0]).toMatchObject({ quantity: -2.5, instrument: { symbol: "BTC-27MAR26-90000-C" } });
    expect(portfolio?.asOfMs).toBe(1685704039684);
    expect(report.decisions.map(({ what, decided }) => [what, decided])).toContainEqual(["fields read", "info"]);
  });
  it("of another exchange is refused", async () => {
    expect(await refusalOf(jsonFile("c.json", [{ info: { instId: "BTC-USD-SWAP", pos: "1" }, ...unified }]))).toContain(
      "no reply",
    );
  });
});

describe("a market made of stated prices", () => {
  const nowMs = Date.UTC(2026, 0, 4, 9);
  it("is made when no market file is given, with the mark before rounding, and is shown as a decision", async () => {
    const { market, report } = await imported(reply(option), { nowMs });
    /** 0.05 + −0.028453 / −2.5 = 0.0613812, which rounds to the stated 0.0614. */
    expect(market?.quotes).toMatchObject([{ instrument: { symbol: "BTC-27MAR26-90000-C" }, indexPrice: 91250 }]);
    expect(market?.quotes[0]?.mark).toBeCloseTo(0.0613812, 12);
    expect(market?.asOfMs).toBe(nowMs);
    expect(report.decisions.map(({ what }) => what)).toEqual(["time of the prices", "market", "mark prices"]);
  });
  it("keeps the stated mark where the other figures do not round to it", async () => {
    const { market } = await imported(reply({ ...option, total_profit_loss: -0.03 }), { nowMs });
    expect(market?.quotes[0]?.mark).toBe(0.0614);
  });
  it("takes size over size in coin for a large inverse future", async () => {
    const large = { ...documented, size: 5_000_000, size_currency: 668.748704299, mark_price: 7476.65 };
    const { market } = await imported(reply(large), { nowMs });
    expect(market?.quotes[0]?.mark).toBe(5_000_000 / 668.748704299);
  });
  it("is of one day before the first expiry when that has passed at the import", async () => {
    const { market } = await imported(reply(option), { nowMs: Date.UTC(2027, 0, 1) });
    expect(market?.asOfMs).toBe(Date.UTC(2026, 2, 26, 8));
  });
  it("is not made without any time", async () => {
    const result = await imported(reply(documented));
    expect(result.market).toBeUndefined();
    expect(problemLines(result)[0]).toContain("no time");
  });
});
