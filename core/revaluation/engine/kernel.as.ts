// AssemblyScript, not TypeScript: compiled to WebAssembly SIMD by core/host/build/assembly-plugin.ts.
// typed-array-kernel.ts is the same arithmetic in the same order; the two agree bit for bit.
// Every argument that names data is an offset in doubles into the one memory; see arena.ts for the layout.

const CENTRE: f64 = 272.0; // 8.5 in table units: 8.5 * 32

/** Magic number that rounds to nearest, lower and upper end of the table: three pairs of doubles. */
const CONSTANTS: usize = 3280 << 3;

/** Table of the density, in the records of the table of N. */
const DENSITY: usize = 3328 << 3;

@inline
function address(offset: i32): usize {
  return (<usize>offset) << 3;
}

/** a b + c: rounded twice, or as the machine likes in the build with relaxed SIMD, which is asked for by name only. */
@inline
function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(c, f64x2.mul(a, b));
}

/** Normal distribution function of two arguments in table units; both must lie in the table. */
@inline
function normal(t: v128, magic: v128): v128 {
  return looked(t, magic, 0);
}

/** The polynomials of a table at two arguments in table units. */
@inline
function looked(t: v128, magic: v128, table: usize): v128 {
  const shifted = f64x2.add(t, magic);
  const f = f64x2.sub(t, f64x2.sub(shifted, magic));
  const ff = f64x2.mul(f, f);
  const a = (<usize>i32x4.extract_lane(shifted, 0)) * 48 + table;
  const b = (<usize>i32x4.extract_lane(shifted, 2)) * 48 + table;
  const fa = v128.shuffle<f64>(ff, ff, 0, 0);
  const fb = v128.shuffle<f64>(ff, ff, 1, 1);
  const pa = multiplyAdd(fa, multiplyAdd(fa, v128.load(a, 32), v128.load(a, 16)), v128.load(a));
  const pb = multiplyAdd(fb, multiplyAdd(fb, v128.load(b, 32), v128.load(b, 16)), v128.load(b));
  return multiplyAdd(f, v128.shuffle<f64>(pa, pb, 1, 3), v128.shuffle<f64>(pa, pb, 0, 2));
}

@inline
function clamped(t: v128, zero: v128, top: v128): v128 {
  return f64x2.pmin(top, f64x2.pmax(zero, t));
}

@inline
function add(out: usize, value: v128): void {
  v128.store(out, f64x2.add(v128.load(out), value));
}

@inline
function cell(A: usize, B: usize, n1: v128, n2: v128): v128 {
  return f64x2.sub(f64x2.mul(v128.load(A), n1), f64x2.mul(v128.load(B), n2));
}

/** One total volatility of one option: out += A N(t1) - B N(t2) over an even number of columns, ascending in X. */
@inline
function addRow(r: f64, g: f64, X: usize, A: usize, B: usize, columns: i32, out: usize): void {
  const magic = v128.load(CONSTANTS);
  const zero = v128.load(CONSTANTS, 16);
  const top = v128.load(CONSTANTS, 32);
  const outer = (CENTRE + Math.abs(g)) / Math.abs(r);
  const inner = (CENTRE - Math.abs(g)) / Math.abs(r);
  let low: i32 = 0;
  let high: i32 = columns;
  while (low < high && load<f64>(X + address(low + 1)) < -outer) low += 2;
  while (high > low && load<f64>(X + address(high - 2)) > outer) high -= 2;
  const from = r > 0 ? high : 0;
  const to = r > 0 ? columns : low;
  for (let j = from; j < to; j += 2) {
    const at = address(j);
    add(out + at, f64x2.sub(v128.load(A + at), v128.load(B + at)));
  }
  let first: i32 = low;
  let last: i32 = high;
  while (first < high && load<f64>(X + address(first)) < -inner) first += 2;
  while (last > first && load<f64>(X + address(last - 1)) > inner) last -= 2;
  const vr = f64x2.splat(r);
  const centre = f64x2.splat(CENTRE + g);
  const twice = f64x2.splat(2.0 * g);
  for (let j = low; j < high; j += 2) {
    if (j == first) j = last;
    if (j >= high) break;
    const at = address(j);
    const t1 = f64x2.add(f64x2.mul(v128.load(X + at), vr), centre);
    const t2 = f64x2.sub(t1, twice);
    add(out + at, cell(A + at, B + at, normal(clamped(t1, zero, top), magic), normal(clamped(t2, zero, top), magic)));
  }
  for (let j = first; j < last; j += 2) {
    const at = address(j);
    const t1 = f64x2.add(f64x2.mul(v128.load(X + at), vr), centre);
    const t2 = f64x2.sub(t1, twice);
    add(out + at, cell(A + at, B + at, normal(t1, magic), normal(t2, magic)));
  }
}

/** Shocked log-moneyness and weights of one option over columns. */
@inline
function fillColumns(o: usize, moves: usize, growths: usize, columns: i32, X: usize, A: usize, B: usize): void {
  const x0 = f64x2.splat(load<f64>(o));
  const a0 = f64x2.splat(load<f64>(o, 24));
  const b0 = f64x2.splat(load<f64>(o, 32));
  const inverse = load<f64>(o, 40) != 0.0;
  for (let j = 0; j < columns; j += 2) {
    const at = address(j);
    const growth = v128.load(growths + at);
    v128.store(X + at, f64x2.add(x0, v128.load(moves + at)));
    v128.store(A + at, inverse ? a0 : f64x2.mul(a0, growth));
    v128.store(B + at, inverse ? f64x2.div(b0, growth) : b0);
  }
}

/** Sum over options on a grid of price columns x relative volatility rows. */
export function surface(options: i32, count: i32, moves: i32, growths: i32, columns: i32, factors: i32, inverses: i32, rows: i32, scratch: i32, out: i32): void {
  const X = address(scratch);
  const A = X + address(columns);
  const B = A + address(columns);
  for (let i = 0; i < count; i++) {
    const o = address(options + i * 8);
    fillColumns(o, address(moves), address(growths), columns, X, A, B);
    const r = load<f64>(o, 8);
    const g = load<f64>(o, 16);
    for (let row = 0; row < rows; row++) {
      addRow(r * load<f64>(address(inverses + row)), g * load<f64>(address(factors + row)), X, A, B, columns, address(out + row * columns));
    }
  }
}

/**
 * Options with their own total volatilities: `segments` runs of columns, each with its volatility row.
 * starts, lengths and targets are written as doubles: columns from `start` on, results from out + `target` on. volatilities
 * holds count x segments. stride 0 sums over options, else option i writes at out + i * stride.
 */
export function segments(options: i32, count: i32, moves: i32, growths: i32, columns: i32, starts: i32, lengths: i32, targets: i32, volatilities: i32, segmentCount: i32, scratch: i32, out: i32, stride: i32): void {
  const X = address(scratch);
  const A = X + address(columns);
  const B = A + address(columns);
  let target: i32 = 0;
  for (let i = 0; i < count; i++) {
    const o = address(options + i * 8);
    const side = load<f64>(o, 48);
    fillColumns(o, address(moves), address(growths), columns, X, A, B);
    target = out + i * stride;
    for (let s = 0; s < segmentCount; s++) {
      const total = load<f64>(address(volatilities + i * segmentCount + s));
      const start = <i32>load<f64>(address(starts + s));
      const length = <i32>load<f64>(address(lengths + s));
      addRow(32.0 * side / total, 16.0 * side * total, X + address(start), A + address(start), B + address(start), length, address(target + <i32>load<f64>(address(targets + s))));
    }
  }
}

/** Sum over options along a list of joint scenarios (log move, growth, volatility factor and its inverse). */
export function list(options: i32, count: i32, moves: i32, growths: i32, factors: i32, inverses: i32, scenarios: i32, maxMove: f64, maxFactor: f64, maxInverse: f64, out: i32, stride: i32): void {
  const magic = v128.load(CONSTANTS);
  const zero = v128.load(CONSTANTS, 16);
  const top = v128.load(CONSTANTS, 32);
  const centre = f64x2.splat(CENTRE);
  for (let i = 0; i < count; i++) {
    const o = address(options + i * 8);
    const target = address(out + i * stride);
    const x0 = f64x2.splat(load<f64>(o));
    const r = f64x2.splat(load<f64>(o, 8));
    const g = f64x2.splat(load<f64>(o, 16));
    const a0 = f64x2.splat(load<f64>(o, 24));
    const b0 = f64x2.splat(load<f64>(o, 32));
    const inverse = load<f64>(o, 40) != 0.0;
    const reach = (Math.abs(load<f64>(o)) + maxMove) * maxInverse * Math.abs(load<f64>(o, 8)) + Math.abs(load<f64>(o, 16)) * maxFactor;
    if (reach < CENTRE && !inverse) {
      for (let j = 0; j < scenarios; j += 2) {
        const at = address(j);
        const half = f64x2.mul(g, v128.load(address(factors) + at));
        const middle = f64x2.add(f64x2.mul(f64x2.mul(f64x2.add(x0, v128.load(address(moves) + at)), r), v128.load(address(inverses) + at)), centre);
        const n1 = normal(f64x2.add(middle, half), magic);
        const n2 = normal(f64x2.sub(middle, half), magic);
        add(target + at, f64x2.sub(f64x2.mul(f64x2.mul(a0, v128.load(address(growths) + at)), n1), f64x2.mul(b0, n2)));
      }
    } else {
      for (let j = 0; j < scenarios; j += 2) {
        const at = address(j);
        const half = f64x2.mul(g, v128.load(address(factors) + at));
        const middle = f64x2.add(f64x2.mul(f64x2.mul(f64x2.add(x0, v128.load(address(moves) + at)), r), v128.load(address(inverses) + at)), centre);
        const n1 = normal(clamped(f64x2.add(middle, half), zero, top), magic);
        const n2 = normal(clamped(f64x2.sub(middle, half), zero, top), magic);
        const growth = v128.load(address(growths) + at);
        const a = inverse ? a0 : f64x2.mul(a0, growth);
        const b = inverse ? f64x2.div(b0, growth) : b0;
        add(target + at, f64x2.sub(f64x2.mul(a, n1), f64x2.mul(b, n2)));
      }
    }
  }
}

/**
 * Options along joint scenarios, each with its own shocked volatility and time
 *     s' = max(max(s, starts_j) x factors_j + additions_j, floors_j),   T' = max(T - decays_j, 0) when `passes` is 1,
 * in records that hold s and T where others hold their products. Stride 0 sums over options.
 * The arithmetic of a cell is that of `segments`.
 */
export function joint(options: i32, count: i32, moves: i32, growths: i32, starts: i32, factors: i32, additions: i32, floors: i32, decays: i32, passes: i32, scenarios: i32, out: i32, stride: i32): void {
  const magic = v128.load(CONSTANTS);
  const zero = v128.load(CONSTANTS, 16);
  const top = v128.load(CONSTANTS, 32);
  const centre = f64x2.splat(CENTRE);
  const least = f64x2.splat(1e-13);
  for (let i = 0; i < count; i++) {
    const o = address(options + i * 8);
    const target = address(out + i * stride);
    const x0 = f64x2.splat(load<f64>(o));
    const volatility = f64x2.splat(load<f64>(o, 8));
    const years = f64x2.splat(load<f64>(o, 16));
    const now = f64x2.sqrt(years);
    const a0 = f64x2.splat(load<f64>(o, 24));
    const b0 = f64x2.splat(load<f64>(o, 32));
    const inverse = load<f64>(o, 40) != 0.0;
    const upper = f64x2.splat(32.0 * load<f64>(o, 48));
    const half = f64x2.splat(16.0 * load<f64>(o, 48));
    for (let j = 0; j < scenarios; j += 2) {
      const at = address(j);
      const start = f64x2.pmax(volatility, v128.load(address(starts) + at));
      const shocked = f64x2.add(f64x2.mul(start, v128.load(address(factors) + at)), v128.load(address(additions) + at));
      const root = passes == 1 ? f64x2.sqrt(f64x2.pmax(zero, f64x2.sub(years, v128.load(address(decays) + at)))) : now;
      const total = f64x2.pmax(f64x2.mul(f64x2.pmax(shocked, v128.load(address(floors) + at)), root), least);
      const g = f64x2.mul(half, total);
      const x = f64x2.add(x0, v128.load(address(moves) + at));
      const t1 = f64x2.add(f64x2.mul(x, f64x2.div(upper, total)), f64x2.add(centre, g));
      const t2 = f64x2.sub(t1, f64x2.add(g, g));
      const n1 = normal(clamped(t1, zero, top), magic);
      const n2 = normal(clamped(t2, zero, top), magic);
      const growth = v128.load(address(growths) + at);
      const a = inverse ? a0 : f64x2.mul(a0, growth);
      const b = inverse ? f64x2.div(b0, growth) : b0;
      add(target + at, f64x2.sub(f64x2.mul(a, n1), f64x2.mul(b, n2)));
    }
  }
}

/**
 * Sums of sensitivities over options at price columns: out = rows of w1 N(t1), w2 n(t1), w3 n(t1), w4 n(t1), each
 * `columns` long. Records: x0, S w/v, S w v/2, then the four weights. The density is even, so the side does not matter.
 */
export function sensitivities(options: i32, count: i32, moves: i32, columns: i32, out: i32): void {
  const magic = v128.load(CONSTANTS);
  const zero = v128.load(CONSTANTS, 16);
  const top = v128.load(CONSTANTS, 32);
  const row = address(columns);
  for (let i = 0; i < count; i++) {
    const o = address(options + i * 8);
    const x0 = f64x2.splat(load<f64>(o));
    const r = f64x2.splat(load<f64>(o, 8));
    const middle = f64x2.splat(CENTRE + load<f64>(o, 16));
    const w1 = f64x2.splat(load<f64>(o, 24));
    const w2 = f64x2.splat(load<f64>(o, 32));
    const w3 = f64x2.splat(load<f64>(o, 40));
    const w4 = f64x2.splat(load<f64>(o, 48));
    for (let j = 0; j < columns; j += 2) {
      const at = address(j);
      const t = clamped(f64x2.add(f64x2.mul(f64x2.add(x0, v128.load(address(moves) + at)), r), middle), zero, top);
      const density = looked(t, magic, DENSITY);
      const target = address(out) + at;
      add(target, f64x2.mul(w1, normal(t, magic)));
      add(target + row, f64x2.mul(w2, density));
      add(target + 2 * row, f64x2.mul(w3, density));
      add(target + 3 * row, f64x2.mul(w4, density));
    }
  }
}

/** Profit of one account in each cell: out_j = sum of quantity x unit row; holdings are (row, quantity) pairs. */
export function account(units: i32, cells: i32, holdings: i32, count: i32, out: i32): void {
  for (let j = 0; j < cells; j += 2) v128.store(address(out + j), f64x2.splat(0));
  for (let i = 0; i < count; i++) {
    const row = address(units + <i32>load<f64>(address(holdings + 2 * i)) * cells);
    const quantity = f64x2.splat(load<f64>(address(holdings + 2 * i + 1)));
    for (let j = 0; j < cells; j += 2) {
      const at = address(j);
      add(address(out) + at, f64x2.mul(quantity, v128.load(row + at)));
    }
  }
}

/** Adds a piecewise polynomial of degree 11 at each abscissa: coefficients 12 an interval, intervals of equal width from `low`. */
export function profile(coefficients: i32, intervals: i32, low: f64, perWidth: f64, abscissae: i32, count: i32, out: i32): void {
  for (let i = 0; i < count; i++) {
    const u = (load<f64>(address(abscissae + i)) - low) * perWidth;
    let k = <i32>u;
    if (k < 0) k = 0;
    if (k >= intervals) k = intervals - 1;
    const f = 2.0 * (u - <f64>k) - 1.0;
    const c = address(coefficients + 12 * k);
    const ff = f64x2.splat(f * f);
    let p = v128.load(c, 80);
    p = f64x2.add(f64x2.mul(p, ff), v128.load(c, 64));
    p = f64x2.add(f64x2.mul(p, ff), v128.load(c, 48));
    p = f64x2.add(f64x2.mul(p, ff), v128.load(c, 32));
    p = f64x2.add(f64x2.mul(p, ff), v128.load(c, 16));
    p = f64x2.add(f64x2.mul(p, ff), v128.load(c));
    const at = address(out + i);
    store<f64>(at, load<f64>(at) + (f64x2.extract_lane(p, 0) + f * f64x2.extract_lane(p, 1)));
  }
}

/** Correlated factors: out[f * paths + i] = volatility_f x scale_i x sum over k <= f of L[f, k] z[k * paths + i]. */
export function correlate(factor: i32, factors: i32, normals: i32, scales: i32, volatilities: i32, paths: i32, out: i32): void {
  for (let f = 0; f < factors; f++) {
    const volatility = f64x2.splat(load<f64>(address(volatilities + f)));
    for (let i = 0; i < paths; i += 2) {
      let total = f64x2.splat(0);
      for (let k = 0; k <= f; k++) {
        total = f64x2.add(total, f64x2.mul(f64x2.splat(load<f64>(address(factor + f * factors + k))), v128.load(address(normals + k * paths + i))));
      }
      v128.store(address(out + f * paths + i), f64x2.mul(f64x2.mul(volatility, v128.load(address(scales + i))), total));
    }
  }
}
