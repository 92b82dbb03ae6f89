import { describe, expect, it } from "vitest";
import {
  type CoverageSeries,
  type DisclosureItem,
  disclosureItems,
  responsiveness,
} from "../../../core/validation/index.ts";
import { day, daysFrom, modelCard } from "./series.ts";

const rows = 500;
const account = (label: string, unit: string, change: Partial<CoverageSeries> = {}): CoverageSeries => ({
  ...{ label, unit, timesMs: daysFrom(rows), confidence: 0.99, horizon: 1 },
  // one exception of 30 long ago, two of 10 and 20 within the last year
  losses: daysFrom(rows).map((_, row) => (row === 5 ? 130 : row === 400 ? 110 : row === 450 ? 120 : -1)),
  margins: daysFrom(rows).map((_, row) => (row === 480 ? 160 : 100)),
  variationMargins: daysFrom(rows).map((_, row) => (row % 2 === 0 ? 8 : -100)),
  ...change,
});

function itemsOf(accounts: readonly CoverageSeries[], extra = {}): readonly DisclosureItem[] {
  return disclosureItems({
    accounts: accounts.map((series, at) => ({ series, origin: at === 0 ? "house" : "client-gross" })),
    model: modelCard,
    responsiveness: accounts.map((series) => ({
      label: series.label,
      unit: series.unit,
      report: responsiveness(series),
    })),
    ...extra,
  });
}

const valuesOf = (items: readonly DisclosureItem[], item: string) =>
  items.filter((one) => one.item === item).map(({ value, unit }) => [value, unit]);

describe("disclosureItems", () => {
  const items = itemsOf([account("one", "USD"), account("two", "USD")]);

  it("6.1: margin of the last day, house and client apart", () => {
    expect(items.filter(({ item }) => item === "6.1")).toMatchObject([
      { label: "total initial margin required, house", value: 100, unit: "USD" },
      { label: "total initial margin required, client-gross", value: 100, unit: "USD" },
    ]);
  });

  it("6.4: the model with its design", () => {
    expect(items.filter(({ item }) => item === "6.4").map(({ label, value }) => [label, value])).toEqual([
      ["model", "VaR and ES margin"],
      ["confidence", "0.99"],
      ["look-back", "500 days"],
    ]);
  });

  it("6.5: exceptions, accounts times days and uncovered amounts of the last twelve months only", () => {
    expect(valuesOf(items, "6.5.1")).toEqual([[4, undefined]]);
    // 14 May 2024 to 14 May 2025, the first day left out
    expect(valuesOf(items, "6.5.2")).toEqual([[2 * 365, undefined]]);
    expect(valuesOf(items, "6.5.3")).toEqual([[1 - 4 / 730, "fraction"]]);
    expect(valuesOf(items, "6.5.4")).toEqual([[20, "USD"]]);
    expect(valuesOf(items, "6.5.5")).toEqual([[15, "USD"]]);
  });

  it("6.6 and 6.7: variation margin paid by all accounts on a day; received does not offset", () => {
    const even = daysFrom(rows)
      .slice(-365)
      .filter((time) => ((time - (daysFrom(1)[0] ?? 0)) / day) % 2 === 0).length;
    expect(valuesOf(items, "6.6")).toEqual([[(16 * even) / 365, "USD"]]);
    expect(valuesOf(items, "6.7")).toEqual([[16, "USD"]]);
  });

  it("6.8: the day on which margin rose most over all accounts", () => {
    expect(valuesOf(items, "6.8")).toEqual([[120, "USD"]]);
  });

  it("6.9: four numbers a product, relative and in money", () => {
    const found = items.filter(({ item, label }) => item === "6.9" && label.startsWith("one:"));
    expect(found).toHaveLength(8);
    expect(found.slice(0, 2)).toMatchObject([
      { label: "one: largest 1-day change within 3 months", value: expect.closeTo(0.6, 12), unit: "fraction" },
      { label: "one: largest 1-day change within 3 months, amount", value: 60, unit: "USD" },
    ]);
  });

  it("never adds amounts of two currencies", () => {
    const mixed = itemsOf([account("one", "USD"), account("two", "BTC")]);
    expect(valuesOf(mixed, "6.8")).toEqual([
      [60, "USD"],
      [60, "BTC"],
    ]);
    expect(valuesOf(mixed, "6.5.4").map(([, unit]) => unit)).toEqual(["USD", "BTC"]);
  });

  it("says why an item has no figure, and fills those that are given", () => {
    expect(items.find(({ item }) => item === "6.2")).toMatchObject({ note: "no collateral was given" });
    const filled = itemsOf([account("one", "USD")], {
      collateral: [{ assetType: "government bonds", unit: "USD", before: 100, after: 97 }],
      contractRates: [{ contract: "future", rate: 5000, unit: "USD", source: "notice" }],
    });
    expect(valuesOf(filled, "6.2")).toEqual([
      [100, "USD"],
      [97, "USD"],
    ]);
    expect(valuesOf(filled, "6.3")).toEqual([[5000, "USD"]]);
    const calm = itemsOf([account("one", "USD", { losses: daysFrom(rows).map(() => 0) })]);
    expect(calm.find(({ item }) => item === "6.5.4")).toMatchObject({ note: "no exception in USD" });
  });

  it("takes any period, not only a year", () => {
    const month = itemsOf([account("one", "USD")], { months: 1 });
    expect(valuesOf(month, "6.5.2")[0]?.[0]).toBeLessThan(32);
    expect(valuesOf(month, "6.5.1")).toEqual([[0, undefined]]);
  });
});
