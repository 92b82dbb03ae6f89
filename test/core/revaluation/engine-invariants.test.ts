import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bookSurface, scenarioProfits, typedArrayKernel, wasmKernel } from "../../../core/revaluation/engine/index.ts";
import { bookOf, grossOf, simd, spaced, type Terms, values } from "./engine-book.ts";

const moves = spaced(-0.5, 0.5, 21);
const changes = spaced(-0.5, 0.5, 11);
const columns = 22;
/** Row of the unshocked volatility. */
const still = 5;

const option: fc.Arbitrary<Terms> = fc
  .record({
    forward: fc.double({ min: 0.5, max: 100_000, noNaN: true }),
    moneyness: fc.double({ min: -2.5, max: 2.5, noNaN: true }),
    logYears: fc.double({ min: Math.log(1e-5), max: Math.log(3), noNaN: true }),
    logVolatility: fc.double({ min: Math.log(0.02), max: Math.log(3), noNaN: true }),
    call: fc.boolean(),
    eighths: fc.integer({ min: -800, max: 800 }),
  })
  .map(({ forward, moneyness, logYears, logVolatility, call, eighths }) => ({
    ...{
      forward,
      strike: forward * Math.exp(moneyness),
      years: Math.exp(logYears),
      volatility: Math.exp(logVolatility),
    },
    ...{ call, quantity: eighths / 8 },
  }));
const book = fc.array(option, { minLength: 1, maxLength: 30 });
const input = (options: readonly Terms[]) =>
  ({ book: bookOf(options), priceMoves: moves, volatilityChanges: changes, volatilityAxis: "exact" }) as const;
const runs = { numRuns: 60 };

describe("option values of the engine", () => {
  it("keep parity: call less put is forward less strike, at every shock", () => {
    fc.assert(
      fc.property(option, (terms) => {
        const one = { ...terms, quantity: 1 };
        const [call, put] = [
          values(simd, { ...one, call: true }, moves, changes),
          values(simd, { ...one, call: false }, moves, changes),
        ];
        return call.every((value, at) => {
          const forward = one.forward * (1 + (moves[Math.min(at % columns, 20)] ?? 0));
          const wrong = value - (put[at] ?? Number.NaN) - (forward - one.strike);
          return Math.abs(wrong) <= 3e-14 * Math.max(forward, one.strike);
        });
      }),
      runs,
    );
  });

  it("lie between nothing and the forward or the strike", () => {
    fc.assert(
      fc.property(option, (terms) => {
        const most = (at: number) =>
          terms.call ? terms.forward * (1 + (moves[Math.min(at % columns, 20)] ?? 0)) : terms.strike;
        const slack = 1e-14 * Math.max(terms.forward, terms.strike);
        return values(simd, { ...terms, quantity: 1 }, moves, changes).every(
          (value, at) => value >= -slack && value <= most(at) + slack,
        );
      }),
      runs,
    );
  });

  it("are monotone and convex in the price and rise with volatility", () => {
    fc.assert(
      fc.property(option, (terms) => {
        const grid = values(simd, { ...terms, quantity: 1 }, moves, changes);
        const at = (row: number, column: number): number => grid[row * columns + column] ?? Number.NaN;
        const slack = 1e-13 * Math.max(terms.forward, terms.strike);
        const sign = terms.call ? 1 : -1;
        for (let row = 0; row < 11; row++) {
          for (let column = 1; column < 21; column++) {
            if (sign * (at(row, column) - at(row, column - 1)) < -slack) return false;
            if (column < 20 && at(row, column + 1) - 2 * at(row, column) + at(row, column - 1) < -slack) return false;
          }
          for (let column = 0; row > 0 && column < 21; column++)
            if (at(row, column) - at(row - 1, column) < -slack) return false;
        }
        return true;
      }),
      runs,
    );
  });
});

describe("profit of a book by the engine", () => {
  it("is exactly 0 where nothing moves", () => {
    fc.assert(
      fc.property(book, (options) => {
        expect(bookSurface(simd, input(options))[still * 21 + 10]).toBe(0);
        const one = { count: 1, priceMoves: Float64Array.of(0), volatilityChanges: Float64Array.of(0) };
        expect(scenarioProfits(simd, bookOf(options), one)[0]).toBe(0);
      }),
      runs,
    );
  });

  it("doubles bit for bit when every quantity doubles", () => {
    fc.assert(
      fc.property(book, (options) => {
        const twice = options.map((one) => ({ ...one, quantity: 2 * (one.quantity ?? 1) }));
        expect(bookSurface(simd, input(twice))).toEqual(bookSurface(simd, input(options)).map((value) => 2 * value));
      }),
      runs,
    );
  });

  it("is the same bits from WebAssembly and from typed arrays", () => {
    const fallback = typedArrayKernel(1 << 18);
    fc.assert(
      fc.property(book, (options) => {
        expect(bookSurface(fallback, input(options))).toEqual(bookSurface(simd, input(options)));
        const joint = { count: 21, priceMoves: moves, volatilityChanges: spaced(-0.4, 0.8, 21) };
        expect(scenarioProfits(fallback, bookOf(options), joint)).toEqual(
          scenarioProfits(simd, bookOf(options), joint),
        );
      }),
      runs,
    );
  });

  it("is the same at a cell whatever other cells are asked for, in any order", () => {
    fc.assert(
      fc.property(book, fc.shuffledSubarray([...moves], { minLength: 3 }), (options, some) => {
        const whole = bookSurface(simd, input(options));
        const part = bookSurface(simd, { ...input(options), priceMoves: Float64Array.from(some) });
        some.forEach((move, j) => {
          const column = moves.indexOf(move);
          for (let row = 0; row < 11; row++) expect(part[row * some.length + j]).toBe(whole[row * 21 + column]);
        });
      }),
      runs,
    );
  });

  it("does not depend on the order or the splitting of the book, to rounding", () => {
    fc.assert(
      fc.property(book, (options) => {
        const halves = [...options, ...options].reverse().map((one) => ({ ...one, quantity: (one.quantity ?? 1) / 2 }));
        const [whole, split] = [bookSurface(simd, input(options)), bookSurface(simd, input(halves))];
        const slack = 1e-15 * grossOf(options) * 30;
        return whole.every((value, at) => Math.abs(value - (split[at] ?? Number.NaN)) <= slack);
      }),
      runs,
    );
  });

  it.each([
    ["a forward of 0", { forward: 0 }],
    ["a strike below 0", { strike: -1 }],
    ["time below 0", { years: -0.1 }],
    ["a volatility that is no number", { volatility: Number.NaN }],
    ["a discount factor of 0", { discount: 0 }],
    ["a quantity that is not finite", { quantity: Number.POSITIVE_INFINITY }],
    ["a settlement price below 0", { settlementPrice: -1 }],
  ])("refuses %s", (_, wrong) => {
    const one = { forward: 100, strike: 100, years: 1, volatility: 0.5, call: true, ...wrong };
    expect(() => bookSurface(simd, input([one]))).toThrow();
  });

  it.each([-1, -1.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses the shock %d", (shock) => {
    const one = { forward: 100, strike: 100, years: 1, volatility: 0.5, call: true };
    expect(() => bookSurface(simd, { ...input([one]), priceMoves: Float64Array.of(shock) })).toThrow();
    expect(() => bookSurface(simd, { ...input([one]), volatilityChanges: Float64Array.of(shock) })).toThrow();
  });

  it("says where WebAssembly SIMD is missing, so that typed arrays take its place", () => {
    const { WebAssembly: present } = globalThis as { WebAssembly?: unknown };
    Object.assign(globalThis, { WebAssembly: undefined });
    try {
      expect(wasmKernel(1 << 16)).toBeUndefined();
    } finally {
      Object.assign(globalThis, { WebAssembly: present });
    }
  });
});
