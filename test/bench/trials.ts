import {
  type BlockExecutor,
  bookSurface,
  bookSurfaceKind,
  correlatedMoves,
  type EngineKernel,
  meanProfitOnPaths,
  nestedRequirement,
  nestedSurface,
  nestedSurfaceKind,
  type PathMoves,
  pathProfits,
  pathProfitsKind,
  scenarioProfits,
  scenarioProfitsKind,
  surfaceProfit,
  unitCells,
  unitCellsKind,
  type WorkKind,
  worstCells,
} from "../../core/revaluation/engine/index.ts";
import { drawTrial, firstRunTrial } from "./draw-trial.ts";
import type { Inputs } from "./inputs.ts";
import { at, grossOf, plainValue } from "./plain.ts";

/** One workload: the timed run from raw arrays to result, its plain twin, and the error of a result against it. */
export interface Trial {
  readonly workload: string;
  readonly cells: number;
  readonly run: (engine: EngineKernel) => Float64Array;
  /** The same result on threads; must be the same bits. */
  readonly pooled?: (pool: BlockExecutor, engine: EngineKernel) => Promise<Float64Array>;
  /** The same result by the plain loop, or a part of it where the whole takes minutes. */
  readonly plain?: () => { readonly result: Float64Array; readonly share: number };
  /** Largest error against the plain result, relative to gross notional; a trial whose error is above 1e-9 fails. */
  readonly error: (result: Float64Array, plain: Float64Array) => number;
  readonly repeats: number;
}

export function trials(inputs: Inputs): readonly (() => Trial)[] {
  const surface = (workload: string, file: string, axis: "exact" | "nodes", size?: number) => (): Trial => {
    const book = inputs.book(file);
    const shocks = (name: string): Float64Array =>
      size === undefined ? inputs.array(name) : spacedAs(inputs.array(name), size);
    const [priceMoves, volatilityChanges] = [shocks("w1_ds"), shocks("w1_dv")];
    const cells = book.forward.length * priceMoves.length * volatilityChanges.length;
    const sampled = Math.max(1, Math.floor(cells / 20_000_000));
    const gross = grossOf(book);
    const input = { book, priceMoves, volatilityChanges, volatilityAxis: axis };
    return {
      workload,
      cells,
      repeats: cells > 100_000_000 ? 5 : 15,
      run: (engine) => bookSurface(engine, input),
      pooled: async (pool) => surfaceProfit(input, await valuesOf(pool, bookSurfaceKind, input)),
      plain: () => {
        const columns = priceMoves.length;
        const result = new Float64Array(columns * volatilityChanges.length).fill(Number.NaN);
        let done = 0;
        for (let cell = 0; cell < result.length; cell += sampled) {
          const growth = 1 + at(priceMoves, cell % columns);
          const factor = 1 + at(volatilityChanges, Math.floor(cell / columns));
          let total = 0;
          for (let row = 0; row < book.forward.length; row++)
            total += plainValue(book, row, growth, factor) - plainValue(book, row, 1, 1);
          result[cell] = total;
          done++;
        }
        // The base is valued beside every cell here, which a plain program would do once: half of the work counts.
        return { result, share: (2 * done) / result.length };
      },
      error: (result, plain) => largest(result, plain) / gross,
    };
  };
  const sizes = [11, 21, 41, 81, 161];
  return [
    surface("W1-1000", "w1_1000", "exact"),
    surface("W1-10000", "w1_10000", "exact"),
    surface("W1-10000-nodes", "w1_10000", "nodes"),
    surface("W1-100000", "w1_100000", "exact"),
    ...sizes.map((size) => surface(`W1g-${size}`, "w1_1000", "nodes", size)),
    () => historical(inputs),
    () => monteCarlo(inputs),
    drawTrial,
    () => firstRunTrial(inputs),
    () => accounts(inputs),
    () => nested(inputs, "exact"),
    () => nested(inputs, "nodes"),
  ];
}

/** So many even steps over the range of some shocks. */
function spacedAs(shocks: Float64Array, size: number): Float64Array {
  const [low, high] = [Math.min(...shocks), Math.max(...shocks)];
  return Float64Array.from({ length: size }, (_, i) => low + ((high - low) * i) / (size - 1));
}

function largest(result: Float64Array, plain: Float64Array): number {
  let worst = 0;
  plain.forEach((value, i) => {
    if (!Number.isNaN(value)) worst = Math.max(worst, Math.abs(value - at(result, i)));
  });
  return worst;
}

/** Mean of the k = (1 − level)·n worst profits, as a loss; ties by index. */
function shortfall(profit: Float64Array, count: number): { readonly loss: number; readonly tail: Uint32Array } {
  const limit = Float64Array.from(profit).sort()[count - 1] as number;
  const below: number[] = [];
  const ties: number[] = [];
  profit.forEach((value, i) => {
    if (value < limit) below.push(i);
    else if (value === limit) ties.push(i);
  });
  const tail = Uint32Array.from([...below, ...ties.slice(0, count - below.length)]);
  return { loss: -tail.reduce((total, i) => total + at(profit, i), 0) / count, tail };
}

function withShortfall(profit: Float64Array, count: number): Float64Array {
  const result = new Float64Array(profit.length + 1);
  result.set(profit);
  result[profit.length] = shortfall(profit, count).loss;
  return result;
}

async function valuesOf<Input>(pool: BlockExecutor, kind: WorkKind<Input>, input: Input): Promise<Float64Array> {
  const results = await pool.run(kind, input);
  if (!results.ok) throw new Error(results.failure.message);
  return results.value.values;
}

function historical(inputs: Inputs): Trial {
  const book = inputs.book("w2_2000");
  const [priceMoves, volatilityChanges] = [inputs.array("w2_ds"), inputs.array("w2_dv")];
  const count = priceMoves.length / 8;
  const scenarios = { count, priceMoves, volatilityChanges };
  const gross = grossOf(book);
  return {
    workload: "W2",
    cells: book.forward.length * count,
    repeats: 15,
    run: (engine) => withShortfall(scenarioProfits(engine, book, scenarios), count / 100),
    pooled: async (pool) => withShortfall(await valuesOf(pool, scenarioProfitsKind, { book, scenarios }), count / 100),
    plain: () => {
      const profit = new Float64Array(count);
      for (let row = 0; row < book.forward.length; row++) {
        const from = at(book.underlying, row) * count;
        const base = plainValue(book, row, 1, 1);
        for (let j = 0; j < count; j++) {
          const value = plainValue(book, row, 1 + at(priceMoves, from + j), 1 + at(volatilityChanges, from + j));
          profit[j] = at(profit, j) + value - base;
        }
      }
      return { result: withShortfall(profit, count / 100), share: 1 };
    },
    error: (result, plain) => largest(result, plain) / gross,
  };
}

function monteCarlo(inputs: Inputs): Trial {
  const book = inputs.book("w3_2000");
  const [cholesky, volatilities, scales, normals] = ["w3_L", "w3_vol", "w3_scale", "w3_z"].map(inputs.array) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [factors, paths] = [volatilities.length, scales.length];
  const draws = { factors, paths, cholesky, volatilities, scales, normals };
  const risk = (engine: EngineKernel, moves: PathMoves, profit: Float64Array): Float64Array => {
    const { loss, tail } = shortfall(profit, tailCount);
    const components = meanProfitOnPaths(engine, book, moves, tail);
    const result = new Float64Array(1 + components.length + profit.length);
    result[0] = loss;
    for (let i = 0; i < components.length; i++) result[1 + i] = -at(components, i);
    result.set(profit, 1 + components.length);
    return result;
  };
  const tailCount = paths / 100;
  const gross = grossOf(book);
  /** What every underlying grows by on a path, by the plain loop. */
  const growthsOn = (path: number): Float64Array =>
    Float64Array.from({ length: factors }, (_, u) => {
      let total = 0;
      for (let k = 0; k <= u; k++) total += at(cholesky, u * factors + k) * at(normals, path * factors + k);
      return Math.exp(at(volatilities, u) * at(scales, path) * total);
    });
  /** Largest error of the components of every 40th position, on the tail of the result. */
  const componentError = (components: Float64Array, profit: Float64Array): number => {
    const growths = Array.from(shortfall(profit, tailCount).tail, growthsOn);
    let worst = 0;
    for (let row = 0; row < book.forward.length; row += 40) {
      const underlying = at(book.underlying, row);
      const base = plainValue(book, row, 1, 1);
      let loss = 0;
      for (const own of growths) loss += base - plainValue(book, row, at(own, underlying), 1);
      worst = Math.max(worst, Math.abs(loss / tailCount - at(components, row)));
    }
    return worst;
  };
  return {
    workload: "W3",
    cells: book.forward.length * paths,
    repeats: 9,
    run: (engine) => {
      const moves = correlatedMoves(engine, draws);
      return risk(engine, moves, pathProfits(engine, { book, moves, method: "profile" }));
    },
    pooled: async (pool, engine) => {
      const moves = correlatedMoves(engine, draws);
      return risk(engine, moves, await valuesOf(pool, pathProfitsKind, { book, moves, method: "profile" }));
    },
    plain: () => {
      const sampled = 50;
      const profit = new Float64Array(paths).fill(Number.NaN);
      for (let path = 0; path < paths; path += sampled) {
        const growths = growthsOn(path);
        let total = 0;
        for (let row = 0; row < book.forward.length; row++)
          total += plainValue(book, row, at(growths, at(book.underlying, row)), 1) - plainValue(book, row, 1, 1);
        profit[path] = total;
      }
      const unknown = new Float64Array(1 + book.forward.length).fill(Number.NaN);
      return { result: Float64Array.from([...unknown, ...profit]), share: 2 / sampled };
    },
    error: (result, plain) => {
      const [loss] = result;
      const components = result.subarray(1, 1 + book.forward.length);
      const missing = (loss as number) - components.reduce((a, b) => a + b, 0);
      const profit = result.subarray(1 + book.forward.length);
      return Math.max(largest(result, plain), Math.abs(missing), componentError(components, profit)) / gross;
    },
  };
}

function accounts(inputs: Inputs): Trial {
  const book = inputs.book("w2_2000");
  const [rows, quantities] = [inputs.array("w4_idx"), inputs.array("w4_q")];
  const [priceMoves, volatilityChanges] = [inputs.array("w4_ds"), inputs.array("w4_dv")];
  const input = { book, priceMoves, volatilityChanges };
  const held = 50;
  const starts = Uint32Array.from({ length: rows.length / held + 1 }, (_, account) => account * held);
  const scale = Math.max(...book.forward) * held * 20;
  return {
    workload: "W4",
    cells: rows.length * priceMoves.length,
    repeats: 15,
    run: (engine) => worstCells(engine, unitCells(engine, input), starts, rows, quantities),
    pooled: async (pool, engine) => {
      const cells = priceMoves.length;
      const values = await valuesOf(pool, unitCellsKind, input);
      return worstCells(engine, { stride: cells + (cells % 2), cells, values }, starts, rows, quantities);
    },
    plain: () => {
      const sampled = 5;
      const one = { ...book, quantity: new Float64Array(book.forward.length).fill(1) };
      const result = new Float64Array(rows.length / held).fill(Number.NaN);
      for (let account = 0; account < result.length; account += sampled) {
        let worst = Number.POSITIVE_INFINITY;
        for (let cell = 0; cell < priceMoves.length; cell++) {
          let total = 0;
          for (let i = account * held; i < (account + 1) * held; i++) {
            const row = at(rows, i);
            const value = plainValue(one, row, 1 + at(priceMoves, cell), 1 + at(volatilityChanges, cell));
            total += at(quantities, i) * (value - plainValue(one, row, 1, 1));
          }
          worst = Math.min(worst, total);
        }
        result[account] = worst;
      }
      return { result, share: 2 / sampled };
    },
    error: (result, plain) => largest(result, plain) / scale,
  };
}

function nested(inputs: Inputs, axis: "exact" | "nodes"): Trial {
  const book = inputs.book("w1_1000");
  const market = { priceMoves: inputs.array("w1_ds"), volatilityChanges: inputs.array("w1_dv") };
  const risk = { priceMoves: inputs.array("w4_ds"), volatilityChanges: inputs.array("w4_dv") };
  const input = { book, market, risk, volatilityAxis: axis };
  const [columns, points] = [market.priceMoves.length, market.priceMoves.length * market.volatilityChanges.length];
  const gross = grossOf(book);
  return {
    workload: axis === "exact" ? "W6-exact" : "W6",
    cells: book.forward.length * points * risk.priceMoves.length,
    repeats: 7,
    run: (engine) => nestedSurface(engine, input),
    pooled: async (pool) => nestedRequirement(input, await valuesOf(pool, nestedSurfaceKind, input)),
    plain: () => {
      const sampled = 97;
      const result = new Float64Array(points).fill(Number.NaN);
      let done = 0;
      for (let point = 0; point < points; point += sampled) {
        const growth = 1 + at(market.priceMoves, point % columns);
        const factor = 1 + at(market.volatilityChanges, Math.floor(point / columns));
        let worst = 0;
        for (let cell = 0; cell < risk.priceMoves.length; cell++) {
          let total = 0;
          for (let row = 0; row < book.forward.length; row++) {
            const [move, change] = [1 + at(risk.priceMoves, cell), 1 + at(risk.volatilityChanges, cell)];
            total += plainValue(book, row, growth * move, factor * change) - plainValue(book, row, growth, factor);
          }
          worst = Math.min(worst, total);
        }
        result[point] = -worst;
        done++;
      }
      return { result, share: (2 * done) / points };
    },
    error: (result, plain) => largest(result, plain) / gross,
  };
}
