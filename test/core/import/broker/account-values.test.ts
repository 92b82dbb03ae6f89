import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readOracles } from "../../../../core/import/oracle/index.ts";
import { describeWithSharedData } from "../../../shared-data.ts";
import { unwrapped } from "../../result-value.ts";
import { diskFile, imported, jsonFile, problemLines } from "../files.ts";

const entry = (tag: string, value: string, currency: string, account = "U1") => ({
  ...{ account, tag, value, currency, modelCode: "" },
});
const dollars = [
  entry("NetLiquidation", "5000.00", "USD"),
  entry("FullInitMarginReq", "1200.50", "USD"),
  entry("FullMaintMarginReq", "1100.25", "USD"),
  entry("FullAvailableFunds", "3799.50", "USD"),
  entry("TotalCashValue", "2500", "USD"),
];
const byCurrency = [
  entry("NetLiquidationByCurrency", "2800", "USD"),
  entry("NetLiquidationByCurrency", "2000", "EUR"),
  entry("NetLiquidationByCurrency", "5000", "BASE"),
  entry("CashBalance", "2800", "USD"),
  entry("CashBalance", "-300", "EUR"),
  entry("ExchangeRate", "1", "USD"),
  entry("ExchangeRate", "1.1", "EUR"),
];

describe("account values", () => {
  it("become a balance a currency where they add up, with the requirement in the base currency", async () => {
    const { portfolio, report } = await imported(jsonFile("values.json", [...dollars, ...byCurrency]));
    expect(portfolio?.balances).toEqual([
      { currency: "EUR", equity: 2000, balance: -300, basis: "imported" },
      {
        ...{ currency: "USD", equity: 2800, balance: 2800, basis: "imported" },
        ...{ initialMargin: 1200.5, maintenanceMargin: 1100.25, availableFunds: 3799.5 },
      },
    ]);
    expect(report.decisions.find(({ what }) => what === "rate of EUR")?.decided).toBe("1 EUR = 1.1 USD");
  });

  it("become one balance in the base currency where a currency is missing or the sum is off, and say why", async () => {
    const missing = await imported(jsonFile("values.json", [...dollars, ...byCurrency.slice(1)]));
    expect(missing.portfolio?.balances).toMatchObject([{ currency: "USD", equity: 5000, balance: 2500 }]);
    expect(missing.report.decisions.at(-1)?.why).toContain("NetLiquidationByCurrency of USD");
    const off = [...dollars, ...byCurrency.slice(1), entry("NetLiquidationByCurrency", "1", "USD")];
    const wrong = await imported(jsonFile("values.json", off));
    expect(wrong.portfolio?.balances).toHaveLength(1);
    expect(wrong.report.decisions.at(-1)?.why).toContain("adds up to 2201");
  });

  it("reject an account whose values are no numbers, and keep the others", async () => {
    const other = dollars.map((one) => ({
      ...one,
      account: "U2",
      value: one.tag === "NetLiquidation" ? "much" : one.value,
    }));
    const result = await imported(jsonFile("values.json", [...dollars, ...other]));
    expect(result.portfolio?.balances).toHaveLength(1);
    expect(problemLines(result)).toEqual(['error 2 NetLiquidation: NetLiquidation is "much", which is not a number']);
  });
});

describe("account values as what the broker charges", () => {
  it("state requirements in US dollars, as printed where the account is in dollars", () => {
    const statement = unwrapped(readOracles([jsonFile("values.json", dollars)]));
    expect(statement).toMatchObject({ venue: "ibkr", methodologies: ["risk-based-customer", "strategy-based"] });
    expect(statement.amounts.map(({ id, amount, lines }) => [id, amount, ...lines])).toEqual([
      ["FullInitMarginReq", 1200.5, "USD/initial"],
      ["FullMaintMarginReq", 1100.25, "USD/maintenance"],
      ["NetLiquidation", 5000, "USD/equity"],
    ]);
  });
  it("are refused for two accounts at once and without a rate to dollars", () => {
    const two = readOracles([jsonFile("v.json", [...dollars, ...dollars.map((one) => ({ ...one, account: "U2" }))])]);
    expect(two.ok ? "read" : two.failure.message).toContain("2 accounts");
    const euros = readOracles([
      jsonFile(
        "v.json",
        dollars.map((one) => ({ ...one, currency: "EUR" })),
      ),
    ]);
    expect(euros.ok ? "read" : euros.failure.message).toContain("no rate between EUR and USD");
  });
});

describeWithSharedData("the shared account values", (path) => {
  const file = () => path("broker-statements", "ibkr_tws_account_values.json");
  it("are one balance in Australian dollars: the cash is in US dollars and its equity is not in the file", async () => {
    const { portfolio } = await imported(diskFile(file()));
    expect(portfolio?.balances).toMatchObject([
      { currency: "AUD", equity: 1_000_000.24, balance: 51_463.78, initialMargin: 200_000.97 },
    ]);
  });
  it("charge in Australian dollars, compared in US dollars at the file's rate", () => {
    const statement = unwrapped(readOracles([{ name: "values.json", bytes: new Uint8Array(readFileSync(file())) }]));
    const [initial] = statement.amounts;
    expect(initial).toMatchObject({ id: "FullInitMarginReq", asPrinted: 200_000.97, unit: "USD" });
    expect(initial?.amount).toBeCloseTo(200_000.97 / 1.5139472, 8);
    expect(statement.notes.join(" ")).toContain("1 USD = 1.5139472 AUD");
  });
});
