import { describe, expect, it } from "vitest";
import {
  bookSurface,
  correlatedMoves,
  jointProfits,
  pathProfits,
  scenarioProfits,
  unitCells,
  worstCells,
} from "../../../core/revaluation/engine/index.ts";
import { bookOf, simd, type Terms } from "./engine-book.ts";
import { option, revaluations } from "./engine-option.ts";

describe("what is outside the domain", () => {
  const good: Terms = { forward: 100, strike: 100, years: 1, volatility: 0.5, call: true, quantity: 1 };
  const wrong: readonly (readonly [name: string, terms: Partial<Terms>])[] = [
    ["a forward", { forward: 1e51 }],
    ["a forward", { forward: Number.NaN }],
    ["a forward", { forward: 5e-324 }],
    ["a strike", { strike: 0 }],
    ["a strike", { strike: Number.POSITIVE_INFINITY }],
    ["years", { years: -1e-300 }],
    ["a volatility", { volatility: -0.1 }],
    ["a volatility", { volatility: 1e51 }],
    ["a discount factor", { discount: 0 }],
    ["a quantity", { quantity: 1e101 }],
    ["a quantity", { quantity: Number.NaN }],
    ["a settlement price", { settlementPrice: -1 }],
    ["an underlying", { underlying: 0.5 }],
    ["an underlying", { underlying: -1 }],
  ];

  it.each(wrong)("is refused by name: %s of %o", (name, terms) => {
    const book = bookOf([good, { ...good, ...terms }]);
    const one = Float64Array.of(0.1);
    const joint = { count: 1, priceMoves: one, volatilityChanges: one };
    for (const run of [
      () => bookSurface(simd, { book, priceMoves: one, volatilityChanges: one, volatilityAxis: "exact" }),
      () => scenarioProfits(simd, book, joint),
      () => unitCells(simd, { book, priceMoves: one, volatilityChanges: one }),
      () => pathProfits(simd, { book, moves: { paths: 1, logMoves: one }, method: "profile" }),
    ])
      expect(run).toThrow(name);
  });

  it.each([-1, -1.5, 1e51, Number.NaN, Number.POSITIVE_INFINITY])("is refused: a move of %d", (move) => {
    const book = bookOf([good]);
    const [bad, one] = [Float64Array.of(0.1, move), Float64Array.of(0.1, 0.2)];
    for (const [priceMoves, volatilityChanges] of [
      [bad, one],
      [one, bad],
    ] as const) {
      const joint = { count: 2, priceMoves, volatilityChanges };
      expect(() => bookSurface(simd, { book, ...joint, volatilityAxis: "exact" })).toThrow("must be above -1");
      expect(() => scenarioProfits(simd, book, joint)).toThrow("must be above -1");
      expect(() => unitCells(simd, { book, ...joint })).toThrow("must be above -1");
    }
    const scenario = { id: "s", label: "", priceMove: move };
    expect(() => revaluations.simd.unitPnl([plain], [scenario])).toThrow("must be above -1");
  });

  it.each([116, Number.NaN, Number.NEGATIVE_INFINITY])("is refused: a log move of %d", (move) => {
    const moves = { paths: 2, logMoves: Float64Array.of(0, move) };
    for (const method of ["exact", "profile"] as const)
      expect(() => pathProfits(simd, { book: bookOf([good]), moves, method })).toThrow("between -115 and 115");
  });

  it.each([
    { change: Number.NaN, mode: "relative" },
    { change: Number.POSITIVE_INFINITY, mode: "absolute" },
    { change: 0.1, mode: "relative", floor: Number.NaN },
    { change: 0.1, mode: "absolute", startFloor: Number.POSITIVE_INFINITY },
  ] as const)("is refused: the volatility shock %o", (shock) => {
    const list = Array.from({ length: 40 }, (_, j) => ({
      ...{ id: `s${j}`, label: "", priceMove: 0 },
      volatility: { ...shock, leastChange: j / 1000 },
    }));
    expect(() => revaluations.simd.unitPnl([plain], list.slice(0, 1))).toThrow("must be finite");
    expect(() => revaluations.simd.unitPnl([plain], list)).toThrow("must be finite");
  });

  it("is refused: an underlying without a list, lists of two lengths, draws of another shape", () => {
    const book = bookOf([good, { ...good, underlying: 1 }]);
    const one = Float64Array.of(0.1);
    const joint = { count: 1, priceMoves: one, volatilityChanges: one };
    expect(() => scenarioProfits(simd, book, joint)).toThrow("needs a list");
    expect(() => pathProfits(simd, { book, moves: { paths: 1, logMoves: one }, method: "exact" })).toThrow(
      "needs a list",
    );
    const uneven = { priceMoves: one, volatilityChanges: Float64Array.of(0.1, 0.2) };
    expect(() => unitCells(simd, { book, ...uneven })).toThrow("of one number");
    const group = Float64Array.of(0, 0);
    const none = new Float64Array(1);
    const lists = { priceMoves: one, starts: none, factors: one, additions: none, floors: none, decays: none };
    expect(() => jointProfits(simd, { book, scenarios: 1, lists, group, groups: 1 })).toThrow();
    const draws = {
      factors: 1,
      paths: 2,
      cholesky: one,
      volatilities: one,
      scales: one,
      normals: Float64Array.of(1, 2),
    };
    expect(() => correlatedMoves(simd, draws)).toThrow("2 entries");
  });

  it("is refused: a holding of no instrument, or of no number", () => {
    const one = Float64Array.of(0.1);
    const units = unitCells(simd, { book: bookOf([good]), priceMoves: one, volatilityChanges: one });
    const starts = Uint32Array.of(0, 1);
    const ask = (row: number, quantity: number) => () =>
      worstCells(simd, units, starts, Float64Array.of(row), Float64Array.of(quantity));
    expect(ask(1, 1)).toThrow("of an instrument");
    expect(ask(Number.NaN, 1)).toThrow("of an instrument");
    expect(ask(0, Number.NaN)).toThrow("a quantity");
    expect(ask(0, 0)()).toEqual(Float64Array.of(0));
  });
});

const plain = option({ forward: 100, strike: 100, years: 1, volatility: 0.5, isCall: true, inverse: false });
