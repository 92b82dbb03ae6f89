import { normalCdf, normalPdf } from "../../base/index.ts";
import { gammaDensity, gammaQuantile } from "../distribution/incomplete-gamma.ts";
import { studentTCdf, studentTPdf, studentTQuantile } from "../distribution/student-t.ts";
import { hermiteTable } from "./hermite-table.ts";

/** Uniforms are multiples of 2⁻⁵³ or 2⁻³³: their normal scores stay inside. */
const widest = 8.5;

/**
 * Chi-square quantile of a normal score, for one draw a scenario: W with P(W ≤ w) = N(z).
 *
 * @param degrees ν; > 0
 * @returns function of z that gives W; relative error below 1e-8 of the exact quantile for ν ≥ 1
 */
export function chiSquareOfScore(degrees: number): (z: number) => number {
  const shape = degrees / 2;
  const logarithm = hermiteTable(
    (z) => {
      const x = gammaQuantile(shape, normalCdf(z), normalCdf(-z));
      return [Math.log(2 * x), normalPdf(z) / (x * gammaDensity(shape, x))];
    },
    -widest,
    widest,
    1 / 32,
  );
  return (z) => Math.exp(logarithm(z));
}

/**
 * Student t quantile of a normal score: t with T_ν(t) = N(z).
 *
 * @param degrees ν; > 0
 * @returns odd function of z; relative error below 1e-8 of the exact quantile for ν ≥ 1
 */
export function studentTOfScore(degrees: number): (z: number) => number {
  // asinh(t) is nearly straight in z in the middle and in the tails.
  const straight = hermiteTable(
    (z) => {
      if (z === 0) return [0, normalPdf(0) / studentTPdf(0, degrees)];
      const t = -studentTQuantile(normalCdf(-z), degrees);
      return [Math.asinh(t), normalPdf(z) / (studentTPdf(t, degrees) * Math.sqrt(1 + t * t))];
    },
    0,
    widest,
    1 / 64,
  );
  return (z) => (z < 0 ? -Math.sinh(straight(-z)) : Math.sinh(straight(z)));
}

/**
 * Tail of Student's t distribution: T_ν(−|y|).
 *
 * @param degrees ν; ≥ 1
 * @returns function of y; relative error below 2e-8 of the exact tail for ν ≤ 300
 */
export function studentTTail(degrees: number): (y: number) => number {
  const logarithm = hermiteTable(
    (s) => {
      const y = Math.sinh(s);
      const tail = studentTCdf(-y, degrees);
      return [Math.log(tail), (-studentTPdf(y, degrees) * Math.cosh(s)) / tail];
    },
    0,
    Math.min(40, 700 / degrees + 1),
    1 / 64,
  );
  return (y) => Math.exp(logarithm(Math.asinh(Math.abs(y))));
}
