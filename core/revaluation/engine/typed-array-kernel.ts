import { densityAt, prepareArena, recordLength, roundToNearest, smallestTotalVolatility } from "./arena.ts";
import type { EngineKernel } from "./engine-kernel.ts";
import { tableReach, tableScale } from "./normal-table.ts";

const centre = tableReach * tableScale;
const top = 2 * centre;

/**
 * The engine in plain TypeScript: the reference of the WebAssembly kernel, and the fallback where SIMD is missing.
 *
 * @param doubles size of its memory
 */
export function typedArrayKernel(doubles: number): EngineKernel {
  const arena = new Float64Array(doubles);
  prepareArena(arena);
  const at = (index: number): number => arena[index] as number;

  /** N in table units. */
  const normal = (t: number): number => looked(t, 0);

  /** A table at an argument in its units; even and odd parts apart, as the vector kernel computes it. */
  function looked(t: number, table: number): number {
    const k = t + roundToNearest - roundToNearest;
    const f = t - k;
    const ff = f * f;
    const c = table + 6 * k;
    const even = at(c) + ff * (at(c + 2) + ff * at(c + 4));
    const odd = at(c + 1) + ff * (at(c + 3) + ff * at(c + 5));
    return even + f * odd;
  }

  const clamped = (t: number): number => (t > 0 ? Math.min(t, top) : 0);

  function addRow(r: number, g: number, X: number, A: number, B: number, columns: number, out: number): void {
    const outer = (centre + Math.abs(g)) / Math.abs(r);
    let low = 0;
    let high = columns;
    while (low < high && at(X + low + 1) < -outer) low += 2;
    while (high > low && at(X + high - 2) > outer) high -= 2;
    for (let j = r > 0 ? high : 0; j < (r > 0 ? columns : low); j++)
      arena[out + j] = at(out + j) + (at(A + j) - at(B + j));
    const middle = centre + g;
    const twice = 2 * g;
    for (let j = low; j < high; j++) {
      const t1 = at(X + j) * r + middle;
      const t2 = t1 - twice;
      arena[out + j] = at(out + j) + (at(A + j) * normal(clamped(t1)) - at(B + j) * normal(clamped(t2)));
    }
  }

  function fillColumns(o: number, moves: number, growths: number, columns: number, scratch: number): void {
    const [x0, a0, b0, inverse] = [at(o), at(o + 3), at(o + 4), at(o + 5) !== 0];
    for (let j = 0; j < columns; j++) {
      const growth = at(growths + j);
      arena[scratch + j] = x0 + at(moves + j);
      arena[scratch + columns + j] = inverse ? a0 : a0 * growth;
      arena[scratch + 2 * columns + j] = inverse ? b0 / growth : b0;
    }
  }

  return {
    name: "typed-array",
    arena,
    surface(options, count, moves, growths, columns, factors, inverses, rows, scratch, out) {
      for (let i = 0; i < count; i++) {
        const o = options + i * recordLength;
        fillColumns(o, moves, growths, columns, scratch);
        for (let row = 0; row < rows; row++) {
          const r = at(o + 1) * at(inverses + row);
          const g = at(o + 2) * at(factors + row);
          addRow(r, g, scratch, scratch + columns, scratch + 2 * columns, columns, out + row * columns);
        }
      }
    },
    segments(
      options,
      count,
      moves,
      growths,
      columns,
      starts,
      lengths,
      targets,
      volatilities,
      segmentCount,
      scratch,
      out,
      stride,
    ) {
      for (let i = 0; i < count; i++) {
        const o = options + i * recordLength;
        fillColumns(o, moves, growths, columns, scratch);
        for (let s = 0; s < segmentCount; s++) {
          const total = at(volatilities + i * segmentCount + s);
          const start = at(starts + s);
          const [X, A, B] = [scratch + start, scratch + columns + start, scratch + 2 * columns + start];
          const side = at(o + 6);
          addRow((32 * side) / total, 16 * side * total, X, A, B, at(lengths + s), out + i * stride + at(targets + s));
        }
      }
    },
    list(options, count, moves, growths, factors, inverses, scenarios, _maxMove, _maxFactor, _maxInverse, out, stride) {
      for (let i = 0; i < count; i++) {
        const o = options + i * recordLength;
        const target = out + i * stride;
        const [x0, r, g, a0, b0, inverse] = [at(o), at(o + 1), at(o + 2), at(o + 3), at(o + 4), at(o + 5) !== 0];
        for (let j = 0; j < scenarios; j++) {
          const half = g * at(factors + j);
          const middle = (x0 + at(moves + j)) * r * at(inverses + j) + centre;
          const growth = at(growths + j);
          const a = inverse ? a0 : a0 * growth;
          const b = inverse ? b0 / growth : b0;
          const value = a * normal(clamped(middle + half)) - b * normal(clamped(middle - half));
          arena[target + j] = at(target + j) + value;
        }
      }
    },
    joint(options, count, moves, growths, starts, factors, additions, floors, decays, passes, scenarios, out, stride) {
      for (let i = 0; i < count; i++) {
        const o = options + i * recordLength;
        const target = out + i * stride;
        const [x0, volatility, years, a0, b0] = [at(o), at(o + 1), at(o + 2), at(o + 3), at(o + 4)];
        const [inverse, side] = [at(o + 5) !== 0, at(o + 6)];
        for (let j = 0; j < scenarios; j++) {
          const shocked = Math.max(volatility, at(starts + j)) * at(factors + j) + at(additions + j);
          const root = Math.sqrt(passes === 1 ? Math.max(0, years - at(decays + j)) : years);
          const total = Math.max(Math.max(shocked, at(floors + j)) * root, smallestTotalVolatility);
          const g = 16 * side * total;
          const t1 = (x0 + at(moves + j)) * ((32 * side) / total) + (centre + g);
          const growth = at(growths + j);
          const a = inverse ? a0 : a0 * growth;
          const b = inverse ? b0 / growth : b0;
          const value = a * normal(clamped(t1)) - b * normal(clamped(t1 - 2 * g));
          arena[target + j] = at(target + j) + value;
        }
      }
    },
    sensitivities(options, count, moves, columns, out) {
      for (let i = 0; i < count; i++) {
        const o = options + i * recordLength;
        for (let j = 0; j < columns; j++) {
          const t = clamped((at(o) + at(moves + j)) * at(o + 1) + (centre + at(o + 2)));
          const density = looked(t, densityAt);
          arena[out + j] = at(out + j) + at(o + 3) * normal(t);
          for (let row = 1; row < 4; row++) {
            const target = out + row * columns + j;
            arena[target] = at(target) + at(o + 3 + row) * density;
          }
        }
      }
    },
    account(units, cells, holdings, count, out) {
      arena.fill(0, out, out + cells);
      for (let i = 0; i < count; i++) {
        const row = units + at(holdings + 2 * i) * cells;
        const quantity = at(holdings + 2 * i + 1);
        for (let j = 0; j < cells; j++) arena[out + j] = at(out + j) + quantity * at(row + j);
      }
    },
    profile(coefficients, intervals, low, perWidth, abscissae, count, out) {
      for (let i = 0; i < count; i++) {
        const u = (at(abscissae + i) - low) * perWidth;
        const k = Math.min(Math.max(Math.trunc(u), 0), intervals - 1);
        const f = 2 * (u - k) - 1;
        const ff = f * f;
        const c = coefficients + 12 * k;
        let [even, odd] = [at(c + 10), at(c + 11)];
        for (let j = 8; j >= 0; j -= 2) {
          even = even * ff + at(c + j);
          odd = odd * ff + at(c + j + 1);
        }
        arena[out + i] = at(out + i) + (even + f * odd);
      }
    },
    correlate(factor, factors, normals, scales, volatilities, paths, out) {
      for (let f = 0; f < factors; f++) {
        const volatility = at(volatilities + f);
        for (let i = 0; i < paths; i++) {
          let total = 0;
          for (let k = 0; k <= f; k++) total += at(factor + f * factors + k) * at(normals + k * paths + i);
          arena[out + f * paths + i] = volatility * at(scales + i) * total;
        }
      }
    },
  };
}
