import { describe, expect, it } from "vitest";
import { runMargin } from "../../../core/margin/index.ts";
import { catalog } from "../../../core/methodology/index.ts";
import { resolveRules } from "../../../core/rulebook/index.ts";
import { rulebookOf } from "../methodology/run-case.ts";
import { unwrapped } from "../result-value.ts";
import { imported, jsonFile, problemLines } from "./files.ts";

const position = {
  ...{ account: "0x1", market: "BTC-USD-PERP", side: "LONG", size: "1", average_entry_price: "69000", status: "OPEN" },
  ...{ unrealized_pnl: "1000", last_updated_at: 1_783_929_600_000 },
};
const option = {
  ...position,
  market: "BTC-USD-12AUG26-70000-C",
  side: "SHORT",
  size: "-5",
  average_entry_price: "4000",
};
const summary = [
  {
    symbol: "BTC-USD-PERP",
    mark_price: "70000",
    underlying_price: "70000",
    bid: "69990",
    ask: "70010",
    created_at: 1_783_929_600_000,
  },
  {
    ...{
      symbol: "BTC-USD-12AUG26-70000-C",
      mark_price: "4000",
      mark_iv: "0.5",
      bid_iv: "0",
      underlying_price: "70000",
    },
    created_at: 1_783_929_600_000,
  },
];
const account = {
  ...{
    account: "0x1",
    account_value: "60000",
    total_collateral: "59000",
    free_collateral: "25000",
    settlement_asset: "USDC",
  },
  ...{ initial_margin_requirement: "35000", maintenance_margin_requirement: "17500", updated_at: 1_783_929_600_000 },
};
const positions = (...results: unknown[]) => jsonFile("positions.json", { results });

describe("Paradex positions", () => {
  it("are signed by their side, whatever the sign of the size", async () => {
    const { portfolio } = await imported(positions(position, option, { ...option, market: "ETH-USD-PERP", size: "2" }));
    expect(portfolio?.positions.map(({ id, quantity }) => [id, quantity])).toEqual([
      ["BTC-USD-PERP", 1],
      ["BTC-USD-12AUG26-70000-C", -5],
      ["ETH-USD-PERP", -2],
    ]);
    expect(portfolio?.venue).toBe("paradex");
  });
  it("that are closed, contradictory or perpetual options are named", async () => {
    const rows = [
      { ...position, status: "CLOSED" },
      { ...position, size: "-1" },
      { ...position, market: "BTC-USD-96000-C" },
    ];
    const result = await imported(positions(position, ...rows));
    expect(result.portfolio?.positions).toHaveLength(1);
    expect(problemLines(result).join("\n")).toMatch(
      /closed[\s\S]*side is "LONG" and size is -1[\s\S]*perpetual option/,
    );
  });
  it("take their terms from the market list", async () => {
    const listed = {
      ...{
        symbol: "BTC-USD-X1",
        asset_kind: "OPTION",
        base_currency: "BTC",
        quote_currency: "USD",
        strike_price: "70000",
      },
      ...{ settlement_currency: "USDC", option_type: "CALL", expiry_at: 1_786_521_600_000 },
    };
    const files = [positions({ ...option, market: "BTC-USD-X1" }), jsonFile("markets.json", { results: [listed] })];
    const { portfolio } = await imported(files);
    expect(portfolio?.positions).toMatchObject([
      { instrument: { kind: "option", strike: 70_000, optionType: "call" } },
    ]);
  });
});

it("a whole Paradex account is imported and margined", async () => {
  const files = [
    positions(position, option),
    jsonFile("summary.json", { results: summary }),
    jsonFile("account.json", account),
  ];
  const { portfolio, market, report } = await imported(files);
  expect(report.problems).toEqual([]);
  if (portfolio === undefined || market === undefined) throw new Error("the files hold both");
  expect(portfolio.balances).toMatchObject([
    { currency: "USDC", equity: 60_000, balance: 59_000, initialMargin: 35_000 },
  ]);
  const methodology = catalog.get("paradex-portfolio");
  if (methodology === undefined) throw new Error("paradex-portfolio is in the catalogue");
  const rules = unwrapped(resolveRules(rulebookOf("paradex-portfolio"), { date: "2026-07-13" }));
  const { totals, accounts } = unwrapped(await runMargin({ portfolio, market, methodology, rules }));
  // The forward is the index here, so this is the reference case of 30 days to the venue's own clock.
  expect(totals.initialUsd).toBeCloseTo(34_875.426156, 4);
  expect(accounts[0]?.withdrawable?.amount).toBeCloseTo(60_000 - totals.initialUsd, 6);
});
