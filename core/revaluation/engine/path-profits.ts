import { DomainError } from "../../base/index.ts";
import { arenaStart } from "./arena.ts";
import { type BlockWork, blocksByUnderlying, rowsByUnderlying, runBlocks } from "./block-work.ts";
import { mostLogMove } from "./domain.ts";
import type { EngineKernel } from "./engine-kernel.ts";
import type { WorkKind } from "./executor.ts";
import { checkBook, checkLists, type OptionBook } from "./option-book.ts";
import { chebyshevPoints, coefficientsOf, profileDegree } from "./profile-polynomial.ts";
import { listOf, runList } from "./scenario-profits.ts";

/** Simulated log moves: `[underlying * paths + path]`, spot shocks only. */
export interface PathMoves {
  readonly paths: number;
  readonly logMoves: Float64Array;
}

/** Correlated draws as they come: a Cholesky factor, volatilities of the horizon, path scales, normals by path. */
export interface CorrelatedDraws {
  readonly factors: number;
  readonly paths: number;
  /** Lower triangular, row-major. */
  readonly cholesky: Float64Array;
  readonly volatilities: Float64Array;
  readonly scales: Float64Array;
  /** `[path * factors + factor]`. */
  readonly normals: Float64Array;
}

const chunk = 2048;

/**
 * Log move of underlying u on path p = volatility_u × scale_p × (L z_p)_u.
 *
 * @throws DomainError when an array has not the length that factors and paths ask for
 */
export function correlatedMoves(engine: EngineKernel, draws: CorrelatedDraws): PathMoves {
  const { factors, paths, cholesky, volatilities, scales, normals } = draws;
  for (const [values, length] of [
    ...([
      [cholesky, factors * factors],
      [volatilities, factors],
    ] as const),
    ...([
      [scales, paths],
      [normals, factors * paths],
    ] as const),
  ])
    if (values.length !== length) throw new DomainError(`draws of this shape have ${length} entries`, values.length);
  const { arena } = engine;
  const logMoves = new Float64Array(factors * paths);
  const factorAt = arenaStart;
  const volatilitiesAt = factorAt + factors * factors;
  const scalesAt = volatilitiesAt + factors + (factors % 2);
  const normalsAt = scalesAt + chunk;
  const out = normalsAt + factors * chunk;
  if (out + factors * chunk > arena.length) throw new DomainError("factors must fit the memory of the engine", factors);
  arena.set(cholesky, factorAt);
  arena.set(volatilities, volatilitiesAt);
  for (let first = 0; first < paths; first += chunk) {
    const count = Math.min(chunk, paths - first);
    const padded = count + (count % 2);
    arena.set(scales.subarray(first, first + count), scalesAt);
    for (let i = 0; i < count; i++) {
      const from = (first + i) * factors;
      for (let k = 0; k < factors; k++) arena[normalsAt + k * padded + i] = normals[from + k] as number;
    }
    engine.correlate(factorAt, factors, normalsAt, scalesAt, volatilitiesAt, padded, out);
    for (let f = 0; f < factors; f++)
      logMoves.set(arena.subarray(out + f * padded, out + f * padded + count), f * paths + first);
  }
  return { paths, logMoves };
}

/** Widest interval of a profile: on a wider one the exponential in the price itself is no polynomial of degree 11 any more. */
const widest = 1;

/** Options whose total volatility is below this share of the range of moves go to the plain kernel. */
const thinShare = 1 / 500;

/**
 * Profit and loss of a book on every path; no position × path matrix is ever made.
 *
 * With `profile` the book of each underlying is tabulated once as a piecewise polynomial of degree 11 in the log move
 * (intervals as wide as its smallest total volatility, at most 1) and evaluated on every path: equal to full revaluation
 * to 1e-12 of gross notional. With `exact` every option is revalued on every path by the plain kernel.
 *
 * @returns one value a path, gain > 0
 * @throws DomainError for a field or move outside its bound
 */
export function pathProfits(engine: EngineKernel, input: PathProfitsInput): Float64Array {
  return runBlocks(engine, pathProfitsWork(input));
}

export interface PathProfitsInput {
  readonly book: OptionBook;
  readonly moves: PathMoves;
  readonly method: "profile" | "exact";
}

/** Profit on paths as work of any thread. */
export const pathProfitsKind: WorkKind<PathProfitsInput> = { name: "path-profits", make: pathProfitsWork };

/** The blocks of `pathProfits`: one underlying each. */
export function pathProfitsWork({ book, moves, method }: PathProfitsInput): BlockWork {
  checkBook(book);
  checkLists(book, moves.logMoves.length, moves.paths);
  const groups = rowsByUnderlying(book.underlying);
  return {
    blocks: groups.length,
    length: moves.paths,
    run(engine, block, profit) {
      const { underlying, rows } = groups[block] ?? { underlying: 0, rows: [] };
      const x = moves.logMoves.subarray(underlying * moves.paths, (underlying + 1) * moves.paths);
      const total = (row: number): number => (book.volatility[row] ?? 0) * Math.sqrt(book.years[row] ?? 0);
      const [low, high] = rangeOf(x);
      const smooth = method === "exact" ? [] : rows.filter((row) => total(row) >= (high - low) * thinShare);
      const plain = method === "exact" ? rows : rows.filter((row) => total(row) < (high - low) * thinShare);
      if (smooth.length > 0) addProfile(engine, book, smooth, narrowest(smooth.map(total)), x, [low, high], profit);
      if (plain.length > 0) addPlain(engine, book, plain, x, profit);
    },
  };
}

/** Width of the intervals of a profile. */
function narrowest(totals: readonly number[]): number {
  return totals.reduce((least, total) => Math.min(least, total), widest);
}

/** @throws DomainError for a move outside its bound */
function rangeOf(values: Float64Array): readonly [low: number, high: number] {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (!(Math.abs(value) <= mostLogMove)) throw new DomainError("a log move must be between -115 and 115", value);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function addPlain(engine: EngineKernel, book: OptionBook, rows: number[], x: Float64Array, profit: Float64Array): void {
  for (let first = 0; first < x.length; first += chunk) {
    const values = bookValues(engine, book, rows, x.subarray(first, first + chunk));
    for (let i = 0; i < values.length; i++) profit[first + i] = (profit[first + i] as number) + (values[i] as number);
  }
}

/** Profit of options at log moves. */
function bookValues(engine: EngineKernel, book: OptionBook, rows: number[], logMoves: Float64Array): Float64Array {
  const list = listOf(logMoves, logMoves.map(Math.exp), new Float64Array(logMoves.length).fill(1));
  const values = new Float64Array(logMoves.length);
  for (let first = 0; first < rows.length; first += 256) {
    const out = runList(engine, list, book, Uint32Array.from(rows.slice(first, first + 256)), 0);
    const base = engine.arena[out + list.length - 1] ?? 0;
    for (let i = 0; i < values.length; i++)
      values[i] = (values[i] as number) + ((engine.arena[out + i] as number) - base);
  }
  return values;
}

function addProfile(
  engine: EngineKernel,
  book: OptionBook,
  rows: number[],
  width: number,
  x: Float64Array,
  [low, high]: readonly [number, number],
  profit: Float64Array,
): void {
  const intervals = Math.max(1, Math.ceil((high - low) / width));
  const step = Math.max(high - low, 1e-9) / intervals;
  const points = chebyshevPoints(profileDegree + 1);
  const nodes = Float64Array.from({ length: intervals * points.length }, (_, i) => {
    const interval = Math.floor(i / points.length);
    return low + step * (interval + 0.5 + 0.5 * (points[i % points.length] ?? 0));
  });
  const coefficients = coefficientsOf(bookValues(engine, book, rows, nodes));
  const { arena } = engine;
  const abscissae = arenaStart;
  const out = abscissae + chunk;
  const table = out + chunk;
  if (table + coefficients.length > arena.length)
    throw new DomainError("a profile must fit the memory of the engine", intervals);
  arena.set(coefficients, table);
  for (let first = 0; first < x.length; first += chunk) {
    const part = x.subarray(first, first + chunk);
    arena.set(part, abscissae);
    arena.set(profit.subarray(first, first + chunk), out);
    engine.profile(table, intervals, low, 1 / step, abscissae, part.length, out);
    profit.set(arena.subarray(out, out + part.length), first);
  }
}

/**
 * Profit of each position on a few paths, e.g. the tail: always by the plain kernel.
 *
 * @param paths indices of the paths
 * @returns mean profit of each position over the paths
 */
export function meanProfitOnPaths(
  engine: EngineKernel,
  book: OptionBook,
  moves: PathMoves,
  paths: Uint32Array,
): Float64Array {
  const means = new Float64Array(book.forward.length);
  for (const { underlying, rows } of blocksByUnderlying(book.underlying)) {
    const logMoves = Float64Array.from(paths, (path) => moves.logMoves[underlying * moves.paths + path] ?? 0);
    const list = listOf(logMoves, logMoves.map(Math.exp), new Float64Array(logMoves.length).fill(1));
    const out = runList(engine, list, book, rows, list.length);
    rows.forEach((row, i) => {
      const from = out + i * list.length;
      const base = engine.arena[from + list.length - 1] ?? 0;
      let total = 0;
      for (let j = 0; j < paths.length; j++) total += (engine.arena[from + j] as number) - base;
      means[row] = ((book.quantity[row] ?? 0) * total) / paths.length;
    });
  }
  return means;
}
