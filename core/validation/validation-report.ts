import type { SourceFile } from "../portfolio/index.ts";
import type { BenchmarkComparison } from "./benchmark-comparison.ts";
import type { Coverage, Exception } from "./coverage.ts";
import type { CoverageSeries } from "./coverage-series.ts";
import type { ContractRate, DisclosureItem, HeldCollateral, Origin } from "./disclosure.ts";
import type { ExceptionMap } from "./exception-map.ts";
import type { GlobalSensitivity } from "./global-sensitivity.ts";
import type { ChangeOptions } from "./margin-change.ts";
import type { MarginToVolatility } from "./margin-to-volatility.ts";
import type { ModelCard } from "./model-card.ts";
import type { Procyclicality } from "./procyclicality.ts";
import type { ProfitAttribution } from "./profit-attribution.ts";
import type { Responsiveness } from "./responsiveness.ts";
import type { SensitivityTable } from "./sensitivity.ts";
import type { TestGroup, TestSettings } from "./series-tests.ts";
import type { EstimationInterval } from "./stationary-bootstrap.ts";
import type { TestOutcome } from "./test-outcome.ts";
import type { RollingCount } from "./traffic-light.ts";

/** A place to sign. Empty fields are printed as lines. */
export interface SignOff {
  /** `owner`, `validator`, `approver`. */
  readonly role: string;
  readonly name?: string;
  /** ISO day. */
  readonly date?: string;
  readonly comment?: string;
}

/** A second model on the same rows, for comparing forecasts of value at risk and expected shortfall. */
export interface RivalForecast {
  readonly label: string;
  /** Series it forecasts. */
  readonly series: string;
  readonly valueAtRisk: readonly number[];
  readonly expectedShortfall: readonly number[];
}

/** Everything a validation is made of. Plain data. */
export interface ValidationRequest {
  readonly model: ModelCard;
  readonly portfolio: { readonly name: string; readonly sha256?: string; readonly definition?: string };
  readonly sources: readonly SourceFile[];
  /** Missing days and replaced values, in words. */
  readonly gaps: readonly string[];
  /** At least one; labels unique. */
  readonly series: readonly CoverageSeries[];
  readonly settings: TestSettings;
  readonly changes: ChangeOptions;
  /** Account type by label of the series; house where it is not named. */
  readonly origins?: Readonly<Record<string, Origin>>;
  readonly collateral?: readonly HeldCollateral[];
  readonly contractRates?: readonly ContractRate[];
  /** Period of the disclosure before the last row, months. */
  readonly disclosureMonths?: number;
  readonly rivals?: readonly RivalForecast[];
  readonly attribution?: { readonly hypothetical: readonly number[]; readonly theoretical: readonly number[] };
  readonly sensitivity?: SensitivityTable;
  readonly globalSensitivity?: GlobalSensitivity;
  readonly estimation?: EstimationInterval;
  readonly exceptionMap?: ExceptionMap;
  readonly benchmarks?: BenchmarkComparison;
  readonly limitations: readonly string[];
  readonly signOff: readonly SignOff[];
}

/** What was found of one series. */
export interface SeriesValidation {
  readonly label: string;
  readonly unit: string;
  readonly synthetic: boolean;
  readonly confidence: number;
  readonly horizon: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly coverage: Coverage;
  /** Against the margin, and against the forecast value at risk where the series has one. */
  readonly groups: readonly TestGroup[];
  /** Mean joint score of the forecast, and its comparison with each rival; only with forecasts of both measures. */
  readonly rivals: readonly { readonly label: string; readonly test: TestOutcome }[];
  readonly exceptions: readonly Exception[];
  /** Exceptions of the last 250 rows; empty for a shorter series. */
  readonly rolling: readonly RollingCount[];
  /** Whole series, 12 months, 3 months. */
  readonly procyclicality: readonly Procyclicality[];
  readonly responsiveness: Responsiveness;
  /** Cost of the anti-procyclicality tools, fraction; only with unmitigated margins. */
  readonly toolCost?: number;
  /** Procyclicality of the unmitigated margins over the whole series. */
  readonly unmitigated?: Procyclicality;
  readonly marginToVolatility?: MarginToVolatility;
}

/** What a report repeats of its request. */
type ReportedInputs = Pick<
  ValidationRequest,
  | ("model" | "portfolio" | "sources" | "gaps" | "settings" | "changes" | "limitations" | "signOff")
  | ("sensitivity" | "globalSensitivity" | "estimation" | "exceptionMap" | "benchmarks")
>;

/** A validation pack before it has a form. */
export interface ValidationReport extends ReportedInputs {
  /** True when any input was generated: every output says so. */
  readonly synthetic: boolean;
  readonly fromMs: number;
  readonly toMs: number;
  readonly series: readonly SeriesValidation[];
  readonly disclosure: readonly DisclosureItem[];
  readonly attribution?: ProfitAttribution;
  /** The rows everything was computed from. */
  readonly rows: readonly CoverageSeries[];
  /** SHA-256 of the request: equal hashes give equal reports. */
  readonly sha256: string;
}
