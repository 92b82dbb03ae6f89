import { erfc, erfcx } from "./error-function.ts";

const rootHalf = Math.SQRT1_2;
const rootHalfPi = 1.2533141373155003;
const oneOverRootTwoPi = 0.3989422804014327;

/**
 * Density of the standard normal distribution.
 *
 *     n(x) = e^{−x²/2} / √(2π)
 *
 * @param x any finite number
 * @returns ≥ 0
 */
export function normalPdf(x: number): number {
  return oneOverRootTwoPi * Math.exp(-0.5 * x * x);
}

/**
 * Mills ratio of the upper tail: tail probability over density, free of underflow.
 *
 *     R(x) = N(−x) / n(x) = √(π/2)·erfcx(x/√2)
 *
 * @param x any finite number
 * @returns > 0, decreasing; relative error about 1e-15; `Infinity` below −37.6
 * @source W. J. Cody, Math. Comp. 23 (1969) 631–637
 */
export function millsRatio(x: number): number {
  return rootHalfPi * erfcx(x * rootHalf);
}

/**
 * Distribution function of the standard normal distribution, with relative accuracy in the lower tail.
 *
 * @param x any finite number
 * @returns in [0, 1]; relative error below 1e-14 for x > −37.5, where the result is a normal double
 * @source W. J. Cody, Math. Comp. 23 (1969) 631–637
 */
export function normalCdf(x: number): number {
  if (x > 0) return 1 - normalCdf(-x);
  if (x > -0.6) return 0.5 * erfc(-x * rootHalf);
  // The square of the head is exact, so the exponential keeps its relative accuracy however small it is.
  const head = Math.trunc(x * 16) / 16;
  const density = oneOverRootTwoPi * Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (x - head) * (x + head));
  return density * millsRatio(-x);
}
