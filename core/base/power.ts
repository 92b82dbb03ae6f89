/**
 * A power of a number that is not negative, by the exponential and the logarithm: x^p = exp(p · ln x).
 *
 * JavaScript engines differ in the last bits of `**` with a broken exponent (JavaScript leaves its accuracy open), and agree on
 * `Math.exp` and `Math.log`: by this function a margin has the same bits in the desktop window as in the command line.
 *
 * @param base ≥ 0; 0 with an exponent above 0 gives 0
 * @param exponent any finite number
 * @returns ≥ 0; exactly 1 for base 1 or exponent 0; relative error about |exponent · ln base| units in the last place and at least one
 */
export function power(base: number, exponent: number): number {
  return Math.exp(exponent * Math.log(base));
}
