import type { Accuracy } from "../methodology/index.ts";
import type { SurfaceVertical } from "./surface/surface-axes.ts";

/** What a surface shows at each point, all in USD unless said. Row-major: `values[row * priceMoves.length + column]`. */
export interface SurfaceLayers {
  /**
   * Profit of the positions against the unshocked market; gain > 0. Profit in coin counts at the shocked index; what
   * coin balances and the premium already paid gain or lose with the coin is not in it.
   */
  readonly pnl: Float64Array;
  /** Initial margin recomputed at the shocked market; ≥ 0. */
  readonly initial: Float64Array;
  /** Maintenance margin recomputed at the shocked market; ≥ 0. */
  readonly maintenance: Float64Array;
  /** Margin balance less maintenance, the smallest over the accounts; below 0 one is liquidated. Empty without a balance. */
  readonly headroom: Float64Array;
  /** Margin balance less initial margin, the smallest over the accounts; below 0 one is called. Empty without a balance. */
  readonly callRoom: Float64Array;
  /** USD per 1 % of price: Black delta × index ÷ 100, inverse futures at their size in coin. */
  readonly delta: Float64Array;
  /** Change of `delta` per 1 % of price at the same index: gamma × forward × index ÷ 10,000. */
  readonly gamma: Float64Array;
  /** USD per volatility point. */
  readonly vega: Float64Array;
  /** USD per calendar day. */
  readonly theta: Float64Array;
}

export interface MarginSurface {
  /** Columns, ascending; relative moves. */
  readonly priceMoves: Float64Array;
  /** Rows, ascending; relative changes or volatility points, as `volatilityMode` says, or moves along `vertical`. */
  readonly volatilityChanges: Float64Array;
  readonly volatilityMode: "relative" | "absolute";
  /** What the rows move; absent: volatility. */
  readonly vertical?: SurfaceVertical;
  /** The underlying that the columns move; absent: all (but the one of the rows). */
  readonly underlying?: string;
  /** Days that have passed; absent where the request names no dates. */
  readonly days?: number;
  /** The same surface at the later dates of the request. */
  readonly later?: readonly MarginSurface[];
  readonly layers: SurfaceLayers;
  /** Point -> index into `bindings`; −1 where no scenario loses. */
  readonly binding: Int16Array;
  /** The binding scenario of each account, joined: the regions of the surface. */
  readonly bindings: readonly string[];
  /** Coarse surfaces hold every few rows and columns of the final one, and are shown marked until it arrives. */
  readonly stage: "coarse" | "final";
  readonly methodology: string;
  readonly version: string;
  readonly overridden: boolean;
  readonly accuracy: Accuracy;
  readonly excluded: number;
  readonly asOfMs: number;
  readonly kernel: string;
}
