/** Kernels there are; stands in every result. `wasm-relaxed-simd` may differ in the last bits from machine to machine. */
export const kernelNames = ["wasm-simd", "wasm-relaxed-simd", "typed-array"] as const;
export type KernelName = (typeof kernelNames)[number];

/**
 * The inner loops of revaluation over one memory. Every argument that names data is an offset in doubles into
 * `arena`; lengths of columns, scenarios and cells are even (pad with a copy of the last). Results are added to `out`.
 * The WebAssembly and the typed-array kernel do the same arithmetic in the same order: equal bit for bit.
 */
export interface EngineKernel {
  readonly name: KernelName;
  readonly arena: Float64Array;
  /** Σ options on price columns (ascending) × relative volatility rows. `scratch` holds 3 × columns. */
  surface(
    options: number,
    count: number,
    moves: number,
    growths: number,
    columns: number,
    factors: number,
    inverses: number,
    rows: number,
    scratch: number,
    out: number,
  ): void;
  /**
   * Options with total volatilities of their own, one for each run of columns: from `starts` on, with results from
   * out + `targets` on. Runs may share columns. Stride 0 sums over options.
   */
  segments(
    options: number,
    count: number,
    moves: number,
    growths: number,
    columns: number,
    starts: number,
    lengths: number,
    targets: number,
    volatilities: number,
    segmentCount: number,
    scratch: number,
    out: number,
    stride: number,
  ): void;
  /** Options along joint scenarios of price and relative volatility. Stride 0 sums over options. */
  list(
    options: number,
    count: number,
    moves: number,
    growths: number,
    factors: number,
    inverses: number,
    scenarios: number,
    maxMove: number,
    maxFactor: number,
    maxInverse: number,
    out: number,
    stride: number,
  ): void;
  /**
   * Options along joint scenarios, each with its own shocked volatility, by the arithmetic of `segments`; time passes in
   * them when `passes` is 1. Records hold σ and τ where others hold their products. Stride 0 sums over options.
   */
  joint(
    options: number,
    count: number,
    moves: number,
    growths: number,
    starts: number,
    factors: number,
    additions: number,
    floors: number,
    decays: number,
    passes: 0 | 1,
    scenarios: number,
    out: number,
    stride: number,
  ): void;
  /**
   * Σ options of w1·N(t1), w2·n(t1), w3·n(t1), w4·n(t1) at price columns; four rows from `out`. Records: x0, S·w/v, S·w·v/2,
   * then the four weights.
   */
  sensitivities(options: number, count: number, moves: number, columns: number, out: number): void;
  /** One account's profit in each cell from unit rows; holdings are pairs (row, quantity). Overwrites `out`. */
  account(units: number, cells: number, holdings: number, count: number, out: number): void;
  /** Adds a piecewise polynomial of degree 11 at each abscissa. */
  profile(
    coefficients: number,
    intervals: number,
    low: number,
    perWidth: number,
    abscissae: number,
    count: number,
    out: number,
  ): void;
  /** Correlated log moves: volatility × scale × Cholesky factor × normals; factor-major. Overwrites `out`. */
  correlate(
    factor: number,
    factors: number,
    normals: number,
    scales: number,
    volatilities: number,
    paths: number,
    out: number,
  ): void;
}
