import { describe, expect, it } from "vitest";
import { blackValue } from "../../../core/pricing/index.ts";
import {
  bookSurface,
  correlatedMoves,
  meanProfitOnPaths,
  nestedSurface,
  pathProfits,
  scenarioProfits,
  unitCells,
  worstCells,
} from "../../../core/revaluation/engine/index.ts";
import { volatilityNodes } from "../../../core/revaluation/engine/volatility-nodes.ts";
import { bookOf, distance, grossOf, simd, spaced, type Terms } from "./engine-book.ts";

/** A varied book without a seed: fractional parts of multiples of irrational steps. */
const options: readonly Terms[] = Array.from({ length: 400 }, (_, i) => {
  const part = (step: number): number => (i * step) % 1;
  const forward = [60_000, 3_000, 140, 100][i % 4] ?? 100;
  return {
    forward,
    strike: forward * (0.6 + 0.9 * part(0.618034)),
    years: 0.003 + 1.5 * part(0.414214) ** 2,
    volatility: 0.3 + 0.7 * part(0.732051),
    call: i % 3 !== 0,
    quantity: Math.round((part(0.236068) - 0.5) * 40) * (1_000 / forward),
    discount: 0.95 + 0.05 * part(0.645751),
    underlying: i % 4,
  };
});
const book = bookOf(options);
const gross = grossOf(options);

/** Profit of the book by the formula, one option after the other. */
function plainProfit(growth: (underlying: number) => number, factor: number): number {
  return options.reduce(
    (total, { forward, strike, years, volatility, call, quantity = 1, discount = 1, underlying = 0 }) => {
      const shocked = blackValue(forward * growth(underlying), strike, years, volatility * factor, call);
      return total + quantity * discount * (shocked - blackValue(forward, strike, years, volatility, call));
    },
    0,
  );
}

describe("bookSurface", () => {
  const exact = {
    book,
    priceMoves: spaced(-0.5, 0.5, 11),
    volatilityChanges: spaced(-0.5, 0.5, 61),
    volatilityAxis: "exact" as const,
  };

  it("is the profit by the formula at every cell", () => {
    const surface = bookSurface(simd, exact);
    for (const row of [0, 7, 30, 60]) {
      exact.priceMoves.forEach((move, column) => {
        const expected = plainProfit(() => 1 + move, 1 + (exact.volatilityChanges[row] ?? 0));
        expect(Math.abs((surface[row * 11 + column] ?? Number.NaN) - expected) / gross).toBeLessThan(1e-14);
      });
    }
  });

  it.each([0.25, 0.5, 0.8])("on volatility nodes is the exact surface, for rows up to %d apart", (width) => {
    const input = { ...exact, volatilityChanges: spaced(-width, width, 121) };
    expect(volatilityNodes(input.volatilityChanges.map((change) => 1 + change))?.factors.length).toBeLessThan(60);
    const nodes = bookSurface(simd, { ...input, volatilityAxis: "nodes" });
    expect(distance(nodes, bookSurface(simd, input)) / gross).toBeLessThan(1e-12);
  });

  it("on volatility nodes keeps every option within 1e-12 of its forward", () => {
    for (const years of [1e-3, 0.05, 0.3, 1.5]) {
      for (const strike of [40, 80, 99, 100, 130, 250]) {
        const one = bookOf([{ forward: 100, strike, years, volatility: 0.9, call: true }]);
        const input = { ...exact, book: one };
        const nodes = bookSurface(simd, { ...input, volatilityAxis: "nodes" });
        expect(distance(nodes, bookSurface(simd, input)) / Math.max(100, strike)).toBeLessThan(1e-12);
      }
    }
  });

  it("weighs coin-settled options by their value in coin", () => {
    const [spot, forward, strike, years, volatility] = [60_000, 61_000, 65_000, 0.2, 0.7];
    const one = bookOf([{ forward, strike, years, volatility, call: false, quantity: -3, settlementPrice: spot }]);
    const surface = bookSurface(simd, { ...exact, book: one });
    exact.priceMoves.forEach((move, column) => {
      const value = blackValue(forward * (1 + move), strike, years, volatility * 0.5, false) / (spot * (1 + move));
      const expected = -3 * (value - blackValue(forward, strike, years, volatility, false) / spot);
      expect(Math.abs((surface[column] ?? Number.NaN) - expected)).toBeLessThan(1e-13);
    });
  });
});

describe("scenarioProfits", () => {
  const count = 101;
  const scenarios = {
    count,
    priceMoves: Float64Array.from({ length: 4 * count }, (_, i) => 0.6 * ((i * 0.317) % 1) - 0.3),
    volatilityChanges: Float64Array.from({ length: 4 * count }, (_, i) => ((i * 0.711) % 1) - 0.4),
  };

  it("is the profit by the formula in every scenario, each underlying by its own shocks", () => {
    const one = { ...scenarios, volatilityChanges: new Float64Array(4 * count).fill(0.25) };
    const profit = scenarioProfits(simd, book, one);
    for (const j of [0, 1, 50, 100]) {
      const expected = plainProfit((underlying) => 1 + (one.priceMoves[underlying * count + j] ?? 0), 1.25);
      expect(Math.abs((profit[j] ?? Number.NaN) - expected) / gross).toBeLessThan(1e-14);
    }
  });

  it("is the sum over underlyings", () => {
    const parts = [0, 1, 2, 3].map((underlying) =>
      scenarioProfits(simd, bookOf(options.filter((one) => one.underlying === underlying)), scenarios),
    );
    const total = parts.reduce((sum, part) => sum.map((value, i) => value + (part[i] ?? 0)));
    expect(distance(total, scenarioProfits(simd, book, scenarios)) / gross).toBeLessThan(1e-15);
  });
});

describe("worstCells", () => {
  it("finds the worst cell of each account from instruments priced once", () => {
    const priceMoves = spaced(-0.15, 0.15, 35);
    const volatilityChanges = Float64Array.from(priceMoves, (_, j) => [-0.25, 0, 0.5][j % 3] ?? 0);
    const units = unitCells(simd, { book, priceMoves, volatilityChanges });
    const starts = Uint32Array.of(0, 3, 3, 8);
    const rows = Float64Array.of(5, 17, 5, 399, 0, 2, 8, 8);
    const quantities = Float64Array.of(2, -3, 1, -1, 4, 0.5, 7, -7);
    const worst = worstCells(simd, units, starts, rows, quantities);
    const expected = [0, 1, 2].map((account) => {
      const cells = Array.from(priceMoves, (_, cell) => {
        let total = 0;
        for (let i = starts[account] ?? 0; i < (starts[account + 1] ?? 0); i++)
          total += (quantities[i] ?? 0) * (units.values[(rows[i] ?? 0) * units.stride + cell] ?? Number.NaN);
        return total;
      });
      return Math.min(...cells);
    });
    expect([...worst]).toEqual(expected);
    expect(worst[1]).toBe(0);
  });
});

describe("nestedSurface", () => {
  const market = { priceMoves: spaced(-0.4, 0.4, 5), volatilityChanges: spaced(-0.3, 0.6, 31) };
  const risk = {
    priceMoves: Float64Array.of(-0.15, 0, 0.15, -0.15, 0.15, -0.45, 0.45),
    volatilityChanges: Float64Array.of(-0.25, -0.25, -0.25, 0.5, 0.5, 0, 0),
  };
  const exact = nestedSurface(simd, { book, market, risk, volatilityAxis: "exact" });

  it("is the worst loss of the risk matrix at every shocked market", () => {
    for (const [row, column] of [
      [0, 0],
      [10, 2],
      [30, 4],
    ] as const) {
      const [p, w] = [market.priceMoves[column] ?? 0, market.volatilityChanges[row] ?? 0];
      const at = plainProfit(() => 1 + p, 1 + w);
      const cells = Array.from(risk.priceMoves, (move, j) => {
        const factor = (1 + w) * (1 + (risk.volatilityChanges[j] ?? 0));
        return plainProfit(() => (1 + p) * (1 + move), factor) - at;
      });
      const expected = Math.max(0, -Math.min(...cells));
      expect(Math.abs((exact[row * 5 + column] ?? Number.NaN) - expected) / gross).toBeLessThan(1e-14);
    }
  });

  it("on volatility nodes is the plain one to 1e-12 of gross notional", () => {
    const nodes = nestedSurface(simd, { book, market, risk, volatilityAxis: "nodes" });
    expect(distance(nodes, exact) / gross).toBeLessThan(1e-12);
  });
});

describe("pathProfits", () => {
  const paths = 2_001;
  const draws = {
    factors: 4,
    paths,
    cholesky: Float64Array.of(1, 0, 0, 0, 0.6, 0.8, 0, 0, 0.3, 0.4, Math.sqrt(0.75), 0, 0.2, 0.2, 0.2, Math.sqrt(0.88)),
    volatilities: Float64Array.of(0.03, 0.05, 0.04, 0.06),
    scales: Float64Array.from({ length: paths }, (_, i) => 0.5 + ((i * 0.377) % 1)),
    normals: Float64Array.from({ length: 4 * paths }, (_, i) => 6 * ((i * 0.5741) % 1) - 3),
  };
  const moves = correlatedMoves(simd, draws);

  it("correlates the draws by the Cholesky factor", () => {
    for (const path of [0, 1, 1_000, 2_000]) {
      for (let u = 0; u < 4; u++) {
        let expected = 0;
        for (let k = 0; k <= u; k++) expected += (draws.cholesky[4 * u + k] ?? 0) * (draws.normals[4 * path + k] ?? 0);
        expected *= (draws.volatilities[u] ?? 0) * (draws.scales[path] ?? 0);
        expect(Math.abs((moves.logMoves[u * paths + path] ?? Number.NaN) - expected)).toBeLessThan(1e-15);
      }
    }
  });

  it("by profile is the full revaluation to 1e-12 of gross notional", () => {
    const exact = pathProfits(simd, { book, moves, method: "exact" });
    expect(distance(pathProfits(simd, { book, moves, method: "profile" }), exact) / gross).toBeLessThan(1e-12);
    for (const path of [0, 777, 2_000]) {
      const expected = plainProfit((underlying) => Math.exp(moves.logMoves[underlying * paths + path] ?? 0), 1);
      expect(Math.abs((exact[path] ?? Number.NaN) - expected) / gross).toBeLessThan(1e-14);
    }
  });

  it("sends options of almost no volatility to the plain kernel", () => {
    const thin = { ...options[0], years: 1e-9, quantity: 50 } as Terms;
    const withThin = bookOf([...options, thin]);
    const exact = pathProfits(simd, { book: withThin, moves, method: "exact" });
    const profile = pathProfits(simd, { book: withThin, moves, method: "profile" });
    expect(distance(profile, exact) / grossOf([...options, thin])).toBeLessThan(1e-12);
  });

  it("splits the mean profit of chosen paths over the positions", () => {
    const tail = Uint32Array.of(3, 50, 1_999);
    const means = meanProfitOnPaths(simd, book, moves, tail);
    const exact = pathProfits(simd, { book, moves, method: "exact" });
    const mean = tail.reduce((total, path) => total + (exact[path] ?? Number.NaN), 0) / tail.length;
    expect(Math.abs(means.reduce((total, value) => total + value, 0) - mean) / gross).toBeLessThan(1e-14);
  });
});
