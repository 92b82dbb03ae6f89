import { describe, expect, it } from "vitest";
import {
  factorPush,
  quadraticReverseStress,
  runStressPush,
  type StressPushRun,
  worstInEllipsoid,
} from "../../../../core/analysis/index.ts";
import { DomainError } from "../../../../core/base/index.ts";
import { covarianceOf, matrixOfRows, randomStream, type SquareMatrix } from "../../../../core/measure/index.ts";
import reference from "../../../golden/measures/measures-reverse-stress.json" with { type: "json" };
import { unwrapped } from "../../result-value.ts";
import { manyUnderlyings, statedCovariance } from "../reverse-stress/many-underlyings.ts";
import { tinyMethodology, tinyRules } from "../tiny-methodology.ts";

const matrix = (rows: readonly (readonly number[])[]): SquareMatrix => unwrapped(matrixOfRows(rows));
const none = (size: number): SquareMatrix => ({ size, values: new Float64Array(size * size) });
const near = (found: number | undefined, expected: number, tolerance: number): void =>
  expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThanOrEqual(
    tolerance * Math.max(1e-9, Math.abs(expected)),
  );

describe("worstInEllipsoid", () => {
  const [linear, quadratic] = reference.cases;

  it("is the reverse stress asked forward: at its norm the loss is its target", () => {
    const { delta, sd = [], corr = [], target_loss } = linear?.input ?? { delta: [], target_loss: 0 };
    const { mahalanobis, shock } = linear?.expected ?? { mahalanobis: 0, shock: [] };
    const covariance = covarianceOf(Float64Array.from(sd), matrix(corr));
    const found = worstInEllipsoid(Float64Array.from(delta), none(3), covariance, mahalanobis);
    near(found.loss, target_loss, 1e-9);
    shock.forEach((move, at) => {
      near(found.moves[0]?.shock[at], move, 1e-6);
    });
    const bent = quadratic?.input ?? { delta: [], gamma: [], cov: [], target_loss: 0 };
    const at = quadratic?.expected.mahalanobis ?? 0;
    const worst = worstInEllipsoid(Float64Array.from(bent.delta), matrix(bent.gamma ?? []), matrix(bent.cov ?? []), at);
    near(worst.loss, bent.target_loss, 1e-6);
  });

  it("knows both directions of a straddle", () => {
    const found = worstInEllipsoid(
      new Float64Array(2),
      matrix([
        [-2, 0],
        [0, 1],
      ]),
      matrix([
        [4, 0],
        [0, 1],
      ]),
      3,
    );
    // ½·2·(3·2)² = 36.
    near(found.loss, 36, 1e-12);
    expect(found.moves.map(({ shock }) => Array.from(shock))).toEqual([
      [6, 0],
      [-6, 0],
    ]);
    expect(found.moves.every(({ norm }) => Math.abs(norm - 3) < 1e-12)).toBe(true);
  });

  it("stays inside where the book has a bottom", () => {
    const found = worstInEllipsoid(Float64Array.of(2), matrix([[4]]), matrix([[1]]), 10);
    near(found.loss, 0.5, 1e-12);
    near(found.moves[0]?.shock[0], -0.5, 1e-12);
    expect(worstInEllipsoid(Float64Array.of(0), matrix([[4]]), matrix([[1]]), 10)).toEqual({ loss: 0, moves: [] });
  });

  it("is not beaten by any of a thousand moves, and its norm reaches it again", () => {
    const stream = randomStream(3);
    const draw = (): number => 2 * stream.nextOpen() - 1;
    for (let book = 0; book < 20; book++) {
      const deltas = Float64Array.from({ length: 3 }, draw);
      const [a, b, c, d, e, f] = Array.from({ length: 6 }, draw) as [number, number, number, number, number, number];
      const gammas = matrix([
        [a, b, c],
        [b, d, e],
        [c, e, f],
      ]);
      const covariance = matrix([
        [1, 0.3, 0],
        [0.3, 2, -0.4],
        [0, -0.4, 0.5],
      ]);
      const radius = 1.7;
      const { loss } = worstInEllipsoid(deltas, gammas, covariance, radius);
      const again = quadraticReverseStress(deltas, gammas, covariance, loss);
      if (again.feasible) expect(again.moves[0]?.norm).toBeLessThanOrEqual(radius * (1 + 1e-9));
      const lossOf = (x: Float64Array): number => {
        let gain = 0;
        for (let i = 0; i < 3; i++) {
          gain += (deltas[i] ?? 0) * (x[i] ?? 0);
          for (let j = 0; j < 3; j++) gain += 0.5 * (gammas.values[3 * i + j] ?? 0) * (x[i] ?? 0) * (x[j] ?? 0);
        }
        return -gain;
      };
      const diagonal = [1, Math.sqrt(2 - 0.09), 0];
      const low = -0.4 / (diagonal[1] ?? 1);
      for (let turn = 0; turn < 50; turn++) {
        const z = Float64Array.from({ length: 3 }, draw);
        const length = Math.hypot(...z) / radius;
        const [p = 0, q = 0, r = 0] = z.map((entry) => entry / length);
        const x = Float64Array.of(p, 0.3 * p + (diagonal[1] ?? 0) * q, low * q + Math.sqrt(0.5 - low * low) * r);
        expect(lossOf(x)).toBeLessThanOrEqual(loss + 1e-9);
      }
    }
  });

  it("refuses a radius below 0", () =>
    expect(() => worstInEllipsoid(new Float64Array(1), none(1), matrix([[1]]), -1)).toThrow(DomainError));
});

describe("factorPush", () => {
  it("keeps each losing side, and changes it where the others make the other side worse", () => {
    const linear = factorPush(3, ([a = 0, b = 0, c = 0]) => 2 * a - 3 * b + 0 * c, 10);
    expect(Array.from(linear.first)).toEqual([-1, 1, 0]);
    expect(linear).toMatchObject({ rounds: 1, settled: true });
    // Alone b gains little either way; with a pushed down its other side loses more.
    const crossed = factorPush(2, ([a = 0, b = 0]) => 5 * a - 1 * b + 4 * a * -b, 10);
    expect(Array.from(crossed.first)).toEqual([-1, 1]);
    expect(Array.from(crossed.last)).toEqual([-1, -1]);
    expect(crossed).toMatchObject({ rounds: 2, settled: true });
    expect(factorPush(2, ([a = 0, b = 0]) => 5 * a - 1 * b + 4 * a * -b, 1).settled).toBe(false);
  });
});

describe("runStressPush", () => {
  const names = ["U0", "U1", "U2"];
  const run: StressPushRun = {
    ...{ ...manyUnderlyings(names), methodology: tinyMethodology, rules: tinyRules },
    ...{ covariance: statedCovariance(names), push: 3, rounds: 10, ladder: [1, 2, 3, 5, 10], confidence: 0.99 },
    balances: [{ currency: "USDC", equity: 3000 }],
  };

  it("pushes all factors together: no smaller a loss than any alone, and an improbable move", async () => {
    const found = unwrapped(await runStressPush(run));
    const { together, first, alone, ladder, ellipsoid } = found;
    expect(together.pnlUsd).toBeLessThanOrEqual(first.pnlUsd);
    for (const { downPnlUsd, upPnlUsd } of alone)
      expect(together.pnlUsd).toBeLessThanOrEqual(Math.min(0, downPnlUsd, upPnlUsd));
    for (const { deviations } of together.factors) expect([-3, 0, 3]).toContain(Math.round(deviations * 1e9) / 1e9);
    expect(together.norm).toBeGreaterThan(3);
    expect(ladder).toHaveLength(names.length * 2 * 10);
    const step = ladder.find(({ factor, deviations }) => factor === "price:U0" && deviations === -3);
    expect(step?.pnlUsd).toBe(alone.find(({ factor }) => factor === "price:U0")?.downPnlUsd);
    expect(ellipsoid.worst.norm).toBeCloseTo(ellipsoid.radius, 9);
    expect(ellipsoid.lossUsd).toBeGreaterThan(0);
    expect(-ellipsoid.worst.pnlUsd / ellipsoid.lossUsd).toBeGreaterThan(0.5);
    expect(found).toMatchObject({ settled: true, before: { marginBalanceUsd: 3000 } });
  });
});
