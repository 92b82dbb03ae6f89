import { describe, expect, it } from "vitest";
import type { Input } from "../../../core/api/contract.ts";
import { memoryCore } from "../api/memory-core.ts";

const stamp = "2026-01-13T21:00:00Z";
const contract =
  "symbol,underlying,kind,expiry,strike,right,exercise,contract_units,style,quote_currency,settlement_currency";
const option = "XYZ260320C00050000,,option,,,,american,100,,,";
const perpetual = "BTC-PERPETUAL,,,,,,,,,,";
const euroStock = "SAP,SAP,stock,,,,,,,EUR,EUR";
const unpriced = "NOPRICE,NOPRICE,stock,,,,,,,USD,USD";

const positions = {
  name: "book.csv",
  text: `${contract},quantity\n${option},-10\nXYZ,XYZ,stock,,,,,,,USD,USD,1000\n${perpetual},500000\n${euroStock},100\n${unpriced},5\n`,
};
const market = (rows: readonly string[]) => ({
  name: "market.csv",
  text: `${contract},mark_price,iv,index_price,timestamp\n${rows.join("\n")}\n`,
});
const known = [
  `${option},2.5,0.3,51,${stamp}`,
  `XYZ,XYZ,stock,,,,,,,USD,USD,51,,51,${stamp}`,
  `${perpetual},90000,,90010,${stamp}`,
  `${euroStock},200,,200,${stamp}`,
];
const euro = `EUR,EUR,spot,,,,,,linear,USD,USD,1.1,,1.1,${stamp}`;
const book = { portfolio: { files: [positions] }, market: { files: [market([...known, euro])] } };
const parts: Input<"margin.mixed">["parts"] = [
  { label: "options", methodology: "strategy-based", kinds: ["option"] },
  { methodology: "deribit-portfolio", contracts: "crypto" },
  { methodology: "risk-based-customer" },
];

describe("margin.coverage", () => {
  it("says for each position which methods margin it and why the others do not", async () => {
    const methodologies = ["strategy-based", "risk-based-customer", "deribit-portfolio", "span-array"];
    const found = await memoryCore().call("margin.coverage", { ...book, methodologies });
    expect(found.positions.map(({ symbol, by, listed }) => [symbol, listed, ...by])).toEqual([
      ["XYZ260320C00050000", true, "strategy-based", "risk-based-customer"],
      ["XYZ", true, "strategy-based", "risk-based-customer"],
      ["BTC-PERPETUAL", false, "deribit-portfolio"],
      ["SAP", true, "strategy-based", "risk-based-customer"],
      ["NOPRICE", true],
    ]);
    expect(found.uncovered).toBe(1);
    const why = (place: number) =>
      Object.fromEntries(
        found.positions[place]?.not.map(({ methodology, failure }) => [methodology, failure.message]) ?? [],
      );
    expect(why(0)["deribit-portfolio"]).toContain(
      "is a listed contract; this method margins contracts of crypto venues",
    );
    expect(why(2)["strategy-based"]).toContain("is not a listed contract");
    expect(why(4)["strategy-based"]).toContain("index:NOPRICE");
    expect(found.methods.map(({ id, positions: count }) => [id, count])).toEqual([
      ["strategy-based", 3],
      ["risk-based-customer", 3],
      ["deribit-portfolio", 1],
      ["span-array", 0],
    ]);
  });

  it("asks every method where none is named", async () => {
    const found = await memoryCore().call("margin.coverage", book);
    expect(found.methods.length).toBeGreaterThan(20);
    expect(found.positions[2]?.by).toContain("deribit-standard");
  });
});

describe("margin.mixed", () => {
  it("puts every position in the first part that is for it and margins it, and adds the parts up", async () => {
    const found = await memoryCore().call("margin.mixed", { ...book, parts });
    expect(found.assignments.map(({ symbol, part }) => [symbol, part])).toEqual([
      ["XYZ260320C00050000", 0],
      ["XYZ", 2],
      ["BTC-PERPETUAL", 1],
      ["SAP", 2],
      ["NOPRICE", null],
    ]);
    expect(found.included).toEqual({ positions: 4, of: 5 });
    expect(found.parts.map(({ label, positions: count }) => [label, count])).toEqual([
      ["options", 1],
      [expect.stringContaining("Deribit"), 1],
      [expect.stringContaining("Risk-based"), 2],
    ]);
    const amounts = found.parts.map(({ result }) => result?.totals.initialUsd ?? 0);
    expect(amounts.every((amount) => amount > 0)).toBe(true);
    expect(found.totals.initialUsd).toBeCloseTo(
      amounts.reduce((a, b) => a + b, 0),
      6,
    );
    expect(found.assignments[4]?.passed.map(({ failure }) => failure.message)).toEqual([
      "NOPRICE has kind stock; this part is for option",
      "NOPRICE is a listed contract; this part is for others",
      expect.stringContaining("index:NOPRICE"),
    ]);
    expect(found.parts[2]?.result?.remarks.map(({ message }) => message)).toContain(
      "converted at 1 EUR = 1.1 USD (index:EUR of the market)",
    );
    expect(found.rates).toEqual(expect.arrayContaining([{ currency: "EUR", usdPerUnit: 1.1, source: "quoted" }]));
  });

  it("equals the single method on the positions of its part", async () => {
    const call = memoryCore().call;
    const mixed = await call("margin.mixed", { ...book, parts });
    const alone = await call("margin.run", {
      ...book,
      methodology: "deribit-portfolio",
    });
    expect(mixed.parts[1]?.result?.totals).toEqual(alone.totals);
    expect(mixed.parts[1]?.result?.accounts).toEqual(alone.accounts);
  });

  it("leaves a currency without a rate out, by name", async () => {
    const found = await memoryCore().call("margin.mixed", { ...book, market: { files: [market(known)] }, parts });
    const sap = found.assignments.find(({ symbol }) => symbol === "SAP");
    expect(sap?.part).toBeNull();
    expect(sap?.passed.at(-1)?.failure.message).toContain("the market has no index:EUR");
  });

  it("counts the money of a currency in one part: the first that settles in it, else the first with positions", async () => {
    const balances = [
      { currency: "USD", equity: 100_000 },
      { currency: "BTC", equity: 2 },
      { currency: "EUR", equity: 5000 },
    ];
    const found = await memoryCore().call("margin.mixed", { ...book, parts, balances });
    expect(found.balances).toEqual([
      { currency: "USD", equity: 100_000, part: 0 },
      { currency: "BTC", equity: 2, part: 1 },
      { currency: "EUR", equity: 5000, part: 2 },
    ]);
    expect(found.totals.equityUsd).toBeCloseTo(100_000 + 2 * 90_010 + 5500, 1);
  });

  it("shows a part whose method refuses its rules, and passes its positions on", async () => {
    const found = await memoryCore().call("margin.mixed", {
      ...book,
      parts: [{ methodology: "strategy-based", rules: { name: "no such version" } }, ...parts],
    });
    expect(found.parts[0]?.failure?.message).toContain("no such version");
    expect(found.assignments.map(({ part }) => part)).toEqual([1, 3, 2, 3, null]);
  });
});
