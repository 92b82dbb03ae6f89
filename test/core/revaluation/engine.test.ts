import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PricedInstrument, scalarKernel } from "../../../core/revaluation/index.ts";
import type { Scenario } from "../../../core/scenario/index.ts";
import { option, revaluations } from "./engine-option.ts";

const { simd: engine, typed: fallback } = revaluations;

const tenor = { referenceDays: 30, shortPower: 0.3, longPower: 0.13, minimumDays: 1 };
const scenarios: Scenario[] = [-0.999, -0.66, -0.5, -0.16, -0.04, 0, 0.04, 0.16, 0.5, 5].flatMap((priceMove) =>
  [
    undefined,
    { change: 0.5, mode: "relative" as const, tenor, floor: 0.5 },
    { change: -0.25, mode: "relative" as const, tenor },
    { change: -2, mode: "absolute" as const },
  ].map((volatility, index) => ({
    id: `${priceMove}/${index}`,
    label: "",
    priceMove,
    ...(volatility === undefined ? {} : { volatility }),
  })),
);

/** Edge values of the engine's document, section 9. */
const edges: PricedInstrument[] = [true, false].flatMap((isCall) =>
  [false, true].flatMap((inverse) =>
    [
      { forward: 100, strike: 100, years: 0, volatility: 0.5 },
      { forward: 100, strike: 90, years: 0, volatility: 0.5 },
      { forward: 100, strike: 100, years: 1, volatility: 0 },
      { forward: 65000, strike: 65000, years: 1 / 31_536_000, volatility: 0.6 },
      { forward: 100, strike: 116, years: 0.1, volatility: 0.5 },
      { forward: 100, strike: 100 * (1 + 1e-12), years: 0.25, volatility: 1e-13 },
      { forward: 100, strike: 100 * Math.exp(5), years: 2, volatility: 3 },
      { forward: 100, strike: 100 * Math.exp(-5), years: 3, volatility: 0.02 },
      { forward: 100, strike: 100, years: 100, volatility: 1 },
    ].map((terms) => option({ ...terms, isCall, inverse })),
  ),
);

const randomOption = fc
  .record({
    forward: fc.double({ min: 0.5, max: 100_000, noNaN: true }),
    moneyness: fc.double({ min: -2.5, max: 2.5, noNaN: true }),
    logYears: fc.double({ min: Math.log(1e-5), max: Math.log(3), noNaN: true }),
    logVolatility: fc.double({ min: Math.log(0.02), max: Math.log(3), noNaN: true }),
    isCall: fc.boolean(),
    inverse: fc.boolean(),
  })
  .map(({ forward, moneyness, logYears, logVolatility, isCall, inverse }) =>
    option({
      forward,
      strike: forward * Math.exp(moneyness),
      years: Math.exp(logYears),
      volatility: Math.exp(logVolatility),
      isCall,
      inverse,
    }),
  );

/** Largest distance between two kernels, in units of the larger of forward and strike (or their value in coin). */
function worstError(instruments: readonly PricedInstrument[]): number {
  const ours = engine.unitPnl(instruments, scenarios);
  const plain = scalarKernel.unitPnl(instruments, scenarios);
  let worst = 0;
  instruments.forEach(({ instrument, terms }, row) => {
    if (instrument.kind !== "option") return;
    scenarios.forEach(({ priceMove }, column) => {
      const at = row * scenarios.length + column;
      const larger = Math.max(terms.forward * (1 + Math.max(priceMove, 0)), instrument.strike);
      const scale = instrument.payoff === "linear" ? larger : Math.max(1, larger / (terms.forward * (1 + priceMove)));
      worst = Math.max(worst, Math.abs((ours[at] ?? Number.NaN) - (plain[at] ?? 0)) / scale);
    });
  });
  return worst;
}

describe("engineRevaluation", () => {
  it("agrees with the scalar kernel at the edges of its domain", () => {
    expect(worstError(edges)).toBeLessThan(1e-13);
  });

  it("agrees with the scalar kernel on random books to 1e-13 of the forward", () => {
    fc.assert(
      fc.property(fc.array(randomOption, { minLength: 1, maxLength: 20 }), (book) => worstError(book) < 1e-13),
      { numRuns: 200 },
    );
  });

  it("is equal bit for bit to the typed-array kernel", () => {
    fc.assert(
      fc.property(fc.array(randomOption, { minLength: 1, maxLength: 20 }), (book) => {
        const instruments = [...edges, ...book];
        expect(fallback.unitPnl(instruments, scenarios)).toEqual(engine.unitPnl(instruments, scenarios));
      }),
      { numRuns: 50 },
    );
  });

  it("gives each instrument the same bits whatever stands beside it", () => {
    fc.assert(
      fc.property(fc.array(randomOption, { minLength: 2, maxLength: 600 }), (book) => {
        const together = engine.unitPnl(book, scenarios);
        const last = book.slice(-1);
        expect(together.slice((book.length - 1) * scenarios.length)).toEqual(engine.unitPnl(last, scenarios));
      }),
      { numRuns: 20 },
    );
  });

  it("is exactly 0 where nothing moves", () => {
    const still = scenarios.findIndex(({ priceMove, volatility }) => priceMove === 0 && volatility === undefined);
    const values = engine.unitPnl(edges, scenarios);
    expect(edges.map((_, row) => values[row * scenarios.length + still])).toEqual(edges.map(() => 0));
  });

  it("refuses a forward that is not above 0", () => {
    const [first] = edges;
    if (!first) throw new Error("no edge case");
    const broken = { ...first, terms: { ...first.terms, forward: Number.NaN } };
    expect(() => engine.unitPnl([broken], scenarios)).toThrow("forward");
  });
});
