import { describe, expect, it } from "vitest";
import { openFlex } from "../../../../core/import/broker/flex-xml.ts";
import { describeWithSharedData } from "../../../shared-data.ts";
import { diskFile, imported, problemLines, refusalOf, textFile } from "../files.ts";

type Attributes = Readonly<Record<string, string | number>>;

const element = (name: string, attributes: Attributes) =>
  `<${name} ${Object.entries(attributes)
    .map(([key, value]) => `${key}="${value}"`)
    .join(" ")} />`;

const statement = (positions: readonly Attributes[], rest = "") =>
  textFile(
    "flex.xml",
    `<?xml version="1.0" encoding="UTF-8"?>\n<FlexQueryResponse queryName="q" type="AF"><FlexStatements count="1">
<FlexStatement accountId="U1" fromDate="20260113" toDate="20260113" whenGenerated="20260114;043000">
<OpenPositions>${positions.map((row) => element("OpenPosition", { accountId: "U1", reportDate: "20260113", levelOfDetail: "SUMMARY", ...row })).join("\n")}</OpenPositions>
${rest}</FlexStatement></FlexStatements></FlexQueryResponse>`,
  );

const dollar = { currency: "USD", fxRateToBase: "1" };
const stock = {
  ...dollar,
  assetCategory: "STK",
  symbol: "XYZ",
  conid: "1",
  multiplier: "1",
  position: "100",
  markPrice: "51.25",
  positionValue: "5125",
};
const option = {
  ...{ ...dollar, assetCategory: "OPT", symbol: "SPXW  260320P06500000", conid: "2", underlyingSymbol: "SPX" },
  ...{ multiplier: "100", strike: "6500", expiry: "2026-03-20", putCall: "P", position: "-2", markPrice: "55.5" },
};
const future = {
  ...{ ...dollar, assetCategory: "FUT", symbol: "CLH6", conid: "3", underlyingSymbol: "CL", multiplier: "1000" },
  ...{ expiry: "20260220", position: "3", markPrice: "61.2", positionValue: "183600" },
};
const futureOption = {
  ...{ ...dollar, assetCategory: "FOP", symbol: "EW3F6 C7000", conid: "4", underlyingSymbol: "ESH6" },
  ...{ multiplier: "50", strike: "7000", expiry: "20260116", putCall: "C", position: "-1", markPrice: "12.5" },
};

describe("open positions of a Flex query", () => {
  it("become stocks, options by OSI series, futures and options on futures by month", async () => {
    const { portfolio, market } = await imported(statement([stock, option, future, futureOption]));
    const short = portfolio?.positions.map(({ quantity, instrument }) => [
      instrument.symbol,
      instrument.underlying,
      quantity,
      "expiryMs" in instrument ? new Date(instrument.expiryMs).toISOString().slice(0, 16) : undefined,
    ]);
    expect(short).toEqual([
      ["XYZ", "XYZ", 100, undefined],
      ["SPXW260320P06500000", "SPX", -200, "2026-03-20T20:00"],
      // The March contract of crude oil ends in February: the symbol names the month.
      ["FUT CL 202603", "CL", 3000, "2026-02-20T21:00"],
      ["OOF EW3 202601 7000 C", "ES", -50, "2026-01-16T21:00"],
    ]);
    expect(portfolio?.positions[3]?.instrument).toMatchObject({
      ...{ on: "future", exercise: "american", listing: { type: "OOF", futureMonth: "202603" } },
    });
    expect(market?.asOfMs).toBe(Date.parse("2026-01-13T21:00:00Z"));
    expect(market?.indices).toContainEqual({ underlying: "XYZ", price: 51.25, source: "quoted" });
  });

  it("hold coins as spot with their price, and leave cash to the cash report", async () => {
    const coin = {
      ...stock,
      assetCategory: "CRYPTO",
      symbol: "BTC.USD",
      position: "2",
      markPrice: "90000",
      positionValue: "180000",
    };
    const cash = { ...stock, assetCategory: "CASH", symbol: "EUR.USD", conid: "8", position: "500" };
    const result = await imported(statement([coin, cash]));
    expect(result.portfolio?.positions).toMatchObject([
      { quantity: 2, instrument: { kind: "spot", underlying: "BTC" } },
    ]);
    expect(result.market?.indices).toEqual([{ underlying: "BTC", price: 90_000, source: "quoted" }]);
    expect(problemLines(result)).toEqual([
      "warning 2 assetCategory: EUR.USD is cash: it is read from the cash report (CashReportCurrency)",
    ]);
  });

  it("count SUMMARY rows once, and add LOT rows where there are no others", async () => {
    const lot = { ...stock, symbol: "LOTS", conid: "9", levelOfDetail: "LOT" };
    const { portfolio, report } = await imported(
      statement([
        { ...stock, position: "150", positionValue: "7687.5" },
        { ...stock, levelOfDetail: "LOT", position: "100" },
        { ...stock, levelOfDetail: "LOT", position: "50" },
        { ...lot, position: "-30", positionValue: "-1537.5", costBasisMoney: "-1500" },
        { ...lot, position: "-10", positionValue: "-512.5", costBasisMoney: "-520" },
      ]),
    );
    expect(portfolio?.positions.map(({ instrument, quantity }) => [instrument.symbol, quantity])).toEqual([
      ["XYZ", 150],
      ["LOTS", -40],
    ]);
    expect(portfolio?.positions[1]?.averagePrice).toBeCloseTo(50.5, 12);
    expect(report.decisions).toContainEqual(expect.objectContaining({ what: "lots of LOTS", decided: "2 added" }));
  });

  it("state rates and cash of several currencies: dollars per unit, equity by currency", async () => {
    const euro = {
      ...stock,
      symbol: "SAP",
      conid: "5",
      currency: "EUR",
      fxRateToBase: "1.6",
      position: "10",
      markPrice: "200",
      positionValue: "2000",
    };
    const base = { ...stock, fxRateToBase: "1.5" };
    const cash = `<AccountInformation accountId="U1" currency="AUD" /><CashReport>${element("CashReportCurrency", { currency: "BASE_SUMMARY", endingCash: "9" })}${element("CashReportCurrency", { currency: "EUR", endingCash: "-500" })}${element("CashReportCurrency", { currency: "USD", endingCash: "1000" })}</CashReport>`;
    const { market, portfolio, report } = await imported(statement([base, euro], cash));
    expect(market?.indices.map(({ underlying, price }) => [underlying, Number(price.toPrecision(12))])).toEqual(
      expect.arrayContaining([
        ["EUR", Number((1.6 / 1.5).toPrecision(12))],
        ["AUD", Number((1 / 1.5).toPrecision(12))],
      ]),
    );
    expect(portfolio?.balances).toEqual([
      { currency: "EUR", balance: -500, equity: 1500, basis: "imported" },
      { currency: "USD", balance: 1000, equity: 6125, basis: "imported" },
    ]);
    expect(report.decisions.find(({ what }) => what === "rate of EUR")?.decided).toBe("1 EUR = 1.0666667 USD");
    expect(portfolio?.positions[1]?.instrument).toMatchObject({ venue: "listed", settlement: "EUR" });
  });

  it("without a rate to dollars say so, and invent none", async () => {
    const euro = { ...stock, currency: "EUR", fxRateToBase: "1" };
    const { market, report } = await imported(statement([euro]));
    expect(market?.indices.map(({ underlying }) => underlying)).toEqual(["XYZ"]);
    expect(report.decisions.find(({ what }) => what === "rate of EUR")?.decided).toBe("none");
  });

  it("are rejected one by one, with row, column and value; the good ones are kept", async () => {
    const result = await imported(
      statement([
        { ...stock, position: "many" },
        { ...option, multiplier: "" },
        { ...stock, assetCategory: "BOND", symbol: "T 4 1/8" },
        { ...option, symbol: "SPX US option", expiry: "" },
        { ...future, expiry: "soon" },
        { ...stock, symbol: "OK", positionValue: "999999" },
        { ...stock, symbol: "NONE", position: "0" },
      ]),
    );
    expect(result.portfolio?.positions.map(({ instrument }) => instrument.symbol)).toEqual(["OK"]);
    expect(problemLines(result)).toEqual([
      'error 1 position: position is "many", which is not a number',
      "error 2 multiplier: multiplier is empty: add it to the fields of the query",
      "error 3 assetCategory: assetCategory is BOND; read are STK, OPT, FUT, FOP and CRYPTO",
      'error 4 symbol: neither the columns nor the symbol "SPX US option" state them',
      'error 5 expiry: expiry is "soon", expected a day such as 20260320 or 2026-03-20',
      "warning 6 positionValue: positionValue is 999999, the other columns give 5125",
      "warning 7 position: NONE has quantity 0; it is left out",
    ]);
  });
});

describe("a Flex reply", () => {
  it("is not fooled by entities, comments or CDATA", () => {
    const made = openFlex(
      `<FlexQueryResponse><FlexStatements><!-- <OpenPosition symbol="NO"/> --><FlexStatement accountId="U&#49;">
<![CDATA[<OpenPosition symbol="NO"/>]]><OpenPosition symbol='A &quot;B&quot; &amp;lt; &#x41; > &unknown;'/></FlexStatement></FlexStatements></FlexQueryResponse>`,
    );
    expect(made).toEqual({
      flexStatements: [
        { attributes: { accountId: "U1" }, elements: { OpenPosition: [{ symbol: 'A "B" &lt; A > &unknown;' }] } },
      ],
    });
  });

  it("with a document type is refused before anything expands", async () => {
    const text = `<FlexQueryResponse><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><FlexStatement a="&b;"/></FlexQueryResponse>`;
    expect(await refusalOf(textFile("bomb.xml", text))).toContain("a document type declaration is not read");
  });

  it("that reports an error is quoted; one that is cut or empty is refused", async () => {
    const failed = `<FlexStatementResponse timestamp="1"><Status>Fail</Status><ErrorCode>1012</ErrorCode><ErrorMessage>Token has expired.</ErrorMessage></FlexStatementResponse>`;
    expect(await refusalOf(textFile("f.xml", failed))).toContain(
      "error reply of the broker: Token has expired. (code 1012)",
    );
    const whole = new TextDecoder().decode(statement([stock]).bytes);
    expect(await refusalOf(textFile("f.xml", whole.slice(0, -30)))).toContain("truncated");
    expect(await refusalOf(textFile("f.xml", "<FlexQueryResponse></FlexQueryResponse>"))).toContain(
      "holds no statement",
    );
  });
});

describeWithSharedData("the shared Flex query", (path) => {
  it("gives its short lot of VXX", async () => {
    const { portfolio, market } = await imported(
      diskFile(path("broker-statements", "ibkr_flex_open_positions_2011-12-30.xml")),
    );
    expect(portfolio?.positions).toMatchObject([
      { quantity: -100, averagePrice: 34.405, account: "U123456", stated: { markPrice: 35.53, profitLoss: -112.5 } },
    ]);
    expect(market?.asOfMs).toBe(Date.parse("2011-12-30T21:00:00Z"));
  });
});
