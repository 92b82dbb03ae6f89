import { describe, expect, it } from "vitest";
import { linearReverseStress, quadraticReverseStress } from "../../../../core/analysis/index.ts";
import { DomainError } from "../../../../core/base/index.ts";
import { covarianceOf, matrixOfRows, type SquareMatrix } from "../../../../core/measure/index.ts";
import reference from "../../../golden/measures/measures-reverse-stress.json" with { type: "json" };

function matrix(rows: readonly (readonly number[])[]): SquareMatrix {
  const found = matrixOfRows(rows);
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

function near(found: number | undefined, expected: number, tolerance: number): void {
  expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

function caseOf(id: string): (typeof reference.cases)[number] {
  const found = reference.cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

const linear = caseOf("rst_linear");
const quadratic = caseOf("rst_dg1");

describe("linearReverseStress", () => {
  it(`reproduces ${linear.id}: ${linear.source}`, () => {
    const { delta, sd, corr, target_loss } = linear.input as {
      delta: number[];
      sd: number[];
      corr: number[][];
      target_loss: number;
    };
    const expected = linear.expected as { shock: number[]; mahalanobis: number; prob_halfspace: number };
    const tolerance = linear.tolerance.rel;
    const found = linearReverseStress(
      Float64Array.from(delta),
      covarianceOf(Float64Array.from(sd), matrix(corr)),
      target_loss,
    );
    expected.shock.forEach((shock, at) => {
      near(found?.shock[at], shock, tolerance);
    });
    near(found?.norm, expected.mahalanobis, tolerance);
    near(found?.halfSpaceProbability, expected.prob_halfspace, tolerance);
  });
  it("finds nothing for a book that does not move", () =>
    expect(
      linearReverseStress(
        new Float64Array(2),
        matrix([
          [1, 0],
          [0, 1],
        ]),
        5,
      ),
    ).toBeUndefined());
  it("refuses a loss of 0", () =>
    expect(() => linearReverseStress(new Float64Array(1), matrix([[1]]), 0)).toThrow(DomainError));
});

describe("quadraticReverseStress", () => {
  it(`reproduces ${quadratic.id}: ${quadratic.source}`, () => {
    const { delta, gamma, cov, target_loss } = quadratic.input as {
      delta: number[];
      gamma: number[][];
      cov: number[][];
      target_loss: number;
    };
    const expected = quadratic.expected as {
      shock: number[];
      mahalanobis: number;
      multiplier: number;
      hard_case: boolean;
    };
    const tolerance = quadratic.tolerance.rel;
    const found = quadraticReverseStress(Float64Array.from(delta), matrix(gamma), matrix(cov), target_loss);
    if (!found.feasible) throw new Error("infeasible");
    expected.shock.forEach((shock, at) => {
      near(found.moves[0]?.shock[at], shock, tolerance);
    });
    near(found.moves[0]?.norm, expected.mahalanobis, tolerance);
    near(found.multiplier, expected.multiplier, tolerance);
    expect(found.hardCase).toBe(expected.hard_case);
  });
  it("is the linear answer without gammas", () => {
    const covariance = matrix([
      [4, 1],
      [1, 2],
    ]);
    const deltas = Float64Array.of(3, -1);
    const found = quadraticReverseStress(
      deltas,
      matrix([
        [0, 0],
        [0, 0],
      ]),
      covariance,
      10,
    );
    const line = linearReverseStress(deltas, covariance, 10);
    if (!found.feasible) throw new Error("infeasible");
    near(found.moves[0]?.norm, line?.norm ?? 0, 1e-12);
    near(found.moves[0]?.shock[0], line?.shock[0] ?? 0, 1e-12);
  });
  it("answers both directions of a short straddle, ½·50·x² = 100 at x = ±2", () => {
    const found = quadraticReverseStress(Float64Array.of(0), matrix([[-50]]), matrix([[4]]), 100);
    if (!found.feasible) throw new Error("infeasible");
    expect(found.hardCase).toBe(true);
    expect(found.moves.map(({ shock }) => shock[0]).sort()).toEqual([-2, 2]);
    expect(found.moves.map(({ norm }) => norm)).toEqual([1, 1]);
  });
  it("says the most a long straddle with a tilt can lose: d²/2G = 8²/(2·4) = 8", () => {
    const found = quadraticReverseStress(Float64Array.of(8), matrix([[4]]), matrix([[1]]), 10);
    expect(found.feasible).toBe(false);
    if (!found.feasible) near(found.mostLoss, 8, 1e-12);
  });
});
