import type { ChangeType } from "../../history/index.ts";

/** Distribution of one factor in a copula. Values are changes of the factor, in its unit. */
export type Marginal =
  | { readonly kind: "normal"; readonly mean: number /** ≥ 0 */; readonly deviation: number }
  | {
      /** Scaled to its deviation: variance matched. */
      readonly kind: "student-t";
      readonly mean: number;
      readonly deviation: number;
      /** ν > 2. */
      readonly degrees: number;
    }
  | {
      /** Type-7 quantile of observed changes; with `scale`, of standardised residuals brought to today's volatility. */
      readonly kind: "empirical";
      readonly values: ArrayLike<number>;
      /** Multiplies every value; 1 when absent. */
      readonly scale?: number;
    };

/** Rows of a matrix, as files and forms hold it. */
export type MatrixRows = readonly (readonly number[])[];

interface FactorList {
  /** Names, in the order of every array of the model. */
  readonly factors: readonly string[];
}

/** Normal changes. */
export interface GaussianModel extends FactorList {
  readonly kind: "gaussian";
  /** Of the horizon, products of the units of the factors. */
  readonly covariance: MatrixRows;
  /** 0 when absent. */
  readonly means?: readonly number[];
}

/** Multivariate t with the covariance given (variance matched): one chi-square variable a scenario, common to all factors. */
export interface MultivariateTModel extends FactorList {
  readonly kind: "multivariate-t";
  readonly covariance: MatrixRows;
  /** ν > 2. */
  readonly degrees: number;
  readonly means?: readonly number[];
}

/** Any marginals joined by a normal copula. */
export interface GaussianCopulaModel extends FactorList {
  readonly kind: "gaussian-copula";
  readonly correlation: MatrixRows;
  readonly marginals: readonly Marginal[];
}

/** Any marginals joined by a t copula: joint extremes are more likely. */
export interface TCopulaModel extends FactorList {
  readonly kind: "t-copula";
  readonly correlation: MatrixRows;
  /** ν ≥ 1 of the copula. */
  readonly degrees: number;
  readonly marginals: readonly Marginal[];
}

/** Jumps of log returns; sizes are normal in the log return. */
export type JumpModel =
  | {
      /** One number of jumps for all factors, sizes correlated. */
      readonly kind: "common";
      /** Jumps a year; ≥ 0. */
      readonly intensity: number;
      readonly means: readonly number[];
      readonly deviations: readonly number[];
      readonly correlation: MatrixRows;
    }
  | {
      /** Each factor jumps on its own. */
      readonly kind: "independent";
      readonly intensities: readonly number[];
      readonly means: readonly number[];
      readonly deviations: readonly number[];
    };

/** Merton's jump diffusion: log returns over a horizon. */
export interface MertonModel extends FactorList {
  readonly kind: "merton";
  /** Horizon; > 0. */
  readonly years: number;
  /** μ of the log return a year. */
  readonly drifts: readonly number[];
  /** Fraction per √year, without the jumps. */
  readonly volatilities: readonly number[];
  readonly correlation: MatrixRows;
  readonly jumps: JumpModel;
}

/** How the variance of a factor moves from step to step: s²′ = ω + α·e² + β·s². EWMA is ω = 0, α = 1 − λ, β = λ. */
export interface VarianceRecursion {
  /** m, mean of the change a step; 0 when absent. */
  readonly mean?: number;
  readonly omega: number;
  readonly alpha: number;
  readonly beta: number;
  /** s² of the first step: the forecast made today. */
  readonly nextVariance: number;
}

/** Filtered historical simulation over several steps, or the same recursion with normal innovations. */
export interface FilteredPathsModel extends FactorList {
  readonly kind: "filtered-paths";
  /** Steps of the horizon; ≥ 1. */
  readonly steps: number;
  /** How the steps of each factor compound: logs and absolute changes add, relative changes multiply. */
  readonly changes: readonly ChangeType[];
  readonly recursions: readonly VarianceRecursion[];
  readonly innovations:
    | {
        /** Standardised residuals z, observation-major `[day · factors + factor]`: a step draws one day for all factors. */
        readonly kind: "residuals";
        readonly values: ArrayLike<number>;
      }
    | { readonly kind: "gaussian"; readonly correlation: MatrixRows };
}

/** A joint distribution of factor changes, as data: stored with what was drawn from it. */
export type FactorModel =
  | GaussianModel
  | MultivariateTModel
  | GaussianCopulaModel
  | TCopulaModel
  | MertonModel
  | FilteredPathsModel;
