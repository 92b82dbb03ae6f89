import { describe, expect, it } from "vitest";
import { unwatched } from "../../../core/base/index.ts";
import { importFiles } from "../../../core/import/index.ts";
import { resolveTerms } from "../../../core/revaluation/index.ts";

const header = "symbol,underlying,kind,expiry,strike,right,exercise,contract_units";
const positions = `${header},quantity,average_price
AAA,AAA,etf,,,,,,10000,97.73
,AAA,option,2007-04-21,100,C,american,100,-100,
,AAA,future,2007-06-15,,,,50,3,
`;
const market = `${header},mark_price,index_price,rate,dividend_yield,dividends,timestamp
AAA,AAA,stock,,,,,,97.73,,,,,2007-02-23T21:00:00Z
,AAA,option,2007-04-21,100,C,american,100,1.68,,0.0525,0.01,2007-03-15=0.3;x=1,2007-02-23T21:00:00Z
,AAA,option,2007-04-21,105,C,american,100,0.4,,0.06,0.02,,2007-02-23T21:00:00Z
`;

async function imported(files: Record<string, string>) {
  const inputs = Object.entries(files).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) }));
  const result = await importFiles(inputs, { mappings: {}, name: "test", work: unwatched });
  if (!result.ok) throw new Error(result.failure.message);
  return { ...result.value, problems: result.value.report.problems };
}

describe("listed contracts in the generic CSV", () => {
  it("count contracts, shares as they are, and expire at the close of the Friday before a Saturday", async () => {
    const { portfolio } = await imported({ "positions.csv": positions });
    const [stock, option, future] = portfolio?.positions ?? [];
    expect(stock).toMatchObject({
      quantity: 10_000,
      averagePrice: 97.73,
      instrument: { kind: "stock", venue: "us-listed", settlement: "USD" },
    });
    expect(option).toMatchObject({
      quantity: -10_000,
      instrument: {
        exercise: "american",
        contractSize: 100,
        expiryMs: Date.parse("2007-04-20T20:00:00Z"),
        strike: 100,
      },
    });
    expect(future).toMatchObject({ quantity: 150, instrument: { kind: "future", contractSize: 50 } });
  });

  it("bring rates, a yield and cash dividends; what contradicts is named and the first stands", async () => {
    const { market: snapshot, problems } = await imported({ "market.csv": market });
    expect(snapshot?.indices).toContainEqual({ underlying: "AAA", price: 97.73, source: "quoted" });
    expect(snapshot?.feeds).toEqual([
      { kind: "rate", underlying: "AAA", value: 0.0525, expiryMs: Date.parse("2007-04-20T20:00:00Z") },
      { kind: "dividend-yield", underlying: "AAA", value: 0.01 },
      { kind: "dividend", underlying: "AAA", value: 0.3, expiryMs: Date.parse("2007-03-15T13:30:00Z") },
    ]);
    expect(problems.filter(({ rule }) => /rate or dividend|day=amount/.test(rule))).toHaveLength(3);
    const quote = snapshot?.quotes.find(({ instrument }) => instrument.kind === "option");
    if (snapshot === undefined || quote === undefined) throw new Error("no option");
    const terms = resolveTerms(snapshot, quote.instrument);
    expect(terms.ok && terms.value.carry).toMatchObject({
      rate: 0.0525,
      dividendYield: 0.01,
      dividends: [{ amount: 0.3 }],
    });
  });

  it("are refused where a term is missing or unknown", async () => {
    const wrong = `${header},quantity\n,AAA,option,,100,C,,100,1\n,AAA,option,2007-04-21,100,C,bermudan,100,1\n,AAA,option,2007-04-21,,C,,100,1\nBBB,,stock,,,,,,5\n`;
    const { portfolio, problems } = await imported({ "positions.csv": wrong });
    expect(portfolio?.positions).toHaveLength(1);
    expect(problems.filter(({ severity }) => severity === "error")).toHaveLength(3);
  });
});
