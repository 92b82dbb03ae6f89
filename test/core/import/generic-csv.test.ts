import { describe, expect, it } from "vitest";
import { type ColumnMapping, inspectFiles } from "../../../core/import/index.ts";
import { imported, problemLines, refusalOf, textFile } from "./files.ts";

const mapping = (columns: Record<string, string>, more: Partial<ColumnMapping> = {}): ColumnMapping => ({
  ...{ kind: "positions", columns, venue: "deribit" },
  ...more,
});
const importWith = (text: string, own: ColumnMapping) =>
  imported(textFile("f.csv", text), { mappings: { "f.csv": own } });

describe("inspection of an unknown CSV", () => {
  it("suggests a mapping from header words and shows the first rows", () => {
    const text = "Contract,Qty,C/P,StrikePrice,Exp,Avg Price,Note\nBTC-27MAR26-90000-C,-2,C,90000,2026-03-27,0.05,x\n";
    const [inspection] = inspectFiles([textFile("f.csv", text)]);
    expect(inspection?.format).toBeUndefined();
    expect(inspection?.table?.columns).toHaveLength(7);
    expect(inspection?.table?.rows).toEqual([["BTC-27MAR26-90000-C", "-2", "C", "90000", "2026-03-27", "0.05", "x"]]);
    expect(inspection?.table?.suggested).toEqual({
      kind: "positions",
      venue: "deribit",
      columns: {
        ...{ symbol: "Contract", quantity: "Qty", right: "C/P", strike: "StrikePrice", expiry: "Exp" },
        average_price: "Avg Price",
      },
    });
  });
  it("takes a table without quantities for market data, and percent from the header", () => {
    const [inspection] = inspectFiles([
      textFile("f.csv", "Instrument,MarkPrice,IV_pct\nBTC-27MAR26-90000-C,0.05,45\n"),
    ]);
    expect(inspection?.table?.suggested).toMatchObject({
      ...{ kind: "market", volatilityUnit: "percent" },
      columns: { symbol: "Instrument", mark_price: "MarkPrice", iv: "IV_pct" },
    });
  });
  it("says which fields are required, with a description of each", () => {
    const [inspection] = inspectFiles([textFile("f.csv", "a,qty\n1,2\n")]);
    const fields = inspection?.table?.fields ?? [];
    expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(["quantity"]);
    expect(fields.every(({ description }) => description.length > 10)).toBe(true);
  });
  it("names the format of a table that uses our own field names", () => {
    const [inspection] = inspectFiles([textFile("f.csv", "symbol,quantity\nBTC-PERPETUAL,1\n")]);
    expect(inspection?.format).toEqual({ id: "generic-csv", title: "Positions table (CSV)", kind: "positions" });
  });
});

describe("positions by a mapping", () => {
  it("carry the tag of their row, and one contract under two tags stands twice without a warning", async () => {
    const text =
      "Ticker,Lots,Strategy\nBTC-27MAR26-90000-C,-2,Covered calls\nBTC-27MAR26-90000-C,-2,Condors\nBTC-PERPETUAL,5,\n";
    const result = await importWith(
      text,
      mapping({ symbol: "Ticker", quantity: "Lots", tag: "Strategy" }, { quantityUnit: "quote" }),
    );
    expect(result.portfolio?.positions.map(({ tag, quantity }) => [tag, quantity])).toEqual([
      ["Covered calls", -2],
      ["Condors", -2],
      [undefined, 5],
    ]);
    expect(problemLines(result)).toEqual([]);
  });
  it("are read by name, and unknown columns are ignored", async () => {
    const text = "Ticker,Lots,Note\nBTC-27MAR26-90000-C,-2,x\nBTC-PERPETUAL,500,y\n";
    const { portfolio, report } = await importWith(text, mapping({ symbol: "Ticker", quantity: "Lots" }));
    expect(portfolio?.positions.map(({ id, quantity }) => [id, quantity])).toEqual([
      ["BTC-27MAR26-90000-C", -2],
      ["BTC-PERPETUAL", 500],
    ]);
    expect(report.decisions.map(({ what, decided }) => [what, decided])).toContainEqual([
      "quantity of inverse futures",
      "USD",
    ]);
  });
  it("are read by explicit terms, on any venue", async () => {
    const text = `coin,what,maturity,stk,cp,pays,n,each
BTC,option,2026-03-27,90000,P,inverse,-3,0.01
SOL,future,2026-03-27T08:00:00Z,,,linear,5,10
`;
    const columns = { underlying: "coin", kind: "what", expiry: "maturity", strike: "stk", right: "cp", style: "pays" };
    const own = mapping({ ...columns, quantity: "n", multiplier: "each" }, { venue: "other" });
    const { portfolio, report } = await importWith(text, own);
    expect(portfolio?.positions).toMatchObject([
      {
        instrument: {
          id: "other:BTC-27MAR26-90000-P",
          kind: "option",
          strike: 90000,
          optionType: "put",
          settlement: "BTC",
        },
        quantity: -0.03,
        origin: { quantity: "-3", unit: "contracts of 0.01" },
      },
    ]);
    expect(report.problems[0]).toMatchObject({ row: 3, rule: "the quote currency is known" });
  });
  it("never guess the settlement", async () => {
    const own = mapping({ underlying: "u", kind: "k", quantity: "q" });
    const result = await importWith("u,k,q\nBTC,perpetual,5\n", own);
    expect(result.portfolio).toBeUndefined();
    expect(result.report.problems[0]).toMatchObject({ severity: "error", rule: "the settlement is known" });
  });
  it("take settlement in the underlying as inverse and in anything else as linear", async () => {
    const own = mapping({ underlying: "u", kind: "k", quantity: "q", settlement_currency: "s" });
    const { portfolio } = await importWith("u,k,q,s\nBTC,perp,5,BTC\nBTC,swap,6,USDC\n", own);
    expect(
      portfolio?.positions.map(({ instrument }) => [instrument.symbol, instrument.payoff, instrument.quote]),
    ).toEqual([
      ["BTC-PERPETUAL", "inverse", "USD"],
      ["BTC_USDC-PERPETUAL", "linear", "USDC"],
    ]);
  });
  it("convert coins of inverse futures with the mark, or reject them without", async () => {
    const own = mapping({ symbol: "s", quantity: "q", mark_price: "m" }, { quantityUnit: "underlying" });
    const result = await importWith("s,q,m\nBTC-PERPETUAL,-2,91000\nETH-PERPETUAL,3,\n", own);
    expect(result.portfolio?.positions.map(({ quantity }) => quantity)).toEqual([-182000]);
    expect(result.report.problems[0]).toMatchObject({ row: 3, column: "m" });
  });
  it("take an expiry without an hour as 08:00 UTC", async () => {
    const own = mapping({ underlying: "u", expiry: "e", quantity: "q", style: "y" });
    const { portfolio, report } = await importWith("u,e,q,y\nBTC,27MAR26,10,inverse\n", own);
    expect(portfolio?.positions[0]?.instrument).toMatchObject({ kind: "future", expiryMs: Date.UTC(2026, 2, 27, 8) });
    expect(report.decisions.map(({ what }) => what)).toContain("kind of rows without one");
  });
  it("read money text", async () => {
    const own = mapping({ symbol: "s", quantity: "q", average_price: "p" });
    const { portfolio } = await importWith('s,q,p\nBTC-PERPETUAL,"(1,500.00)","$91,260.50"\n', own);
    expect(portfolio?.positions[0]).toMatchObject({ quantity: -1500, averagePrice: 91260.5 });
  });
  it("are refused when the mapping does not fit the file", async () => {
    const options = { mappings: { "f.csv": mapping({ symbol: "s", quantity: "missing", colour: "s" }) } };
    expect(await refusalOf(textFile("f.csv", "s,q\nBTC-PERPETUAL,1\n"), options)).toContain('no column "missing"');
    expect(
      await refusalOf(textFile("f.csv", "s,q\nBTC-PERPETUAL,1\n"), { mappings: { "f.csv": mapping({ symbol: "s" }) } }),
    ).toContain("the field quantity is mapped to no column");
  });
});

describe("market data by a mapping", () => {
  const market = (columns: Record<string, string>, more: Partial<ColumnMapping> = {}) =>
    mapping({ symbol: "s", iv: "v", mark_price: "m", timestamp: "t", ...columns }, { kind: "market", ...more });
  const rows = (volatilities: readonly (number | string)[], time = "2026-01-04T09:00:00Z") =>
    `s,v,m,t\n${volatilities.map((v, i) => `BTC-27MAR26-${90000 + i * 1000}-C,${v},0.05,${time}`).join("\n")}\n`;
  const volatilities = async (values: readonly (number | string)[], own: ColumnMapping) =>
    (await importWith(rows(values), own)).market?.quotes.map(({ markVolatility }) => markVolatility);

  it("takes volatilities with a median above 3 as percent, otherwise as decimals, and says so", async () => {
    expect(await volatilities([45.1, 50, 255.89], market({}))).toEqual([0.451, 0.5, 2.5589]);
    expect(await volatilities([0.45, 0.5, 3.1], market({}))).toEqual([0.45, 0.5, 3.1]);
    const { report } = await importWith(rows([45, 50]), market({}));
    expect(report.decisions.find(({ what }) => what === "unit of v")).toMatchObject({ decided: "percent" });
  });
  it("takes the unit the mapping states before any rule", async () => {
    expect(await volatilities([2.5, 2.6], market({}, { volatilityUnit: "percent" }))).toEqual([0.025, 0.026]);
    expect(await volatilities([4, 5], market({}, { volatilityUnit: "decimal" }))).toEqual([4, 5]);
  });
  it("rejects times without a zone unless the zone was chosen", async () => {
    const unzoned = rows([0.4], "2026-01-04 09:00:00");
    const refused = await importWith(unzoned, market({}));
    expect(refused.market).toBeUndefined();
    expect(refused.report.problems[0]).toMatchObject({ column: "t", rule: "times state their zone" });
    const { market: snapshot } = await importWith(unzoned, market({}, { zone: "UTC" }));
    expect(snapshot?.asOfMs).toBe(Date.UTC(2026, 0, 4, 9));
  });
  it("without any time is of the import's, which is shown, or refused", async () => {
    const own = mapping({ symbol: "s", mark_price: "m" }, { kind: "market" });
    const file = textFile("f.csv", "s,m\nBTC-27MAR26-90000-C,0.05\n");
    const nowMs = Date.UTC(2026, 0, 5);
    const dated = await imported(file, { mappings: { "f.csv": own }, nowMs });
    expect(dated.market?.asOfMs).toBe(nowMs);
    expect(dated.report.decisions.map(({ what }) => what)).toContain("time of the prices");
  });
  it("rejects a row repeated exactly, naming its line", async () => {
    const [header, row] = rows([0.4]).split("\n");
    const result = await importWith(`${header}\n${row}\n${row}\n`, market({}));
    expect(result.report.files[0]).toMatchObject({ rows: 2, kept: 1, rejected: 1 });
    expect(problemLines(result)).toEqual(["error 3 the row repeats an earlier one exactly; it counts once"]);
  });
  it("is read without any mapping when the header uses our names", async () => {
    const { market: snapshot } = await imported(
      textFile("f.csv", "symbol,mark_price,iv_pct,timestamp\nBTC-27MAR26-90000-C,0.05,42.89,2026-01-04T09:00:00Z\n"),
    );
    expect(snapshot?.quotes[0]).toMatchObject({ mark: 0.05, markVolatility: 0.4289 });
  });
});

describe("cells that could mean two things", () => {
  it("a column that the header names twice counts where its cells agree, else the row is rejected", async () => {
    const result = await imported(
      textFile("f.csv", "symbol,quantity,quantity\nBTC-PERPETUAL,1000,2000\nETH-PERPETUAL,5,5\n"),
    );
    expect(result.portfolio?.positions.map(({ quantity }) => quantity)).toEqual([5]);
    const [problem] = result.report.problems;
    expect(problem).toMatchObject({ severity: "error", file: "f.csv", row: 2, column: "quantity", value: "1000" });
    expect(problem?.message).toContain('"1000" and "2000"');
  });

  it("warns of a decimal comma that could stand between thousands, and only of that", async () => {
    const warned = async (cell: string) => {
      const result = await imported(textFile("f.csv", `symbol;quantity\nBTC-PERPETUAL;${cell}\n`));
      const found = result.report.problems.some(({ rule }) => rule === "the decimal mark is certain");
      return [result.portfolio?.positions[0]?.quantity, found];
    };
    expect(await Promise.all(["1,000", "-90,500", "1,5", "0,125"].map(warned))).toEqual([
      [1, true],
      [-90.5, true],
      [1.5, false],
      [0.125, false],
    ]);
  });

  it("takes a cell with a percent sign for percent, whatever the others in its column are", async () => {
    const columns = "symbol,iv,index_price,rate,timestamp";
    const rows = ["BTC-25DEC26-90000-C,2.5%,91000,4%", "BTC-25DEC26-95000-C,0.5,91000,0.04"];
    const text = [columns, ...rows.map((row) => `${row},2026-11-01T00:00:00Z`), ""].join("\n");
    const { market } = await imported(textFile("f.csv", text));
    expect(market?.quotes.map(({ markVolatility }) => markVolatility)).toEqual([0.025, 0.5]);
    expect(market?.feeds?.filter(({ kind }) => kind === "rate").map(({ value }) => value)).toEqual([0.04]);
  });
});
