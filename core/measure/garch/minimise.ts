/** A point of a smooth function. */
export interface FunctionPoint {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Where a minimisation ended. */
export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** No component of the gradient is above the tolerance. */
  readonly converged: boolean;
}

/**
 * Local minimum of a smooth function without bounds, by the BFGS method with a backtracking line search.
 *
 * @param of        function and gradient; may be not finite away from the minimum
 * @param start     first point; the function is finite there
 * @param tolerance largest |component| of the gradient at the end
 * @param most      iterations at most
 * @returns the last point and whether it is a minimum
 * @source J. Nocedal, S. Wright, Numerical Optimization, 2nd edition, algorithm 6.1
 */
export function minimise(
  of: (x: Float64Array) => FunctionPoint,
  start: Float64Array,
  tolerance: number,
  most = 500,
): Minimum {
  const size = start.length;
  const inverse = new Float64Array(size * size);
  const reset = (): void => {
    inverse.fill(0);
    for (let i = 0; i < size; i++) inverse[i * size + i] = 1;
  };
  reset();
  let at = start;
  let point = of(at);
  let fresh = true;
  let iterations = 0;
  const settled = (): boolean => point.gradient.every((entry) => Math.abs(entry) <= tolerance);
  for (; iterations < most && !settled(); iterations++) {
    const { gradient } = point;
    let direction = gradient.map((_, i) => {
      let total = 0;
      for (let j = 0; j < size; j++) total -= (inverse[i * size + j] as number) * (gradient[j] as number);
      return total;
    });
    let fall = inner(gradient, direction);
    if (!(fall < 0)) {
      reset();
      fresh = true;
      direction = gradient.map((entry) => -entry);
      fall = -inner(gradient, gradient);
    }
    // The first step has no scale yet: at most a tenth in any coordinate.
    const largest = direction.reduce((size, entry) => Math.max(size, Math.abs(entry)), 0);
    let step = Math.min(1, (fresh ? 0.1 : 4) / largest);
    let next = at;
    let found = point;
    for (let halving = 0; halving < 60; halving++, step *= 0.5) {
      next = at.map((entry, i) => entry + step * (direction[i] as number));
      found = of(next);
      if (found.value <= point.value + 1e-4 * step * fall && found.gradient.every(Number.isFinite)) break;
    }
    if (!(found.value < point.value)) {
      if (fresh) break;
      reset();
      fresh = true;
      continue;
    }
    const move = next.map((entry, i) => entry - (at[i] as number));
    const turn = found.gradient.map((entry, i) => entry - (gradient[i] as number));
    update(inverse, move, turn, fresh);
    fresh = false;
    at = next;
    point = found;
  }
  return { at, value: point.value, iterations, converged: settled() };
}

function inner(x: Float64Array, y: Float64Array): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += (x[i] as number) * (y[i] as number);
  return total;
}

/** The BFGS update of the inverse Hessian, left out where the curvature is not positive. */
function update(inverse: Float64Array, move: Float64Array, turn: Float64Array, fresh: boolean): void {
  const size = move.length;
  const curvature = inner(move, turn);
  if (!(curvature > 1e-14 * inner(turn, turn))) return;
  if (fresh) {
    const scale = curvature / inner(turn, turn);
    for (let i = 0; i < size; i++) inverse[i * size + i] = scale;
  }
  const image = move.map((_, i) => {
    let total = 0;
    for (let j = 0; j < size; j++) total += (inverse[i * size + j] as number) * (turn[j] as number);
    return total;
  });
  const factor = (1 + inner(turn, image) / curvature) / curvature;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const [si, sj] = [move[i] as number, move[j] as number];
      const change = factor * si * sj - ((image[i] as number) * sj + si * (image[j] as number)) / curvature;
      inverse[i * size + j] = (inverse[i * size + j] as number) + change;
    }
  }
}
