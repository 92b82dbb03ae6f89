import { describe, expect, it } from "vitest";
import { imported, jsonFile, problemLines } from "./files.ts";

/** The documented example of private/get_account_summary (API reference 2.1.1), the fields that are read. */
const documented = {
  ...{ currency: "BTC", margin_model: "segregated_sm", cross_collateral_enabled: false, balance: 302.60065765 },
  ...{ equity: 302.61869214, margin_balance: 302.62729214, options_value: -0.0086, available_funds: 301.38059622 },
  ...{ initial_margin: 1.24669592, maintenance_margin: 0.8857841, session_rpl: -0.03258105 },
  ...{ futures_session_upl: 0.05921555, futures_session_rpl: -0.03258105, delta_total: 31.602958 },
  ...{ delta_total_map: { btc_usd: 31.594357699 }, spot_reserve: 0 },
};
/** A recorded cross-collateral account of two currencies, the fields that are read. */
const whole = {
  ...{ margin_model: "cross_pm", cross_collateral_enabled: true, options_value: 0, delta_total: 0, session_rpl: 0 },
  ...{ total_margin_balance_usd: 25.710502678, total_equity_usd: 25.710502678 },
  ...{ total_initial_margin_usd: 0.806292412, total_maintenance_margin_usd: 0.2671726792 },
};
const cross = [
  {
    ...{ currency: "BTC", margin_balance: 3.1639e-4, equity: 2.288e-5, balance: 2.288e-5, available_funds: 3.0647e-4 },
    ...{ initial_margin: 9.92e-6, maintenance_margin: 3.29e-6, ...whole },
  },
  {
    ...{ currency: "USDT", margin_balance: 25.713074, equity: 23.61869, balance: 23.61869, available_funds: 24.906701 },
    ...{ initial_margin: 0.806373, maintenance_margin: 0.267199, ...whole },
  },
];

describe("an account summary", () => {
  it("gives one balance a currency", async () => {
    const { portfolio, report } = await imported(jsonFile("a.json", { result: documented, usOut: 1742210019788175 }));
    expect(portfolio?.balances).toEqual([
      {
        ...{ currency: "BTC", equity: 302.61869214, balance: 302.60065765, optionsValue: -0.0086 },
        ...{ sessionUnrealised: 0.05921555, sessionRealised: -0.03258105, marginBalance: 302.62729214 },
        ...{ initialMargin: 1.24669592, maintenanceMargin: 0.8857841, availableFunds: 301.38059622 },
        ...{ marginModel: "segregated_sm", basis: "imported" },
      },
    ]);
    expect(portfolio?.asOfMs).toBe(1742210019788);
    expect(report.problems).toEqual([]);
  });
  it("of cross collateral takes the whole account once, in USD, and no margin a currency", async () => {
    const { portfolio, report } = await imported(jsonFile("a.json", { result: { summaries: cross } }));
    expect(portfolio?.balances).toEqual([
      {
        ...{ currency: "BTC", equity: 2.288e-5, balance: 2.288e-5, optionsValue: 0, sessionRealised: 0 },
        ...{ marginModel: "cross_pm", basis: "imported" },
      },
      {
        ...{ currency: "USD", equity: 25.710502678, initialMargin: 0.806292412, maintenanceMargin: 0.2671726792 },
        ...{ wholeAccount: true, basis: "imported", marginBalance: 25.710502678 },
        ...{ availableFunds: 25.710502678 - 0.806292412, marginModel: "cross_pm" },
      },
      {
        ...{ currency: "USDT", equity: 23.61869, balance: 23.61869, optionsValue: 0, sessionRealised: 0 },
        ...{ marginModel: "cross_pm", basis: "imported" },
      },
    ]);
    expect(report.problems).toEqual([]);
    expect(report.decisions.map(({ what }) => what)).toContain("margin of the cross-collateral account");
  });
  it("of cross collateral is told by its margin model where the flag is missing, and not where a currency is set apart", async () => {
    const [btc = {}] = cross;
    const { cross_collateral_enabled: _, ...unflagged } = { cross_collateral_enabled: true, ...btc };
    const margins = async (content: object) =>
      (await imported(jsonFile("a.json", content))).portfolio?.balances.map(({ initialMargin }) => initialMargin);
    expect(await margins(unflagged)).toEqual([undefined, 0.806292412]);
    expect(await margins({ ...btc, cross_collateral_enabled: false })).toEqual([9.92e-6]);
  });
  it("of cross collateral without totals has no margin figures, and says so", async () => {
    const [btc] = cross;
    const { total_initial_margin_usd: _, ...without } = btc ?? { total_initial_margin_usd: 0 };
    const result = await imported(jsonFile("a.json", without));
    expect(result.portfolio?.balances).toHaveLength(1);
    expect(problemLines(result)[0]).toContain("states no total_*_usd");
  });
  const broken = [
    ["available_funds", 301, "available_funds = margin_balance − initial_margin"],
    ["margin_balance", 302, "margin_balance = equity − options_value"],
    ["balance", 303, "equity = balance + session_rpl + futures_session_upl + options_value"],
    ["delta_total", 30, "delta_total_map = delta_total + options_value"],
  ] as const;
  it.each(broken)("with a wrong %s is kept with a warning that names the identity", async (field, value, identity) => {
    const result = await imported(jsonFile("a.json", { ...documented, [field]: value }));
    expect(result.portfolio?.balances).toHaveLength(1);
    expect(problemLines(result).some((line) => line.startsWith("warning") && line.includes(identity))).toBe(true);
  });
  it.each(["equity", "balance", "initial_margin", "maintenance_margin"])("without %s is rejected", async (field) => {
    const result = await imported(jsonFile("a.json", [documented, { ...documented, currency: "ETH", [field]: null }]));
    expect(result.portfolio?.balances.map(({ currency }) => currency)).toEqual(["BTC"]);
    expect(result.report.problems[0]).toMatchObject({ severity: "error", row: 2, column: field });
  });
  it("repeated for one currency counts once", async () => {
    const result = await imported(jsonFile("a.json", [documented, { ...documented, equity: 1 }]));
    expect(result.portfolio?.balances).toHaveLength(1);
    expect(result.report.problems[0]?.rule).toBe("one balance a currency");
  });
  it("gives reserves of spot orders as a component and reports other reserves", async () => {
    const result = await imported(jsonFile("a.json", { ...documented, spot_reserve: 0.25, additional_reserve: 0.1 }));
    expect(result.portfolio?.components).toEqual([
      { id: "spot-orders", currency: "BTC", amount: 0.25, basis: "imported" },
    ]);
    expect(problemLines(result)[0]).toContain("additional_reserve 0.1 BTC is not used");
  });
});

describe("positions and an account together", () => {
  const position = {
    ...{ instrument_name: "BTC-PERPETUAL", direction: "buy", size: 2_000_000, mark_price: 63300, index_price: 63290 },
    ...{ delta: 31.594358, open_orders_margin: 0.5, kind: "future" },
  };
  const files = (account: object, ...positions: object[]) => [
    jsonFile("p.json", positions),
    jsonFile("a.json", account),
  ];
  it("make one portfolio", async () => {
    const { portfolio, report } = await imported(files(documented, position));
    expect([portfolio?.positions.length, portfolio?.balances.length]).toEqual([1, 1]);
    expect(portfolio?.sources.map(({ name }) => name)).toEqual(["a.json", "p.json"]);
    expect(report.problems.filter(({ rule }) => rule.includes("deltas"))).toEqual([]);
  });
  it("are checked against each other: deltas", async () => {
    const result = await imported(files(documented, { ...position, delta: 30 }));
    expect(problemLines(result).join()).toContain(
      "the deltas of the BTC positions add up to 30, the account states 31.594358",
    );
  });
  it("of portfolio margin do not use the open-order margin of positions, which is of standard margin", async () => {
    const { portfolio, report } = await imported(files({ ...documented, margin_model: "segregated_pm" }, position));
    expect(portfolio?.components).toEqual([]);
    expect(report.decisions.map(({ what, decided }) => [what, decided])).toContainEqual([
      "margin of open orders, BTC",
      "not used",
    ]);
  });
});
