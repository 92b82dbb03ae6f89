import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError, normalCdf, normalPdf } from "../../../core/base/index.ts";
import {
  chiSquareUpperTail,
  deltaGammaComponents,
  deltaGammaTail,
  diagonalLoss,
  factorCovariance,
  linearTail,
  matrixOfRows,
  matrixProduct,
  normalQuantile,
  quadraticMoments,
  quadraticUpperTail,
  randomStream,
  type SquareMatrix,
  spotVolatilityExposure,
  tailMultiples,
  tailOf,
} from "../../../core/measure/index.ts";
import { unwrapped } from "../result-value.ts";
import { goldenMeasures, relativeError } from "./golden-case.ts";

type Rows = readonly (readonly number[])[];
const matrix = (rows: Rows): SquareMatrix => unwrapped(matrixOfRows(rows));

describe("linearTail", () => {
  const closed = goldenMeasures<{
    readonly cases: readonly {
      readonly id: string;
      readonly input: { readonly V?: number; readonly alpha?: number; readonly t_dof?: number };
      readonly expected: Readonly<Record<string, number>>;
      readonly tolerance: { readonly rel?: number };
    }[];
  }>("measures-closed-form.json").cases.filter(({ id }) => id.startsWith("normal-t-"));

  it("finds the cases", () => expect(closed).toHaveLength(3));
  it.each(closed)("$id: normal and t of 10,000 at 20 % a year", ({ input, expected, tolerance }) => {
    const exposure = {
      factors: ["V"],
      deltas: Float64Array.of(input.V ?? 0),
      covariance: matrix([[0.04 / 250]]),
    };
    const normal = unwrapped(linearTail(exposure, { kind: "normal" }, input.alpha ?? 0));
    const t = unwrapped(linearTail(exposure, { kind: "student-t", degrees: input.t_dof ?? 0 }, input.alpha ?? 0));
    const found = {
      var_normal: normal.valueAtRisk,
      es_normal: normal.expectedShortfall,
      var_t4: t.valueAtRisk,
      es_t4: t.expectedShortfall,
    };
    for (const [name, figure] of Object.entries(found)) {
      expect(relativeError(figure, expected[name] ?? 0)).toBeLessThanOrEqual(tolerance.rel ?? 0);
    }
  });

  const crypto = goldenMeasures<{
    readonly series: { readonly btc_close: readonly number[]; readonly eth_close: readonly number[] };
    readonly cases: readonly { readonly id: string; readonly expected: Readonly<Record<string, unknown>> }[];
  }>("measures-crypto-historical.json");
  it("of 2.5 BTC and 20 ETH under EWMA covariance: VaR, ES, components, marginals, incrementals to 1e-8", () => {
    const expected = crypto.cases.find(({ id }) => id === "crypto-delta_normal_ewma")?.expected ?? {};
    const { btc_close: btc, eth_close: eth } = crypto.series;
    const change = (closes: readonly number[], i: number): number => (closes[i + 1] ?? 0) / (closes[i] ?? 1) - 1;
    const values = Float64Array.from(btc.slice(1).flatMap((_, i) => [change(btc, i), change(eth, i)]));
    const factors = ["price:BTC", "price:ETH"];
    const covariance = unwrapped(factorCovariance({ factors, values }, { kind: "ewma", lambda: 0.94 }));
    const [b, e] = [2.5 * (btc.at(-1) ?? 0), 20 * (eth.at(-1) ?? 0)];
    const tail = (deltas: readonly number[]) =>
      unwrapped(linearTail({ factors, deltas: Float64Array.from(deltas), covariance }, { kind: "normal" }, 0.99));
    const book = tail([b, e]);
    const near = (found: number, wanted: unknown): void =>
      expect(relativeError(found, Number(wanted))).toBeLessThanOrEqual(1e-8);
    near(book.deviation, expected.sd);
    near(book.valueAtRisk, expected.var99);
    near(book.expectedShortfall, expected.es99);
    const components = expected.component_var99 as readonly number[];
    const marginals = expected.marginal_var99 as readonly number[];
    for (const i of [0, 1]) {
      near(book.componentValueAtRisk.components[i] ?? 0, components[i]);
      near(book.marginalValueAtRisk[i] ?? 0, marginals[i]);
    }
    near(book.valueAtRisk - tail([b, 0]).valueAtRisk, expected.incremental_var99_remove_eth);
    near(book.valueAtRisk - tail([0, e]).valueAtRisk, expected.incremental_var99_remove_btc);
    expect(Math.abs(book.componentExpectedShortfall.difference)).toBeLessThan(1e-9);
  });
  it("sums its components to the measure, grows with confidence, and ES exceeds VaR", () => {
    const entry = fc.integer({ min: -9, max: 9 });
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 9, maxLength: 9 }),
        fc.array(entry, { minLength: 6, maxLength: 6 }),
        fc.constantFrom({ kind: "normal" } as const, { kind: "student-t", degrees: 4 } as const),
        (root, own, shape) => {
          const covariance = matrix(
            [0, 1, 2].map((i) =>
              [0, 1, 2].map((j) => [0, 1, 2].reduce((t, k) => t + (root[i * 3 + k] ?? 0) * (root[j * 3 + k] ?? 0), 0)),
            ),
          );
          const [deltas, means] = [Float64Array.from(own.slice(0, 3)), Float64Array.from(own.slice(3))];
          const tail = (c: number) =>
            unwrapped(linearTail({ factors: ["a", "b", "c"], deltas, covariance, means }, shape, c));
          const found = tail(0.99);
          expect(Math.abs(found.componentValueAtRisk.difference)).toBeLessThan(1e-9);
          expect(Math.abs(found.componentExpectedShortfall.difference)).toBeLessThan(1e-9);
          expect(found.expectedShortfall).toBeGreaterThanOrEqual(found.valueAtRisk - 1e-12);
          expect(found.valueAtRisk).toBeGreaterThanOrEqual(tail(0.95).valueAtRisk - 1e-12);
        },
      ),
    );
  });
  it("knows the multiples of the normal and refuses a t without a variance", () => {
    expect(tailMultiples({ kind: "normal" }, 0.99).valueAtRisk).toBeCloseTo(2.3263478740408408, 13);
    expect(() => tailMultiples({ kind: "student-t", degrees: 2 }, 0.99)).toThrow(DomainError);
  });
});

describe("deltaGammaTail", () => {
  const golden = goldenMeasures<{
    readonly cases: readonly {
      readonly id: string;
      readonly input: { readonly delta: readonly number[]; readonly gamma: Rows; readonly cov: Rows };
      readonly expected: Readonly<Record<string, number | boolean>>;
      readonly tolerance: { readonly moments_rel: number; readonly exact_rel: number };
    }[];
  }>("measures-delta-gamma.json").cases;
  const exposureOf = ({ delta, gamma, cov }: (typeof golden)[number]["input"]) => ({
    factors: delta.map((_, i) => `x${i}`),
    deltas: Float64Array.from(delta),
    gammas: matrix(gamma),
    covariance: matrix(cov),
  });

  it.each(golden)("$id", ({ input, expected, tolerance }) => {
    const exposure = exposureOf(input);
    const found = unwrapped(deltaGammaTail(exposure, 0.99));
    const { mean, deviation, skewness, excessKurtosis } = found.moments;
    const linear = unwrapped(linearTail(exposure, { kind: "normal" }, 0.99));
    const figures = [
      ...([["mean", mean] as const, ["sd", deviation], ["skewness", skewness]] as const),
      ...([["excess_kurtosis", excessKurtosis] as const, ["delta_normal_var99", linear.valueAtRisk]] as const),
      ...([["delta_gamma_normal_var99", found.normalValueAtRisk]] as const),
      ...([["cornish_fisher_var99", found.cornishFisher.valueAtRisk]] as const),
    ];
    for (const [name, figure] of figures) {
      expect(relativeError(figure, Number(expected[name]))).toBeLessThanOrEqual(tolerance.moments_rel);
    }
    expect(found.cornishFisher.monotone).toBe(expected.cornish_fisher_monotone);
    expect(relativeError(found.valueAtRisk, Number(expected.exact_var99))).toBeLessThanOrEqual(tolerance.exact_rel);
  });
  it("of a short straddle is the chi-square law itself, to 1e-12: L = 11,520·z²", () => {
    const [straddle] = golden;
    if (straddle === undefined) throw new Error("no case");
    const { valueAtRisk, expectedShortfall } = unwrapped(deltaGammaTail(exposureOf(straddle.input), 0.99));
    const q = normalQuantile(0.995);
    expect(relativeError(valueAtRisk, 11520 * q ** 2)).toBeLessThan(1e-12);
    const exact = 11520 * ((2 * q * normalPdf(q)) / 0.01 + 1);
    expect(relativeError(expectedShortfall, exact)).toBeLessThan(1e-12);
    // The case's exact_es99 is 5.2e-6 above this closed form (test/golden/measures/README.md): no figure can meet it to its 2e-6.
    expect(relativeError(Number(straddle.expected.exact_es99), exact)).toBeLessThan(6e-6);
    expect(relativeError(expectedShortfall, Number(straddle.expected.exact_es99))).toBeLessThan(6e-6);
  });
  it("is the normal figure without gamma", () => {
    fc.assert(
      fc.property(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 9 }), (a, b) => {
        const exposure = {
          ...{ factors: ["x", "y"], deltas: Float64Array.of(a, b) },
          gammas: matrix([
            [0, 0],
            [0, 0],
          ]),
          covariance: matrix([
            [4, 1],
            [1, 2],
          ]),
        };
        const linear = unwrapped(linearTail(exposure, { kind: "normal" }, 0.975));
        const found = unwrapped(deltaGammaTail(exposure, 0.975));
        expect(relativeError(found.valueAtRisk, linear.valueAtRisk)).toBeLessThan(1e-12);
        expect(relativeError(found.expectedShortfall, linear.expectedShortfall)).toBeLessThan(1e-11);
      }),
    );
  });
  it("agrees with simulation of the quadratic for random books, gains and losses capped or not", () => {
    const entry = fc.integer({ min: -5, max: 5 });
    const stream = randomStream(77);
    const normals = Float64Array.from({ length: 3 * 40_000 }, () => normalQuantile(stream.nextOpen()));
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 18, maxLength: 18 }),
        fc.integer({ min: -4, max: 4 }),
        (cells, certain) => {
          const at = (i: number, j: number): number => cells[i * 3 + j] ?? 0;
          const root = matrix([0, 1, 2].map((i) => [0, 1, 2].map((j) => at(i, j) + (i === j ? 6 : 0))));
          const transposed = matrix([0, 1, 2].map((i) => [0, 1, 2].map((j) => at(j, i) + (i === j ? 6 : 0))));
          const covariance = matrixProduct(root, transposed);
          const gammas = matrix(
            [0, 1, 2].map((i) => [0, 1, 2].map((j) => (at(3, i) * (i === j ? 1 : 0)) / 20 + at(4, 0) / 50)),
          );
          const deltas = Float64Array.from([at(5, 0), at(5, 1), at(5, 2)]);
          const exposure = { factors: ["x", "y", "z"], deltas, gammas, covariance, certain };
          const found = unwrapped(deltaGammaTail(exposure, 0.975));
          const losses = Float64Array.from({ length: 40_000 }, (_, path) => {
            const x = [0, 1, 2].map((i) =>
              [0, 1, 2].reduce((t, k) => t + (root.values[i * 3 + k] as number) * (normals[path * 3 + k] as number), 0),
            );
            return x.reduce(
              (loss, xi, i) =>
                loss -
                (deltas[i] as number) * xi -
                0.5 * x.reduce((t, xj, j) => t + (gammas.values[i * 3 + j] as number) * xi * xj, 0),
              -certain,
            );
          });
          const tail = unwrapped(tailOf(losses, { confidence: 0.975 }));
          const scale = Math.max(found.moments.deviation, 1e-9);
          expect(Math.abs(found.valueAtRisk - tail.valueAtRisk) / scale).toBeLessThan(0.12);
          expect(Math.abs(found.expectedShortfall - tail.expectedShortfall) / scale).toBeLessThan(0.2);
          expect(found.expectedShortfall).toBeGreaterThanOrEqual(found.valueAtRisk - 1e-9 * scale);
        },
      ),
      { numRuns: 25 },
    );
  });
  it("grows with confidence over all of it", () => {
    const mixed = golden[2];
    if (mixed === undefined) throw new Error("no case");
    const figures = [0.01, 0.3, 0.5, 0.9, 0.99, 0.9999, 0.9999999].map((c) =>
      unwrapped(deltaGammaTail(exposureOf(mixed.input), c)),
    );
    for (const [i, { valueAtRisk, expectedShortfall }] of figures.entries()) {
      expect(expectedShortfall).toBeGreaterThan(valueAtRisk);
      if (i > 0) expect(valueAtRisk).toBeGreaterThan(figures[i - 1]?.valueAtRisk ?? 0);
    }
  });
  it("is the certain loss when nothing moves", () => {
    const zero = matrix([[0]]);
    const exposure = { factors: ["x"], deltas: Float64Array.of(3), gammas: zero, covariance: zero, certain: -7 };
    expect(unwrapped(deltaGammaTail(exposure, 0.99))).toMatchObject({ valueAtRisk: 7, expectedShortfall: 7 });
  });
  it("refuses a covariance that is not positive semidefinite and names its eigenvalue", () => {
    const covariance = matrix([
      [1, 2],
      [2, 1],
    ]);
    const gammas = matrix([
      [1, 0],
      [0, 1],
    ]);
    const found = deltaGammaTail({ factors: ["x", "y"], deltas: Float64Array.of(1, 1), gammas, covariance }, 0.99);
    expect(found.ok || found.failure.message).toContain("smallest eigenvalue is -");
  });
  it("splits into components of the parts that sum to VaR and ES", () => {
    const mixed = golden[2];
    if (mixed === undefined) throw new Error("no case");
    const { factors, deltas, gammas, covariance } = exposureOf(mixed.input);
    const none = { size: 2, values: new Float64Array(4) };
    const parts = [
      { name: "options", deltas: new Float64Array(2), gammas },
      { name: "futures", deltas, gammas: none, certain: 100 },
      { name: "nothing", deltas: new Float64Array(2), gammas: none },
    ];
    const found = unwrapped(deltaGammaComponents(parts, factors, covariance, 0.99));
    for (const { components, difference, measure } of [found.valueAtRisk, found.expectedShortfall]) {
      expect(Math.abs(difference / measure)).toBeLessThan(1e-6);
      expect(components[2]).toBe(0);
    }
    expect(relativeError(found.valueAtRisk.measure, 43091.1385693069 - 100)).toBeLessThan(2e-6);
  });
});

describe("quadraticUpperTail", () => {
  const form = (b: readonly number[], l: readonly number[]) => ({ b: Float64Array.from(b), l: Float64Array.from(l) });
  it("of one square is chi-square, on both sides of its bound", () => {
    for (const x of [-1, 0.001, 0.3, 1, 5, 30, 200]) {
      const exact = x < 0 ? 1 : chiSquareUpperTail(2 * x, 1);
      expect(relativeError(quadraticUpperTail(form([0], [1]), x).probability, exact)).toBeLessThan(1e-11);
    }
    expect(quadraticUpperTail(form([0], [-1]), 0.1).probability).toBe(0);
    expect(quadraticUpperTail(form([0], [-1]), -0.5).probability).toBeCloseTo(1 - chiSquareUpperTail(1, 1), 12);
  });
  it("of equal squares is chi-square of more degrees", () => {
    for (const x of [1, 4, 20]) {
      const { probability } = quadraticUpperTail(form([0, 0, 0, 0, 0], [1, 1, 1, 1, 1]), x);
      expect(relativeError(probability, chiSquareUpperTail(2 * x, 5))).toBeLessThan(1e-11);
    }
  });
  it("of a difference of squares is symmetric, and of a linear form normal", () => {
    const both = form([0.3, 0.3], [1, -1]);
    for (const x of [0, 0.5, 3]) {
      const [above, below] = [quadraticUpperTail(both, x), quadraticUpperTail(both, -x)];
      expect(above.probability + below.probability).toBeCloseTo(1, 12);
      const linear = quadraticUpperTail(form([1, 2], [0, 0]), x);
      expect(relativeError(linear.probability, normalCdf(-x / Math.sqrt(5)))).toBeLessThan(1e-12);
    }
  });
  it("equals the Gil-Pelaez integral on the real axis", () => {
    const many = form([0.5, -0.3, 0.2, 0.4, 0.1, 0.2], [0.6, -0.4, 0.3, 0.2, -0.5, 0.3]);
    for (const x of [-1, 0.2, 2]) {
      let integral = 0;
      const step = 1e-3;
      // Midpoint rule far beyond the decay of the characteristic function.
      for (let t = step / 2; t < 400; t += step) {
        let [logSize, angle] = [0, -t * x];
        many.l.forEach((l, j) => {
          const norm = 1 + l * l * t * t;
          const square = (many.b[j] as number) ** 2 * t * t;
          logSize += -0.25 * Math.log(norm) - (0.5 * square) / norm;
          angle += 0.5 * Math.atan(l * t) - (0.5 * square * l * t) / norm;
        });
        integral += (Math.exp(logSize) * Math.sin(angle) * step) / t;
      }
      expect(quadraticUpperTail(many, x).probability).toBeCloseTo(0.5 + integral / Math.PI, 6);
    }
  });
  it("has a density and an excess that are its derivative and its integral", () => {
    const mixed = form([0.4, -0.2], [0.7, -0.3]);
    const h = 1e-4;
    for (const x of [-0.5, 0.4, 2, 6]) {
      const [up, middle, down] = [x + h, x, x - h].map((at) => quadraticUpperTail(mixed, at));
      if (up === undefined || middle === undefined || down === undefined) throw new Error("three points");
      expect(relativeError((down.probability - up.probability) / (2 * h), middle.density)).toBeLessThan(1e-6);
      expect(relativeError((down.excess - up.excess) / (2 * h), middle.probability)).toBeLessThan(1e-6);
    }
  });
});

describe("spotVolatilityExposure", () => {
  it("lays vanna and volga out beside gamma, and its diagonal form has the same moments", () => {
    const covariance = matrix([
      [4, 1, -0.5],
      [1, 2, -0.3],
      [-0.5, -0.3, 1],
    ]);
    const exposure = spotVolatilityExposure(
      {
        ...{ spots: ["S1", "S2"], volatilities: ["v"], deltas: [1, 2], vegas: [3] },
        ...{
          gammas: [
            [0.1, 0],
            [0, 0.2],
          ],
          vannas: [[0.3], [0.4]],
          volgas: [[0.5]],
        },
      },
      covariance,
      -1,
    );
    expect([...exposure.gammas.values]).toEqual([0.1, 0, 0.3, 0, 0.2, 0.4, 0.3, 0.4, 0.5]);
    const moments = unwrapped(quadraticMoments(exposure));
    const { b, l, certain } = unwrapped(diagonalLoss(exposure));
    expect(moments.mean).toBeCloseTo(-certain - l.reduce((total, entry) => total + entry / 2, 0), 12);
    const variance = b.reduce((total, entry, j) => total + entry * entry + (l[j] as number) ** 2 / 2, 0);
    expect(moments.deviation ** 2).toBeCloseTo(variance, 10);
  });
});
