/** Coefficients of Cody's rational approximations, highest power first. */
const erfNumerator = [
  0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694,
] as const;
const erfDenominator = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171] as const;
const [n0, n1, n2, n3, n4] = erfNumerator;
const [m0, m1, m2, m3, m4] = erfDenominator;

const oneOverRootPi = 0.5641895835477563;
/** Beyond this argument erfcx(−x) exceeds the largest double. */
const erfcxOverflow = -26.628;

/** erf(x) / x for |x| ≤ 0.46875. */
function erfQuotient(x: number): number {
  const square = x * x;
  const numerator = (((n0 * square + n1) * square + n2) * square + n3) * square + n4;
  return numerator / ((((m0 * square + m1) * square + m2) * square + m3) * square + m4);
}

/**
 * Scaled complementary error function e^{x²}·erfc(x): erfc without its underflow.
 *
 * @param x any finite number
 * @returns > 0; relative error about 1e-15; `Infinity` below −26.628, where it exceeds the largest double
 * @source W. J. Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969) 631–637
 */
export function erfcx(x: number): number {
  if (x < -0.46875) return x < erfcxOverflow ? Number.POSITIVE_INFINITY : 2 * Math.exp(x * x) - erfcx(-x);
  if (x <= 0.46875) return Math.exp(x * x) * (1 - x * erfQuotient(x));
  if (x <= 4) {
    const numerator =
      (((((((2.1531153547440383e-8 * x + 0.5641884969886701) * x + 8.883149794388377) * x + 66.11919063714163) * x +
        298.6351381974001) *
        x +
        881.952221241769) *
        x +
        1712.0476126340707) *
        x +
        2051.0783778260716) *
        x +
      1230.3393547979972;
    const denominator =
      (((((((x + 15.744926110709835) * x + 117.6939508913125) * x + 537.1811018620099) * x + 1621.3895745666903) * x +
        3290.7992357334597) *
        x +
        4362.619090143247) *
        x +
        3439.3676741437216) *
        x +
      1230.3393548037495;
    return numerator / denominator;
  }
  const inverse = 1 / (x * x);
  const numerator =
    ((((0.016315387137302097 * inverse + 0.30532663496123236) * inverse + 0.36034489994980445) * inverse +
      0.12578172611122926) *
      inverse +
      0.016083785148742275) *
      inverse +
    0.0006587491615298378;
  const denominator =
    ((((inverse + 2.568520192289822) * inverse + 1.8729528499234673) * inverse + 0.5279051029514285) * inverse +
      0.06051834131244132) *
      inverse +
    0.0023352049762686918;
  return (oneOverRootPi - (inverse * numerator) / denominator) / x;
}

/**
 * Complementary error function 1 − erf(x), with relative accuracy in its tail.
 *
 * @param x any finite number
 * @returns in [0, 2]; relative error about 1e-15 while the result is a normal double
 * @source W. J. Cody, as `erfcx`
 */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  return x <= 0.46875 ? 1 - x * erfQuotient(x) : expOfMinusSquare(x) * erfcx(x);
}

/**
 * e^{−x²} without the rounding of x²: x is split so that the square of its head is exact.
 *
 * @param x any finite number
 */
export function expOfMinusSquare(x: number): number {
  const head = Math.trunc(x * 16) / 16;
  return Math.exp(-head * head) * Math.exp(-(x - head) * (x + head));
}
