import { describe, expect, it } from "vitest";
import { holdingsOf } from "../../../../core/analysis/holdings.ts";
import { derivedBook } from "../../../../core/analysis/index.ts";
import { shockedBook } from "../../../../core/analysis/shocked-book.ts";
import { resolveShocks } from "../../../../core/analysis/stress/stress-shocks.ts";
import { stressedBook } from "../../../../core/analysis/stress/stressed-book.ts";
import type { Input, Output } from "../../../../core/api/contract.ts";
import { buildBook, underRules } from "../../../../core/margin/index.ts";
import { catalog } from "../../../../core/methodology/index.ts";
import { bestKernel } from "../../../../core/revaluation/index.ts";
import { memoryCore } from "../../api/memory-core.ts";
import { manyUnderlyings } from "../reverse-stress/many-underlyings.ts";
import { tinyMethodology, tinyRules } from "../tiny-methodology.ts";
import { shocksOf } from "./small-book.ts";

type RunInput = Input<"stress.run">;
type Scenario = Extract<RunInput["sets"][number], { set: unknown }>["set"]["scenarios"][number];

const core = memoryCore();
const sample = { portfolio: { sample: true }, market: { sample: true } } as const;

/** Every number anywhere in an answer. */
function numbersOf(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}

describe("stressedBook beside shockedBook", () => {
  it("is the same, bit for bit, where nothing but price and volatility moves in parallel", () => {
    const names = ["U0", "U1", "U2"];
    const under = underRules(tinyMethodology, tinyRules);
    if (!under.ok) throw new Error(under.failure.message);
    const built = buildBook({ ...manyUnderlyings(names), methodology: under.value });
    if (!built.ok) throw new Error(built.failure.message);
    const book = derivedBook(built.value.book);
    const holdings = holdingsOf(book);
    for (const [price, volatility, mode] of [
      [-0.3, 0.5, "relative"],
      [0.17, -0.2, "relative"],
      [-0.05, 0.1, "absolute"],
    ] as const) {
      const shocks = shocksOf(
        { kind: "price", factor: "*", mode: "relative", amount: price },
        { kind: "volatility", factor: "*", mode, amount: volatility },
      );
      const resolved = resolveShocks({ shocks }, book, { scale: 1, days: 0 });
      const own = stressedBook(book, resolved.shocks, bestKernel());
      const scenario = { id: "s", label: "", priceMove: price, volatility: { change: volatility, mode } };
      const units = bestKernel().unitPnl(holdings.instruments, [scenario]);
      const other = shockedBook(book, holdings, scenario, units);
      expect([...own.unitProfits]).toEqual([...units]);
      expect(own.profits).toEqual(other.profits);
      expect(own.terms).toEqual(other.terms);
      expect(own.book.balances).toEqual(other.book.balances);
      expect(own.book.indices).toEqual(other.book.indices);
      expect(own.book.positions).toEqual(other.book.positions);
    }
  });
});

describe("stress.run", () => {
  const extremes: Scenario[] = [
    {
      ...{ id: "all", label: "Every kind of shock" },
      shocks: [
        { kind: "price", factor: "BTC", mode: "relative", amount: -0.6 },
        { kind: "price", factor: "ETH", mode: "level", amount: 12 },
        { kind: "price", factor: "*", mode: "relative", amount: 0.2, tenor: { fromDays: 0, toDays: 10 } },
        { kind: "volatility", factor: "*", mode: "absolute", amount: 2, tenor: { fromDays: 0, toDays: 30 } },
        { kind: "volatility", factor: "*", mode: "level", amount: 0, delta: { from: 0, to: 0.1 } },
        { kind: "skew", factor: "*", amount: -2 },
        { kind: "term", factor: "*", amount: 0.5 },
        { kind: "basis", factor: "*", amount: -0.3 },
        { kind: "funding", factor: "*", amount: 0.00375, days: 3 },
        { kind: "rate", factor: "*", amount: 0.2 },
        { kind: "stablecoin", factor: "STABLE", mode: "level", amount: 0.65 },
        { kind: "haircut", factor: "BTC", amount: 0.2 },
        { kind: "correlation", amount: 1 },
        { kind: "liquidity", spreadTimes: 10, depthTimes: 0.02, volumeTimes: 0.25, furtherDays: 3 },
        { kind: "time", days: 5 },
      ],
    },
    {
      id: "nothing-left",
      label: "Down to nothing",
      shocks: [{ kind: "price", factor: "*", mode: "relative", amount: -0.98 }],
    },
    {
      id: "below",
      label: "Through zero",
      shocks: [{ kind: "price", factor: "BTC", mode: "absolute", amount: -500_000 }],
    },
    { id: "far", label: "Far up", shocks: [{ kind: "price", factor: "*", mode: "relative", amount: 9 }] },
    { id: "calm", label: "No volatility", shocks: [{ kind: "volatility", factor: "*", mode: "level", amount: 0 }] },
    { id: "years", label: "Everything expires", shocks: [{ kind: "time", days: 3000 }] },
    {
      id: "worthless",
      label: "A coin at nothing",
      shocks: [{ kind: "stablecoin", factor: "STABLE", mode: "level", amount: 0 }],
    },
  ];

  it("has a number or a reason for every method in every kind of shock (S6) and extreme, and three times each", async () => {
    for (const scale of [1, 3]) {
      const found: Output<"stress.run"> = await core.call("stress.run", {
        ...{ ...sample, columns: [...catalog.keys()].map((methodology) => ({ methodology })) },
        ...{ sets: [{ set: { name: "Extremes", scenarios: extremes } }], mode: "scaled", scale },
      });
      expect(numbersOf(found).every(Number.isFinite)).toBe(true);
      for (const { failures } of found.scenarios)
        expect(failures.filter(({ failure }) => failure.reason === "internal")).toEqual([]);
      const [all, , below] = found.scenarios;
      expect(all?.notMoved.map(({ factor }) => factor)).toEqual(
        expect.arrayContaining(["correlation", "liquidity:depth", "liquidity:volume", "liquidity:further days"]),
      );
      expect(below?.outcomes.every(({ remarks }) => remarks.some((remark) => /left out|no margin/.test(remark)))).toBe(
        true,
      );
    }
  }, 120_000);

  it("takes a listed book through zero under every method for listed contracts", async () => {
    await core.call("import.listed-sample", {});
    const [portfolio] = await core.call("portfolio.list", {});
    const [market] = await core.call("market.list", {});
    const methods = ["strategy-based", "risk-based-customer"];
    const crash: Scenario = {
      ...{ id: "through", label: "Through zero" },
      shocks: [{ kind: "price", factor: "*", mode: "absolute", amount: -1_000_000 }],
    };
    const found = await core.call("stress.run", {
      ...{ portfolio: { id: portfolio?.id ?? "" }, market: { id: market?.id ?? "" } },
      ...{
        columns: methods.map((methodology) => ({ methodology })),
        sets: [{ set: { name: "Zero", scenarios: [crash] } }],
      },
    });
    const [scenario] = found.scenarios;
    expect(scenario?.outcomes).toHaveLength(2);
    expect(numbersOf(found).every(Number.isFinite)).toBe(true);
    for (const { remarks } of scenario?.outcomes ?? [])
      expect(remarks.join()).toMatch(/normal model.*no margin is recomputed/);
  });

  it("takes points of haircut off what each method counts of a balance, and nothing off equity", async () => {
    const cut: Scenario = { id: "cut", label: "Haircut", shocks: [{ kind: "haircut", factor: "BTC", amount: 0.2 }] };
    const columns = [
      "deribit-portfolio",
      "deribit-cross-portfolio",
      "okx-portfolio",
      "bybit-portfolio",
      "thalex-portfolio",
    ];
    const balances = [{ currency: "BTC", equity: 50 }];
    const sets = [{ set: { name: "Cut", scenarios: [cut] } }];
    const found = await core.call("stress.run", {
      ...{ ...sample, balances, sets, columns: columns.map((methodology) => ({ methodology })) },
    });
    const { outcomes = [] } = found.scenarios[0] ?? {};
    expect(outcomes).toHaveLength(columns.length);
    const market = await core.call("margin.run", { ...sample, balances, methodology: "deribit-portfolio" });
    const index = market.positions.find(({ underlying }) => underlying === "BTC")?.terms.index ?? Number.NaN;
    for (const { column, before, after, haircutUsd, pnlUsd, collateralUsd } of outcomes) {
      const close = (one: number | undefined, other: number) =>
        expect(Math.abs((one ?? Number.NaN) - other), columns[column]).toBeLessThanOrEqual(1e-9 * Math.abs(other));
      close(haircutUsd, 0.2 * 50 * index);
      close(after.marginBalanceUsd, (before.marginBalanceUsd ?? Number.NaN) - haircutUsd);
      expect([after.equityUsd, after.initialUsd, pnlUsd, collateralUsd]).toEqual([
        before.equityUsd,
        before.initialUsd,
        0,
        0,
      ]);
      const methodology = columns[column] ?? "";
      const drill = await core.call("stress.positions", {
        ...{ ...sample, balances, column: { methodology }, set: sets[0] ?? { id: "" }, scenario: "cut" },
      });
      close(drill.result.totals.marginBalanceUsd, after.marginBalanceUsd ?? Number.NaN);
    }
  });

  it("moves positions as a method's own scenarios do (S7)", async () => {
    const methodology = "deribit-portfolio";
    const { set } = await core.call("stress-set.of-methodology", { ...sample, methodology });
    const [first, last] = [set.content.scenarios[0], set.content.scenarios.at(-1)];
    const margin = await core.call("margin.run", { ...sample, methodology });
    const matrices = margin.accounts.flatMap((account) => account.matrices);
    let compared = 0;
    for (const scenario of [first, last]) {
      if (scenario === undefined) continue;
      const drill = await core.call("stress.positions", {
        ...{ ...sample, column: { methodology }, set: { set: set.content }, scenario: scenario.id },
      });
      for (const { setId } of matrices) {
        const scenarioId = scenario.id.startsWith(`${setId}/`) ? scenario.id.slice(setId.length + 1) : scenario.id;
        const cell = await core.answer("margin.cell", { ...sample, methodology, setId, scenarioId });
        if (!cell.ok) continue;
        for (const { id, profit } of cell.value.positions) {
          const own = drill.positions.find((one) => one.id === id)?.pnl ?? Number.NaN;
          expect(Math.abs(own - profit)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(profit)));
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(0);
  });

  it("replays every shipped event on the sample book", async () => {
    const sets = await core.call("stress-set.list", {});
    const shipped = sets.filter(({ place }) => place === "shipped");
    expect(shipped.length).toBeGreaterThan(0);
    const found = await core.call("stress.run", {
      ...{ ...sample, sets: shipped.map(({ id }) => ({ id })), mode: "path" },
      columns: [{ methodology: "deribit-portfolio" }, { methodology: "bybit-portfolio" }],
    });
    expect(numbersOf(found).every(Number.isFinite)).toBe(true);
    for (const { outcomes, failures } of found.scenarios) expect(outcomes.length + failures.length).toBe(2);
  }, 60_000);
});
