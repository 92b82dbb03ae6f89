export const profileDegree = 11;
const count = profileDegree + 1;

/** Chebyshev points of the first kind on [−1, 1]. */
export function chebyshevPoints(points: number): Float64Array {
  return Float64Array.from({ length: points }, (_, k) => Math.cos((Math.PI * (k + 0.5)) / points));
}

const toCoefficients = inverseMatrix();

/**
 * Values at the 12 Chebyshev points of each interval -> coefficients of 1, f, … f¹¹ with f ∈ [−1, 1] on the interval.
 *
 * @param values 12 an interval
 */
export function coefficientsOf(values: Float64Array): Float64Array {
  const coefficients = new Float64Array(values.length);
  for (let from = 0; from < values.length; from += count) {
    for (let power = 0; power < count; power++) {
      let total = 0;
      for (let k = 0; k < count; k++)
        total += (toCoefficients[power * count + k] as number) * (values[from + k] as number);
      coefficients[from + power] = total;
    }
  }
  return coefficients;
}

/** Matrix from values at the points to monomial coefficients: Chebyshev coefficients first, then T_n written out. */
function inverseMatrix(): Float64Array {
  const matrix = new Float64Array(count * count);
  let [before, now] = [[1], [0, 1]];
  for (let n = 0; n < count; n++) {
    const polynomial = n === 0 ? [1] : now;
    for (let k = 0; k < count; k++) {
      const weight = ((n === 0 ? 1 : 2) / count) * Math.cos((Math.PI * n * (k + 0.5)) / count);
      polynomial.forEach((value, power) => {
        matrix[power * count + k] = (matrix[power * count + k] ?? 0) + value * weight;
      });
    }
    if (n > 0) {
      const next = Array.from({ length: n + 2 }, (_, power) => 2 * (now[power - 1] ?? 0) - (before[power] ?? 0));
      [before, now] = [now, next];
    }
  }
  return matrix;
}
