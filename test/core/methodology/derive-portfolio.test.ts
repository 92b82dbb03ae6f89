import { describe, expect, it } from "vitest";
import { marginSurface } from "../../../core/analysis/index.ts";
import type { MarginResult } from "../../../core/margin/index.ts";
import { skewChange } from "../../../core/methodology/derive-portfolio-2/skew.ts";
import { catalog, type Methodology } from "../../../core/methodology/index.ts";
import { unwrapped } from "../result-value.ts";
import { type CaseFile, caseFile, caseInputs } from "./case-file.ts";
import { casesOf, rulebookOf, rulesOf, runCase } from "./run-case.ts";

const [one, two] = [catalogued("derive-portfolio-1"), catalogued("derive-portfolio-2")];

function catalogued(id: string): Methodology {
  const found = catalog.get(id);
  if (found === undefined) throw new Error(`no methodology ${id}`);
  return found;
}

function given({ id }: Methodology, name: string): CaseFile {
  const found = casesOf(id).find(({ file }) => file === `${name}.json`);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found.content;
}

async function run(methodology: Methodology, content: CaseFile): Promise<MarginResult> {
  return unwrapped(await runCase(methodology, rulesOf(rulebookOf(methodology.id), content), content));
}

const shortCall = given(two, "contract-012");

describe("the venue's surplus", () => {
  it("is margin balance less requirement, for both margins, and exact where every feed is stated", async () => {
    const result = await run(two, shortCall);
    const [account] = result.accounts;
    const balance = account?.marginBalance?.amount ?? Number.NaN;
    expect(account?.surplus?.map(({ amount }) => amount)).toEqual([
      balance - (account?.initial.amount ?? 0),
      balance - (account?.maintenance.amount ?? 0),
    ]);
    expect(account?.surplus?.[0]?.amount).toBe(account?.availableFunds);
    expect(result.accuracy).toBe("exact");
  });

  it("is absent without a balance", async () => {
    const [account] = (await run(two, { ...shortCall, portfolio: { ...shortCall.portfolio, balances: [] } })).accounts;
    expect(account).not.toHaveProperty("surplus");
    expect(account).not.toHaveProperty("marginBalance");
  });
});

describe("feeds the market does not state", () => {
  it.each([one, two])(
    "$id says that confidences are taken as 1, and rates as 0 where they matter",
    async (methodology) => {
      const content = methodology === two ? shortCall : given(one, "contract-v01");
      const result = await run(methodology, { ...content, market: { ...content.market, feeds: [] } });
      expect(result.accuracy).toBe("approximate");
      expect(result.remarks.map(({ rule }) => rule).sort()).toEqual(["2.4", "5.3"]);
    },
  );

  it("a rate of 0 gives the amounts of no rate", async () => {
    const zero = shortCall.market.feeds.map((feed) => (feed.kind === "rate" ? { ...feed, value: 0 } : feed));
    const none = shortCall.market.feeds.filter(({ kind }) => kind !== "rate");
    const totals = async (feeds: typeof zero) =>
      (await run(two, { ...shortCall, market: { ...shortCall.market, feeds } })).totals;
    expect(await totals(none)).toEqual(await totals(zero));
  });

  it("a forward that is settled altogether moves in no scenario", async () => {
    const feeds = shortCall.market.feeds.map((feed) =>
      feed.kind === "forward" ? { ...feed, value: 95776.67392708939 } : feed,
    );
    const result = await run(two, { ...shortCall, market: { ...shortCall.market, feeds } });
    const cells = result.accounts[0]?.matrices[0]?.cells ?? [];
    const unshocked = cells.filter(({ volatility, group }) => volatility === "same" && group === "standard");
    expect(unshocked.length).toBeGreaterThan(3);
    expect(new Set(unshocked.map(({ amount }) => amount)).size).toBe(1);
  });
});

describe("accounts", () => {
  const both: CaseFile = caseFile.parse({
    ...{
      title: "BTC and ETH",
      provenance: "own-computation",
      source: {},
      date: "2026-01-21",
      tolerance: 0,
      expected: {},
    },
    market: {
      venue: "derive",
      indices: { BTC: 98_000, ETH: 3200, SNX: 4 },
      instruments: {
        "BTC-PERP": { kind: "perpetual", underlying: "BTC", payoff: "linear", mark: 98_010 },
        "ETH-PERP": { kind: "perpetual", underlying: "ETH", payoff: "linear", mark: 3201 },
        "SNX-PERP": { kind: "perpetual", underlying: "SNX", payoff: "linear", mark: 4 },
        "ETH-PERPETUAL": { kind: "perpetual", underlying: "ETH", mark: 3201 },
      },
    },
    portfolio: {
      positions: [
        { symbol: "BTC-PERP", quantity: 1 },
        { symbol: "ETH-PERP", quantity: -20 },
        { symbol: "SNX-PERP", quantity: 5 },
        { symbol: "ETH-PERPETUAL", quantity: 100 },
      ],
      balances: [{ currency: "USDC", equity: 5000 }],
    },
  });

  it.each([one, two])("$id keeps underlyings apart, leaves the shared cash out and says so", async (methodology) => {
    const { accounts, excluded, remarks } = await run(methodology, both);
    expect(accounts.map(({ id, marginBalance }) => [id, marginBalance])).toEqual([
      ["BTC", undefined],
      ["ETH", undefined],
    ]);
    expect(remarks.map(({ message }) => message).join("; ")).toContain("BTC, ETH are charged apart");
    expect(excluded.map(({ symbol }) => symbol)).toEqual(["SNX-PERP", "ETH-PERPETUAL"]);
    expect(excluded[1]?.failure.message).toContain("pays in coin");
  });

  it("leave out coins without a haircut, by name", async () => {
    const balances = [
      { currency: "USDC", equity: 5000 },
      { currency: "SNX", equity: 5 },
    ];
    const positions = both.portfolio.positions.slice(0, 1);
    const result = await run(one, { ...both, portfolio: { ...both.portfolio, positions, balances } });
    expect(result.accounts[0]?.marginBalance?.amount).toBe(5000);
    expect(result.remarks.map(({ message }) => message).join("; ")).toContain("SNX: portfolio margin 1 takes");
  });
});

describe("skewChange", () => {
  const skew = {
    ...{ linearCapBase: 0.25, linearCapSlope: -0.1, absCapBase: 0.3, absCapSlope: 0 },
    ...{ minKStar: 0.01, widthScale: 4, volStatic: 0.6, volScale: 0 },
  };
  const width = 0.5 * 4 * 0.6;

  it("rises in a straight line up to the cap, at τ = 0.25 reached at 1.2", () => {
    const cap = 0.25 - 0.1 * 0.5;
    expect(skewChange("linear", 0.3, 0.25, skew)).toBeCloseTo((0.3 * cap) / width, 15);
    expect(skewChange("linear", -0.3, 0.25, skew)).toBeCloseTo((-0.3 * cap) / width, 15);
    expect(skewChange("linear", 9, 0.25, skew)).toBe(cap);
    expect(skewChange("linear", -9, 0.25, skew)).toBe(-cap);
  });
  it("lifts both wings alike when absolute", () => {
    expect(skewChange("abs", -0.3, 0.25, skew)).toBe(skewChange("abs", 0.3, 0.25, skew));
    expect(skewChange("abs", -9, 0.25, skew)).toBe(0.3);
  });
  it("limits the other way with a negative cap", () => {
    const negative = { ...skew, linearCapSlope: -2 };
    const cap = 0.25 - 2 * 0.5;
    expect(skewChange("linear", 0.3, 0.25, negative)).toBe(cap);
    expect(skewChange("linear", 9, 0.25, negative)).toBeCloseTo((9 * cap) / width, 15);
    expect(skewChange("linear", -0.3, 0.25, negative)).toBe(-cap);
  });
  it("is the cap at once where it has no width", () => {
    const narrow = { ...skew, minKStar: 0, volStatic: 0 };
    expect(skewChange("linear", 0.001, 0.25, narrow)).toBeCloseTo(0.2, 15);
    expect(skewChange("linear", -0.001, 0.25, narrow)).toBeCloseTo(-0.2, 15);
  });
});

describe("margin surfaces", () => {
  const content = given(two, "contract-063");
  const axes = {
    price: { from: -0.1, to: 0.1, count: 3 },
    volatility: { from: -0.1, to: 0.1, count: 3 },
    volatilityMode: "relative",
  } as const;

  it("equal the margin at a market moved by hand: static discounts, skew and moving collateral included", async () => {
    const rules = rulesOf(rulebookOf(two.id), content);
    const surface = unwrapped(await marginSurface({ ...caseInputs(content), methodology: two, rules, axes }));
    const moves = [-0.1, 0, 0.1];
    for (const [index, move] of moves.entries()) {
      const moved = await run(two, movedBy(content, move));
      const { initial, maintenance, headroom } = surface.layers;
      const point = moves.length + index;
      const { initialUsd, maintenanceUsd, marginBalanceUsd = Number.NaN } = moved.totals;
      expect(initial[point]).toBeCloseTo(initialUsd, 6);
      expect(maintenance[point]).toBeCloseTo(maintenanceUsd, 6);
      expect(headroom[point]).toBeCloseTo(marginBalanceUsd - maintenanceUsd, 6);
    }
  });

  function movedBy(original: CaseFile, move: number): CaseFile {
    const { market, portfolio } = original;
    const profits = portfolio.positions.map(({ symbol, quantity = 0 }) => {
      const terms = market.instruments[symbol];
      return terms?.kind === "perpetual" ? quantity * (terms.mark ?? Number.NaN) * move : 0;
    });
    const profit = profits.reduce((total, gained) => total + gained, 0);
    const dollars = ["USDC", "USDT", "USDE", "DAI", "SUSDE", "SDAI"];
    return {
      ...original,
      portfolio: {
        ...portfolio,
        balances: portfolio.balances.map((balance) =>
          balance.currency === "USDC" ? { ...balance, equity: balance.equity + profit } : balance,
        ),
      },
      market: {
        ...market,
        indices: Object.fromEntries(
          Object.entries(market.indices).map(([name, price]) => [
            name,
            dollars.includes(name) ? price : price * (1 + move),
          ]),
        ),
        instruments: Object.fromEntries(
          Object.entries(market.instruments).map(([symbol, terms]) => [
            symbol,
            {
              ...terms,
              ...(terms.mark === undefined ? {} : { mark: terms.mark * (1 + move) }),
              ...(terms.forward === undefined ? {} : { forward: terms.forward * (1 + move) }),
            },
          ]),
        ),
      },
    };
  }
});
