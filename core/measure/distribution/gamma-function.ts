const lanczos = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  0.3399464998481189e-4, 0.4652362892704858e-4, -0.9837447530487956e-4, 0.1580887032249125e-3, -0.21026444172410488e-3,
  0.21743961811521265e-3, -0.1643181065367639e-3, 0.8441822398385275e-4, -0.26190838401581408e-4,
  0.36899182659531625e-5,
] as const;

/** ½·ln 2π */
const halfLogTwoPi = 0.9189385332046727;

/**
 * Natural logarithm of the gamma function.
 *
 *     ln Γ(x)
 *
 * @param x > 0
 * @returns error about 1e-15·max(1, |ln Γ(x)|)
 * @source C. Lanczos, SIAM J. Numer. Anal. 1 (1964) 86–96, with the 15 terms of P. Godfrey
 */
export function logGamma(x: number): number {
  const base = x + 5.2421875;
  let series = lanczos[0] as number;
  for (let i = 1; i < lanczos.length; i++) series += (lanczos[i] as number) / (x + i);
  return (x + 0.5) * Math.log(base) - base + Math.log((2.5066282746310007 * series) / x);
}

/**
 * What Stirling's formula leaves out.
 *
 *     δ(x) = ln Γ(x + 1) − (x + ½)·ln x + x − ½·ln 2π
 *
 * @param x > 0
 * @returns > 0, about 1/(12x)
 * @source C. Loader, Fast and accurate computation of binomial probabilities (2000), section 3
 */
export function stirlingError(x: number): number {
  if (x < 16) return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - halfLogTwoPi;
  const square = x * x;
  return (
    (1 / 12 -
      (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / square) / square) / square) / square) / square) /
    x
  );
}

/**
 * Deviance of x from a mean, without cancellation when they are close.
 *
 *     D(x, m) = x·ln(x/m) + m − x
 *
 * @param x > 0
 * @param mean m; > 0
 * @returns ≥ 0
 * @source C. Loader, as `stirlingError`, section 3
 */
export function deviance(x: number, mean: number): number {
  const difference = x - mean;
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x;
  const ratio = difference / (x + mean);
  let total = difference * ratio;
  let term = 2 * x * ratio;
  const square = ratio * ratio;
  for (let odd = 3; odd < 100; odd += 2) {
    term *= square;
    const next = total + term / odd;
    if (next === total) break;
    total = next;
  }
  return total;
}
