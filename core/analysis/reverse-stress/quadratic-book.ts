import type { SquareMatrix } from "../../measure/index.ts";
import type { StressFactor } from "./factor-model.ts";

/** Step of the differences, in logarithmic moves. */
const step = 1e-3;

/**
 * Second-order expansion of a profit in logarithmic moves, by central differences. Factors of different underlyings do not
 * bend each other: an instrument depends on its own underlying, up to the rate of the currency it settles in.
 *
 *     d = ∂P/∂x,   G = ∂²P/∂x²   at x = 0
 *
 * @param factors of the moves
 * @param profit  of a move, currency; 0 at no move
 * @returns d and G, currency per unit of logarithmic move
 */
export function quadraticOfBook(
  factors: readonly StressFactor[],
  profit: (move: Float64Array) => number,
): { readonly deltas: Float64Array; readonly gammas: SquareMatrix } {
  const size = factors.length;
  const at = (i: number, a: number, j = i, b = 0): number => {
    const move = new Float64Array(size);
    move[i] = a;
    move[j] = (move[j] as number) + b;
    return profit(move);
  };
  const now = profit(new Float64Array(size));
  const deltas = new Float64Array(size);
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const [up, down] = [at(i, step), at(i, -step)];
    deltas[i] = (up - down) / (2 * step);
    values[i * size + i] = (up - 2 * now + down) / (step * step);
    for (let j = 0; j < i; j++) {
      if (factors[i]?.underlying !== factors[j]?.underlying) continue;
      const cross = at(i, step, j, step) - at(i, step, j, -step) - at(i, -step, j, step) + at(i, -step, j, -step);
      values[i * size + j] = cross / (4 * step * step);
      values[j * size + i] = values[i * size + j] as number;
    }
  }
  return { deltas, gammas: { size, values } };
}
