import {
  bookSurfaceWork,
  type EngineKernel,
  type OptionBook,
  runBlocks,
  typedArrayKernel,
  wasmKernel,
} from "../../../core/revaluation/engine/index.ts";

const doubles = 1 << 20;
const wasm = wasmKernel(doubles);
if (!wasm) throw new Error("this machine has no WebAssembly SIMD");

export const engines: readonly EngineKernel[] = [wasm, typedArrayKernel(doubles)];
export const simd: EngineKernel = wasm;
/** Not the same bits as the others; absent where the machine has no relaxed SIMD. */
export const relaxed: readonly EngineKernel[] = [wasmKernel(doubles, "wasm-relaxed-simd") ?? []].flat();

export interface Terms {
  readonly forward: number;
  readonly strike: number;
  readonly years: number;
  readonly volatility: number;
  readonly call: boolean;
  readonly quantity?: number;
  readonly discount?: number;
  readonly underlying?: number;
  /** 0 for linear. */
  readonly settlementPrice?: number;
}

export function bookOf(options: readonly Terms[]): OptionBook {
  const column = (read: (option: Terms) => number): Float64Array => Float64Array.from(options, read);
  return {
    forward: column(({ forward }) => forward),
    strike: column(({ strike }) => strike),
    years: column(({ years }) => years),
    volatility: column(({ volatility }) => volatility),
    discount: column(({ discount = 1 }) => discount),
    quantity: column(({ quantity = 1 }) => quantity),
    weight: column(({ call }) => (call ? 1 : -1)),
    underlying: column(({ underlying = 0 }) => underlying),
    settlementPrice: column(({ settlementPrice = 0 }) => settlementPrice),
  };
}

/** Σ |quantity| × the larger of forward and strike: the scale of errors of a linear book. */
export function grossOf(options: readonly Terms[]): number {
  return options.reduce(
    (total, { forward, strike, quantity = 1 }) => total + Math.abs(quantity) * Math.max(forward, strike),
    0,
  );
}

/** Largest distance of two arrays of one length. */
export function distance(one: Float64Array, other: Float64Array): number {
  if (one.length !== other.length) throw new Error(`lengths ${one.length} and ${other.length}`);
  return one.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (other[i] ?? Number.NaN))), 0);
}

export function spaced(from: number, to: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

/**
 * Values of one option, not profits, straight from the surface kernel: rows of volatility factors, columns of price moves.
 *
 * @param moves   ascending, even in number, with 0 among them: the engine then adds no column of its own
 * @param changes with 0 among them
 */
export function values(engine: EngineKernel, option: Terms, moves: Float64Array, changes: Float64Array): Float64Array {
  const input = { book: bookOf([option]), priceMoves: moves, volatilityChanges: changes };
  return runBlocks(engine, bookSurfaceWork({ ...input, volatilityAxis: "exact" }));
}
