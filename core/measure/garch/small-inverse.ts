/**
 * Inverse of a small matrix, by Gauss-Jordan elimination with row exchange.
 *
 * @param matrix n × n, row-major
 * @param size   n
 * @returns its inverse; undefined when it has none
 */
export function inverseOf(matrix: Float64Array, size: number): Float64Array | undefined {
  const left = matrix.slice();
  const right = new Float64Array(size * size);
  for (let i = 0; i < size; i++) right[i * size + i] = 1;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(left[row * size + column] as number) > Math.abs(left[pivot * size + column] as number)) pivot = row;
    }
    const divisor = left[pivot * size + column] as number;
    if (!(Math.abs(divisor) > 0) || !Number.isFinite(divisor)) return undefined;
    for (const side of [left, right]) {
      for (let j = 0; j < size; j++) {
        const entry = (side[pivot * size + j] as number) / divisor;
        side[pivot * size + j] = side[column * size + j] as number;
        side[column * size + j] = entry;
      }
    }
    for (let row = 0; row < size; row++) {
      const factor = left[row * size + column] as number;
      if (row === column || factor === 0) continue;
      for (const side of [left, right]) {
        for (let j = 0; j < size; j++) {
          side[row * size + j] = (side[row * size + j] as number) - factor * (side[column * size + j] as number);
        }
      }
    }
  }
  return right;
}
