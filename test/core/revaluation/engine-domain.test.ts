import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bookSurface, pathProfits, scenarioProfits, unitCells } from "../../../core/revaluation/engine/index.ts";
import { type PricedInstrument, scalarKernel } from "../../../core/revaluation/index.ts";
import type { Scenario } from "../../../core/scenario/index.ts";
import { bookOf, distance, engines, grossOf, spaced, type Terms } from "./engine-book.ts";
import { type OptionTerms, option, revaluations } from "./engine-option.ts";

const [simd, typed] = engines;
if (simd === undefined || typed === undefined) throw new Error("an engine is missing");

const logarithmic = (from: number, to: number) =>
  fc.double({ min: Math.log(from), max: Math.log(to), noNaN: true }).map(Math.exp);

/** Everything the engine takes: expired and of no volatility, at the money to a digit, prices from 1e-50 to 1e50. */
const anyOption = fc
  .record({
    forward: fc.oneof(logarithmic(0.5, 100_000), logarithmic(1e-45, 1e45), fc.constantFrom(1, 100)),
    years: fc.oneof(logarithmic(1e-10, 3), fc.constantFrom(0, 1 / 31_536_000, 5e-324, 1e-300, 100, 1e50)),
    volatility: fc.oneof(logarithmic(0.02, 3), logarithmic(1e-12, 100), fc.constantFrom(0, 5e-324, 1e-13, 1e6, 1e50)),
    place: fc.oneof(
      fc.constantFrom(0, 1e-12, -1e-12, Math.log(0.5), Math.log(1.5), 5, -5, 10, -10),
      fc.double({ min: -2.5, max: 2.5, noNaN: true }),
      fc.double({ min: -1e-9, max: 1e-9, noNaN: true }),
    ),
    isCall: fc.boolean(),
    inverse: fc.boolean(),
  })
  .map(({ place, ...terms }) => ({ ...terms, strike: terms.forward * Math.exp(place) }));
const book = fc.array(anyOption, { minLength: 1, maxLength: 20 });

const hardMoves = [-1 + 2 ** -53, -0.999_999, -0.66, -0.5, -1e-16, 0, 1e-300, 1e-12, 0.04, 0.5, 5, 1e6];
const hardShocks: readonly Scenario["volatility"][] = [
  undefined,
  {
    ...{ change: 0.5, mode: "relative", floor: 0.5 },
    tenor: { referenceDays: 30, shortPower: 0.3, longPower: 0.13, minimumDays: 1 },
  },
  { change: -0.25, mode: "relative" },
  { change: -1, mode: "relative" },
  { change: -3, mode: "relative" },
  { change: -2, mode: "absolute" },
  { change: 0.05, mode: "absolute", startFloor: 0.2 },
  { change: 10, mode: "relative" },
];
const scenario = (priceMove: number, volatility: Scenario["volatility"], decayDays: number): Scenario => ({
  ...{ id: `${priceMove} ${JSON.stringify(volatility)} ${decayDays}`, label: "", priceMove, decayDays },
  ...(volatility === undefined ? {} : { volatility }),
});
const fewShocks = hardMoves.flatMap((move) =>
  hardShocks.flatMap((shock) => [0, 2].map((d) => scenario(move, shock, d))),
);
/** A shock of its own in each: the list is revalued scenario by scenario. */
const manyShocks = Array.from({ length: 40 }, (_, j) =>
  scenario(hardMoves[j % 12] ?? 0, { change: -1.5 + 0.08 * j, mode: j % 2 ? "relative" : "absolute" }, j % 5),
);

/** Largest distance from the reference, in units of the largest price of the cell; coin where profit is. */
function worstError(instruments: readonly PricedInstrument[], scenarios: readonly Scenario[]): number {
  const ours = revaluations.simd.unitPnl(instruments, scenarios);
  const plain = scalarKernel.unitPnl(instruments, scenarios);
  let worst = 0;
  instruments.forEach(({ instrument, terms }, row) => {
    if (instrument.kind !== "option") return;
    scenarios.forEach(({ priceMove }, column) => {
      const at = row * scenarios.length + column;
      const moved = terms.forward * (1 + priceMove);
      const linear = Math.max(terms.forward, moved, instrument.strike);
      const inverse = Math.max(1, instrument.strike / Math.min(terms.forward, moved));
      const scale = instrument.payoff === "linear" ? linear : inverse;
      const error = Math.abs((ours[at] ?? Number.NaN) - (plain[at] ?? Number.NaN)) / scale;
      // NaN stays: what is no number is the worst of all.
      worst = Math.max(worst, error);
    });
  });
  return worst;
}

describe.each([
  ["runs of one shock", fewShocks],
  ["a shock in each scenario", manyShocks],
] as const)("revaluation over the whole domain, %s", (_, scenarios) => {
  it("is the formula to 1e-13 of the largest price", () => {
    fc.assert(
      fc.property(book, (options) => {
        expect(worstError(options.map(option), scenarios)).toBeLessThan(1e-13);
      }),
      { numRuns: 150 },
    );
  });

  it("is the same bits from WebAssembly and from typed arrays", () => {
    fc.assert(
      fc.property(book, (options) => {
        const instruments = options.map(option);
        const ours = revaluations.simd.unitPnl(instruments, scenarios);
        expect(revaluations.typed.unitPnl(instruments, scenarios)).toEqual(ours);
      }),
      { numRuns: 60 },
    );
  });
});

describe("works over the whole domain", () => {
  const held = fc.array(
    fc.tuple(anyOption, fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom(1e-300, -1e20))),
    { minLength: 1, maxLength: 15 },
  );
  const termsOf = (options: readonly (readonly [terms: OptionTerms, quantity: number])[]) =>
    options.map(
      ([{ isCall, inverse, ...terms }, quantity]): Terms => ({
        ...{ ...terms, call: isCall, quantity },
        settlementPrice: inverse ? terms.forward : 0,
      }),
    );

  it("give finite numbers, the same bits from both kernels, and 0 where nothing moves", () => {
    const priceMoves = Float64Array.from(hardMoves);
    const volatilityChanges = Float64Array.of(-1 + 2 ** -53, -0.5, 0, 0.5, 20);
    const joint = { count: 12, priceMoves, volatilityChanges: spaced(-0.9, 3, 12) };
    const moves = { paths: 7, logMoves: Float64Array.of(0, -1e-300, 1e-9, 0.3, -2, 20, -20) };
    fc.assert(
      fc.property(held, (options) => {
        const own = bookOf(termsOf(options));
        const [ours, theirs] = [simd, typed].map((engine) => [
          ...["exact", "nodes"].map((volatilityAxis) =>
            bookSurface(engine, {
              book: own,
              priceMoves,
              volatilityChanges,
              volatilityAxis: volatilityAxis as "exact",
            }),
          ),
          scenarioProfits(engine, own, joint),
          unitCells(engine, { book: own, priceMoves, volatilityChanges: joint.volatilityChanges }).values,
          pathProfits(engine, { book: own, moves, method: "exact" }),
          pathProfits(engine, { book: own, moves, method: "profile" }),
        ]);
        expect(theirs).toEqual(ours);
        expect(ours?.every((values) => values.every(Number.isFinite))).toBe(true);
        expect(ours?.[0]?.[2 * 12 + 5]).toBe(0);
        expect(ours?.[4]?.[0]).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it("cancel what is held both ways, a thousand times over", () => {
    fc.assert(
      fc.property(held, (options) => {
        const terms = termsOf(options).filter(({ settlementPrice }) => settlementPrice === 0);
        const many = Array.from({ length: 1_000 }, () => terms).flat();
        const both = [...many, ...many.map((one) => ({ ...one, quantity: -(one.quantity ?? 1) }))];
        const input = { priceMoves: spaced(-0.5, 0.5, 5), volatilityChanges: spaced(-0.5, 0.5, 5) };
        const surface = bookSurface(simd, { book: bookOf(both), ...input, volatilityAxis: "exact" });
        const gross = grossOf(both) + 1e-300;
        expect(surface.every((value) => Math.abs(value) <= 1e-13 * gross)).toBe(true);
      }),
      { numRuns: 5 },
    );
  });
});

/** One option of a total volatility, `place` of them from the money. */
function optionAt(total: number, place: number, call: boolean, inCoin: boolean): Terms {
  const strike = 100 * Math.exp(Math.max(-3, Math.min(3, place * total)));
  return { forward: 100, strike, years: 1, volatility: total, call, settlementPrice: inCoin ? 100 : 0 };
}

const places = [-8, -4, -2, -1, -0.3, 0, 0.3, 1, 2, 4, 8];

describe("what is interpolated", () => {
  /** Ratios of the table of nodes, and one between. */
  const ratios = [1.2, 1.5, 1.9, 2, 3, 5, 10, 20];

  it.each(ratios)(
    "on volatility nodes of ratio %d is exact to 1e-12 at any total volatility from 1e-6 to 30",
    (ratio) => {
      const volatilityChanges = spaced(1 / Math.sqrt(ratio) - 1, Math.sqrt(ratio) - 1, 101);
      const priceMoves = spaced(-0.5, 0.5, 5);
      for (const total of [1e-6, 1e-3, 0.02, 0.3, 1.5, 3, 6, 12, 30]) {
        for (const place of places) {
          for (const [call, inCoin] of [
            [true, false],
            [false, false],
            [true, true],
            [false, true],
          ] as const) {
            const own = optionAt(total, place, call, inCoin);
            const input = { book: bookOf([own]), priceMoves, volatilityChanges };
            const nodes = bookSurface(simd, { ...input, volatilityAxis: "nodes" });
            const exact = bookSurface(simd, { ...input, volatilityAxis: "exact" });
            const scale = inCoin ? Math.max(1, own.strike / 50) : Math.max(150, own.strike);
            expect(distance(nodes, exact) / scale).toBeLessThan(1e-12);
          }
        }
      }
    },
  );

  it.each([0.05, 0.3, 1, 2, 4])(
    "on a profile of moves up to %d is exact to 1e-12 at any total volatility from 1e-4 to 30",
    (most) => {
      const moves = { paths: 2_001, logMoves: spaced(-most, most, 2_001) };
      for (const total of [1e-4, 1e-3, 0.01, 0.1, 0.5, 1, 2, 8, 30]) {
        for (const place of places) {
          for (const [call, inCoin] of [
            [true, false],
            [false, false],
            [true, true],
            [false, true],
          ] as const) {
            const own = optionAt(total, place, call, inCoin);
            const input = { book: bookOf([own]), moves };
            const profile = pathProfits(simd, { ...input, method: "profile" });
            const exact = pathProfits(simd, { ...input, method: "exact" });
            const scale = inCoin
              ? Math.max(1, (own.strike * Math.exp(most)) / 100)
              : Math.max(100 * Math.exp(most), own.strike);
            expect(distance(profile, exact) / scale).toBeLessThan(1e-12);
          }
        }
      }
    },
  );
});
