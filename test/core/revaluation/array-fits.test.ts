import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { unwatched } from "../../../core/base/index.ts";
import { loadParameterFile } from "../../../core/import/index.ts";
import { type Instrument, instrumentId, type Option } from "../../../core/instrument/index.ts";
import type { ArrayFit, ParameterFile } from "../../../core/parameter-file/index.ts";
import { arrayFits, compositeDelta, generatedArray } from "../../../core/revaluation/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";

type Contract = Omit<Option, "kind" | "expiryMs" | "strike" | "optionType">;

/** Largest distance allowed, TRY per contract: what six printed decimals of volatility and price leave. */
const options = 0.003;
const futures = 0.0004;

describeWithSharedData("all 2,811 arrays of Takasbank's file of 2016-05-17, value by value", (path) => {
  let file: ParameterFile;
  let fits: readonly ArrayFit[] = [];

  beforeAll(async () => {
    const bytes = readFileSync(path("span-takasbank-2016", "takas.spn.gz"));
    const read = await loadParameterFile({ name: "takas.spn.gz", bytes }, unwatched);
    if (!read.ok) throw new Error(read.failure.message);
    file = read.value;
    fits = [...arrayFits(file, { lookAheadYears: 0.004, base: "theoretical" })];
  });

  const ofType = (type: string) => fits.filter(({ family }) => family.endsWith(`/${type}`));

  it("are compared whole: 37 physicals, 146 futures, 2,628 options, none left out", () => {
    const counts = ["PHY", "FUT", "OOP"].map((type) => ofType(type).reduce((total, { arrays }) => total + arrays, 0));
    expect(counts).toEqual([37, 146, 2628]);
    expect(fits.reduce((total, { leftOut }) => total + leftOut, 0)).toBe(0);
  });

  it("of futures are the scan range alone, to the rounding of a third", () => {
    for (const { family, largest } of ofType("FUT")) expect(largest, family).toBeLessThanOrEqual(futures);
    for (const { family, largest } of ofType("PHY")) expect(largest, family).toBe(0);
  });

  it("of options fit within 0.003 TRY in each of 23 families, and composite deltas within 0.0002", () => {
    expect(ofType("OOP").length).toBe(23);
    for (const { family, largest, mean, delta, range } of ofType("OOP")) {
      expect(largest, family).toBeLessThanOrEqual(options);
      expect(mean, family).toBeLessThanOrEqual(options / 4);
      expect(largest / range, family).toBeLessThanOrEqual(1.5e-4);
      expect(delta, family).toBeLessThanOrEqual(0.0002);
    }
  });

  it.each([
    ["one business day of 252", { lookAheadYears: 1 / 252, base: "theoretical" }, 0.09, 0.13],
    ["one calendar day", { lookAheadYears: 1 / 365, base: "theoretical" }, 4, 5],
    ["no look-ahead", { lookAheadYears: 0, base: "theoretical" }, 13, 15],
    ["the settlement price as base", { lookAheadYears: 0.004, base: "settlement" }, 100, 200],
  ] as const)("tell other conventions apart: %s", (_name, generation, atLeast, atMost) => {
    const largest = Math.max(...[...arrayFits(file, generation)].map((fit) => fit.largest));
    expect(largest).toBeGreaterThan(atLeast);
    expect(largest).toBeLessThan(atMost);
  });

  it("name the values that are furthest apart, furthest first", () => {
    const [fit] = arrayFits(file, { lookAheadYears: 0, base: "theoretical" }, "XU030");
    const [first, second] =
      [...arrayFits(file, { lookAheadYears: 0, base: "theoretical" }, "XU030")].at(-1)?.worst ?? [];
    expect(fit?.family).toBe("BIST/XU030/PHY");
    if (first === undefined || second === undefined) throw new Error("no values");
    expect(first.contract).toMatch(/^OOP XU030 2016\d\dS0 [\d.]+ [CP]$/);
    expect(Math.abs(first.made - first.printed)).toBeGreaterThanOrEqual(Math.abs(second.made - second.printed));
  });
});

describe("arrays made here", () => {
  const points = [
    { priceFraction: 0, volatilityFraction: 1, weight: 1 },
    { priceFraction: -1, volatilityFraction: -1, weight: 1 },
    { priceFraction: 3, volatilityFraction: 0, weight: 0.33 },
    { priceFraction: -3, volatilityFraction: 0, weight: 0.33 },
  ];
  const generation = { points, lookAheadYears: 0, base: "theoretical" } as const;
  const contract: Contract = {
    ...{ id: instrumentId("listed", "x"), venue: "listed", symbol: "x", underlying: "X", quote: "USD" },
    ...{ payoff: "linear", settlement: "USD", contractSize: 100 },
  };
  const scan = { price: 500, priceUnit: "money", volatility: 0.25, volatilityUnit: "relative" } as const;
  const sources = { forward: "mark", mark: "quoted" } as const;
  const carry = { rate: 0.05, dividendYield: 0, dividends: [], yieldSource: "stated" } as const;
  const terms = { index: 40, forward: 40, years: 0.5, volatility: 0.3, mark: 4, scan, sources, carry };
  const future: Instrument = { ...contract, kind: "future", expiryMs: 0 };
  const put: Option = { ...contract, kind: "option", expiryMs: 0, strike: 45, optionType: "put" };

  it("of a future are its range, and its share of extreme moves", () =>
    expect(generatedArray({ instrument: future, terms }, generation)).toEqual([0, 500, -495, 495]));

  it("take a contract's own extreme move", () => {
    const own = { ...scan, extremeMultiplier: 2, coverFraction: 0.35 };
    expect(generatedArray({ instrument: future, terms: { ...terms, scan: own } }, generation)).toEqual([
      0, 500, -350, 350,
    ]);
  });

  it("take a range that is a fraction of the price", () => {
    const own = { ...scan, price: 0.1, priceUnit: "fraction" } as const;
    const array = generatedArray({ instrument: future, terms: { ...terms, scan: own } }, generation);
    expect(array[1]).toBeCloseTo(400, 9);
  });

  it("of American puts lose less than European ones gain: early exercise is worth something", () => {
    const european = generatedArray({ instrument: put, terms }, generation);
    const american = generatedArray({ instrument: { ...put, exercise: "american" }, terms }, generation);
    expect(american[1]).not.toBeCloseTo(european[1] ?? 0, 1);
    expect(american.every(Number.isFinite)).toBe(true);
  });

  it("stay finite where a move takes the price below zero", () => {
    const wide = { ...scan, price: 2000 };
    const array = generatedArray({ instrument: put, terms: { ...terms, scan: wide } }, generation);
    expect(array.every(Number.isFinite)).toBe(true);
    // At a price of 0 the put is worth its discounted strike.
    expect(array[3]).toBeLessThan(0);
  });

  it("have composite deltas between those of the ends of the range", () => {
    const weights = [-1, 0, 1].map((priceFraction) => ({ priceFraction, volatilityFraction: 0, weight: 1 / 3 }));
    const delta = compositeDelta({ instrument: put, terms }, weights, 0);
    expect(delta).toBeLessThan(0);
    expect(delta).toBeGreaterThan(-1);
    expect(compositeDelta({ instrument: future, terms }, weights, 0)).toBe(1);
  });
});
