import { describe, expect, it } from "vitest";
import { resolveShocks } from "../../../../core/analysis/index.ts";
import { mergedCharger } from "../../../../core/analysis/stress/merged-stress.ts";
import { stressAmounts, stressFlags } from "../../../../core/analysis/stress/stress-amounts.ts";
import { stressCharger } from "../../../../core/analysis/stress/stress-work.ts";
import { buildBook } from "../../../../core/margin/index.ts";
import { catalog, type Methodology, type MethodologyUnderRules } from "../../../../core/methodology/index.ts";
import { bestEngine, bestKernel } from "../../../../core/revaluation/index.ts";
import { type StressShock, stressScenario } from "../../../../core/scenario/index.ts";
import { shippedRules } from "../../../bench/product-book.ts";
import { unwrapped } from "../../result-value.ts";
import { venueBook } from "../venue-book.ts";

const underOf = ({ id }: Methodology): MethodologyUnderRules =>
  unwrapped(shippedRules(id).methodology.under(shippedRules(id).rules.parameters));
const merging = [...catalog.values()].filter((methodology) => underOf(methodology).mergesOptions !== undefined);

const bookOf = (legs: number, methodology: Methodology) =>
  unwrapped(buildBook({ ...venueBook(legs, methodology), methodology: underOf(methodology) })).book;

const price = (factor: string, amount: number): Partial<StressShock> => ({
  ...{ kind: "price", factor, mode: "relative", amount },
});
const volatility = (factor: string, amount: number, extra: object = {}): Partial<StressShock> => ({
  ...{ kind: "volatility", factor, mode: "relative", amount },
  ...extra,
});

const together: readonly (readonly Partial<StressShock>[])[] = [
  [price("BTC", -0.3), price("ETH", -0.42), volatility("BTC", 0.8), volatility("ETH", 1.1)],
  [price("BTC", 0.25)],
  [volatility("*", -0.3)],
  [price("*", -0.9), volatility("*", 2)],
  [price("*", 0.1), volatility("ETH", 0.2, { mode: "absolute" }), { kind: "basis", factor: "BTC", amount: 0.03 }],
];
const apart: readonly (readonly Partial<StressShock>[])[] = [
  [price("BTC", -0.1), volatility("BTC", 0.5, { tenor: { fromDays: 0, toDays: 14 } })],
  [price("*", 0.15), { kind: "skew", factor: "BTC", amount: 0.1 }, volatility("ETH", 0.4)],
  [{ kind: "price", factor: "BTC", mode: "absolute", amount: -20_000 }],
];
const alone: readonly (readonly Partial<StressShock>[])[] = [
  [price("BTC", -0.1), { kind: "haircut", factor: "BTC", amount: 0.1 }],
  [price("BTC", -0.1), { kind: "liquidity", spreadTimes: 3 }],
  [{ kind: "price", factor: "BTC", mode: "absolute", amount: -200_000 }],
  [{ kind: "basis", factor: "BTC", amount: 0.03 }],
  [],
];

describe.each(merging)("a stress of options that are added up first, $id", (methodology) => {
  const book = bookOf(400, methodology);
  const under = underOf(methodology);
  const resolved = (shocks: readonly Partial<StressShock>[], days = 0) =>
    resolveShocks(stressScenario.parse({ id: "one", label: "One", shocks }), book, { scale: 1, days }).shocks;
  const mergedAt = (list: readonly ReturnType<typeof resolved>[]) =>
    mergedCharger(book, under, bestKernel())?.(bestEngine(), list);

  it("is that of the single positions, to rounding", () => {
    const days = [resolved([price("BTC", -0.1), volatility("BTC", 0.3)], 2), resolved([price("*", 0.1)], 8)];
    const list = [...[...together, ...apart].map((shocks) => resolved(shocks)), ...days];
    const at = mergedAt(list);
    const charger = stressCharger(book, under, bestKernel());
    list.forEach((shocks, scenario) => {
      const found = at?.(scenario);
      if (found === undefined) throw new Error(`scenario ${scenario} adds its options up`);
      const plain = charger.stressed(shocks);
      const charge = charger.charge(plain);
      const [mine, theirs] = [stressAmounts(found.charge.accounts), stressAmounts(charge.accounts)];
      const size = Math.max(...Object.values(theirs).map((value) => (typeof value === "number" ? Math.abs(value) : 0)));
      expect(Object.keys(mine)).toEqual(Object.keys(theirs));
      for (const [name, value] of Object.entries(theirs)) {
        const own = mine[name as keyof typeof mine];
        if (typeof value === "number") expect(Math.abs(Number(own) - value) / size, name).toBeLessThan(1e-12);
        else expect(own).toBe(value);
      }
      expect(stressFlags(found.charge.accounts)).toEqual(stressFlags(charge.accounts));
      expect(Math.abs(found.stressed.pnlUsd - plain.pnlUsd) / size).toBeLessThan(1e-12);
      expect(found.stressed.collateralUsd).toBe(plain.collateralUsd);
      expect(found.stressed.remarks).toEqual(plain.remarks);
      expect(found.stressed.byUnderlying.map(({ underlying }) => underlying)).toEqual(
        plain.byUnderlying.map(({ underlying }) => underlying),
      );
      found.stressed.byUnderlying.forEach(({ pnlUsd }, place) => {
        expect(Math.abs(pnlUsd - (plain.byUnderlying[place]?.pnlUsd ?? Number.NaN)) / size).toBeLessThan(1e-12);
      });
    });
  });

  it("takes single positions where no option moves or has a value, and for haircuts and costs of closing", () => {
    const at = mergedAt(alone.map((shocks) => resolved(shocks)));
    expect(alone.map((_, scenario) => at?.(scenario))).toEqual(alone.map(() => undefined));
  });

  it("gives the same bits whatever other scenarios stand beside one", () => {
    const [first, second] = together.map((shocks) => resolved(shocks)) as [
      ReturnType<typeof resolved>,
      ReturnType<typeof resolved>,
    ];
    const both = mergedAt([second, first])?.(1);
    const own = mergedAt([first])?.(0);
    expect(both?.charge.accounts.map(({ initial }) => initial.amount)).toEqual(
      own?.charge.accounts.map(({ initial }) => initial.amount),
    );
    expect(both?.stressed.pnlUsd).toBe(own?.stressed.pnlUsd);
  });
});
