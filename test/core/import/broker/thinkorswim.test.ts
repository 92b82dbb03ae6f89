import { describe, expect, it } from "vitest";
import { describeWithSharedData } from "../../../shared-data.ts";
import { diskFile, imported, problemLines, refusalOf, textFile } from "../files.ts";

const header = "Instrument,Qty,Days,Trade Price,Mark,Mrk Chng,P/L Open,P/L Day,BP Effect";
const statement = (rows: string, columns = header) =>
  textFile(
    "2026-01-13-PositionStatement.csv",
    `Position Statement for 987 (someone) on 1/13/26 15:30:00\n\nNone\n${columns}\n${rows}`,
  );

const rows = `/MES,+2,,6900.00,6905.50,+1.25,$55.00,$0.00,"($2,530.00)"
"Micro E-mini S&P 500, Mar-26 (prev. /MESH6)",+2,66,6900.00,6905.50,+1.25,$55.00,$0.00,
/ES,,,,,,$0.00,$0.00,$0.00
1/50 (EOM) 30 JAN 26 7000 CALL /EWF6,-1,17,12.25,11.50,-.75,$37.50,$0.00,
NDX,,,,,,$0.00,$0.00,$0.00
NASDAQ 100 INDEX,0,,.00,25000.5,N/A,$0.00,$0.00,
100 (Weeklys) 30 JAN 26 25000 PUT,-1,17,410.10,400.00,N/A,"$1,010.00",$0.00,
100 20 FEB 26 25000 PUT,+1,38,510.10,500.00,N/A,"($1,010.00)",$0.00,
XYZ,,,,,,$0.00,$0.00,$0.00
XYZ CORP COM,-300,,48.5,51.25,-.31,"($825.00)",$0.00,
10 (Mini) 21 MAR 26 50 CALL,+3,67,2.5,2.0,.00,($15.00),$0.00,
Subtotals:,,,,,,$1.00,$1.00,$1.00

Cash & Sweep Vehicle,"$12,310.40"
OVERALL P/L YTD,$60.75
AVAILABLE DOLLARS,"$24,873.40"
`;

describe("a thinkorswim position statement", () => {
  it("gives futures, options on them, both index series, short stock and minis, in units", async () => {
    const { portfolio, report } = await imported(statement(rows));
    const short = portfolio?.positions.map(({ quantity, averagePrice, instrument }) => [
      instrument.symbol,
      instrument.underlying,
      quantity,
      instrument.contractSize,
      "expiryMs" in instrument ? new Date(instrument.expiryMs).toISOString().slice(0, 16) : undefined,
      averagePrice,
    ]);
    expect(short).toEqual([
      ["FUT MES 202603", "MES", 10, 5, "2026-03-20T20:00", 6900],
      ["OOF EW 202601 7000 C", "ES", -50, 50, "2026-01-30T21:00", 12.25],
      ["NDXP260130P25000000", "NDX", -100, 100, "2026-01-30T21:00", 410.1],
      ["NDX260220P25000000", "NDX", 100, 100, "2026-02-20T14:30", 510.1],
      ["XYZ", "XYZ", -300, undefined, undefined, 48.5],
      ["XYZ260320C00050000", "XYZ", 30, 10, "2026-03-20T20:00", 2.5],
    ]);
    expect(portfolio?.positions[1]?.instrument).toMatchObject({
      on: "future",
      listing: { product: "EW", type: "OOF" },
    });
    expect(portfolio?.positions[0]?.origin).toMatchObject({ at: "2026-01-13-PositionStatement.csv:6", quantity: "+2" });
    expect(portfolio?.positions.every(({ account }) => account === "987")).toBe(true);
    expect(report.files[0]).toMatchObject({ format: "thinkorswim-positions", rows: 8, kept: 7, rejected: 0 });
  });

  it("shows its clock, contract sizes and equity as decisions, and takes the index row as a price", async () => {
    const { market, portfolio, report } = await imported(statement(rows));
    expect(portfolio?.asOfMs).toBe(Date.parse("2026-01-13T20:30:00Z"));
    expect(market?.indices).toContainEqual({ underlying: "NDX", price: 25_000.5, source: "quoted" });
    expect(market?.indices).toContainEqual({ underlying: "XYZ", price: 51.25, source: "quoted" });
    const decided = Object.fromEntries(report.decisions.map(({ what, decided }) => [what, decided]));
    expect(decided).toMatchObject({ "zone of the statement's time": "New York", "contract size of MES": "5" });
    // Cash, stock and options at their marks; the future is paid daily.
    const worth = -50 * 11.5 - 100 * 400 + 100 * 500 - 300 * 51.25 + 30 * 2;
    expect(portfolio?.balances).toEqual([
      { currency: "USD", balance: 12_310.4, equity: 12_310.4 + worth, basis: "imported" },
    ]);
  });

  it("warns of a Saturday, and names the row, column and value of what it cannot read", async () => {
    const result = await imported(
      statement(`XYZ,,,,,,$0.00,$0.00,$0.00
100 21 MAR 26 50 CALL,+3,67,2.5,2.0,.00,($15.00),$0.00,
100 20 MAR 26 50 CALL,three,67,2.5,2.0,.00,($15.00),$0.00,
100 31 FEB 26 50 CALL,+1,67,2.5,2.0,.00,($15.00),$0.00,
100 20 MAR 26 fifty CALL,+1,67,2.5,2.0,.00,($15.00),$0.00,
"Something, Mar-26 (/QQQQH6)",+1,67,2.5,2.0,.00,($15.00),$0.00,
`),
    );
    expect(result.portfolio?.positions).toHaveLength(1);
    expect(problemLines(result)).toEqual([
      "warning 6 Instrument: 2026-03-21 is a Saturday: the last trading day is 2026-03-20",
      'error 7 Qty: Qty is "three", which is not a number',
      'error 8 Instrument: Instrument is "31FEB26", expected a day such as 20260320 or 2026-03-20',
      "error 9 Instrument: expected <multiplier> DD MMM YY <strike> CALL or PUT",
      "error 10 Instrument: the contract size of QQQQ is not known here and the file states none",
    ]);
  });

  it("repeats headers with other columns, in a second group", async () => {
    const more = `XYZ,,,,,,$0.00,$0.00,$0.00
XYZ CORP COM,+100,,48.5,51.25,-.31,"($825.00)",$0.00,

Second
Instrument,Qty,Mark
ABC,,
ABC INC,-5,10.5
`;
    const { portfolio } = await imported(statement(more));
    expect(portfolio?.positions.map(({ instrument, quantity }) => [instrument.symbol, quantity])).toEqual([
      ["XYZ", 100],
      ["ABC", -5],
    ]);
  });

  it("is refused without the column Qty or without a header, and so is the account statement", async () => {
    expect(await refusalOf(statement("XYZ,1\n", "Instrument,Mark"))).toContain("has no column Qty");
    expect(await refusalOf(textFile("s.csv", "Position Statement for 1 (a) on 1/13/26 15:30:00\n\nNone\n"))).toContain(
      "no row of column names",
    );
    expect(await refusalOf(textFile("s.csv", "Account Statement for 1 (a) since 1/1/26\n\nCash Balance\n"))).toContain(
      "export a position statement",
    );
  });
});

describeWithSharedData("the shared thinkorswim statement", (path) => {
  it("gives nine positions of eleven rows, an index price and the cash", async () => {
    const result = await imported(diskFile(path("broker-statements", "thinkorswim_2021-12-29-PositionStatement.csv")));
    const { portfolio, market } = result;
    expect(portfolio?.positions.map(({ instrument, quantity }) => [instrument.symbol, quantity])).toEqual([
      ["FUT MES 202203", 5],
      ["SPX220121P04795000", 100],
      ["SPXW220331C04795000", 200],
      ["SPXW220531P04650000", -300],
      ["SPXW220531P04730000", 300],
      ["SPXW220531C04775000", 200],
      ["SPXW220531C04800000", -200],
      ["SPY", 100],
      ["SPY220118P00477000", 1000],
    ]);
    expect(market?.indices.find(({ underlying }) => underlying === "SPX")?.price).toBe(4784.37);
    expect(portfolio?.balances[0]?.balance).toBe(2310.4);
    expect(problemLines(result)).toEqual([
      "warning 8 Qty: S&P 500 INDEX has quantity 0; its mark 4784.37 is the price of SPX",
    ]);
  });
});
