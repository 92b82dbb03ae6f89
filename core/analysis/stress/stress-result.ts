import type { Failure } from "../../base/index.ts";
import type { MarginResult } from "../../margin/index.ts";
import type { Accuracy } from "../../methodology/index.ts";
import type { PositionId } from "../../portfolio/index.ts";

/** `instant`: all at once; `path`: step by step in the order of the scenario; `scaled`: all at once, each shock k times. */
export type StressMode = "instant" | "path" | "scaled";

/** Whose parameters a method uses: in force on the day of the market, or on the day the scenario ended. */
export type StressParameters = "today" | "event";

/** A factor that stays, and why. */
export interface NotMoved {
  readonly factor: string;
  readonly reason: string;
}

/** A factor that moves, by how much and on whose word. */
export interface MovedFactor {
  /** `price:BTC`, `volatility:ETH`, `stablecoin:USDT`. */
  readonly factor: string;
  /** In words: `-51.4 %`, `15 times its spread`. */
  readonly move: string;
  /** `own`, `class ALT`, `all`, `1.25 × BTC`. */
  readonly by: string;
}

/** An account at one market; USD at the rates there. Requirements ≥ 0. */
export interface StressAmounts {
  readonly initialUsd: number;
  readonly maintenanceUsd: number;
  /** Absent when no account states a balance. */
  readonly equityUsd?: number;
  readonly marginBalanceUsd?: number;
  /** maintenance ÷ margin balance, as a fraction; liquidation at 1. Absent without a positive margin balance. */
  readonly marginRatio?: number;
  /** Initial margin less margin balance of the accounts that are short of it, summed; ≥ 0. Absent without a balance. */
  readonly callUsd?: number;
  /** Maintenance margin less margin balance of the accounts that are short of it, summed; ≥ 0. */
  readonly shortfallUsd?: number;
  /** Binding scenarios of the method's matrices, as `price -16 %, volatility up`; absent when none loses. */
  readonly binding?: string;
}

/** `call`: below initial margin; `liquidation`: below maintenance margin; `insolvent`: equity of an account below 0. */
export type StressFlag = "call" | "liquidation" | "insolvent";

/** A step of a path, from the start. */
export interface StressStep {
  readonly label: string;
  /** Since the start. */
  readonly days: number;
  /** Since the start; USD at the rates of the step; gain > 0. */
  readonly pnlUsd: number;
  readonly amounts: StressAmounts;
  /** Called at this step, calls of earlier steps met in cash; ≥ 0. Absent without a balance. */
  readonly callUsd?: number;
  /** Called up to and with this step. */
  readonly calledUsd?: number;
  /** Whether the account is below maintenance margin at this step before the call is met. */
  readonly flags: readonly StressFlag[];
}

/** One scenario under one method. */
export interface StressOutcome {
  /** Place among the columns. */
  readonly column: number;
  /** Profit of the positions, USD at the rates of the stressed market; gain > 0. */
  readonly pnlUsd: number;
  readonly byUnderlying: readonly { readonly underlying: string; readonly pnlUsd: number }[];
  /** What balances lost or gained beside the positions: coin prices and pegs, USD. */
  readonly collateralUsd: number;
  /** Taken off margin balances by haircuts, equity untouched, USD ≥ 0. */
  readonly haircutUsd: number;
  /** Equity after less before, USD each at its own rates; absent without a balance. */
  readonly equityChangeUsd?: number;
  readonly before: StressAmounts;
  readonly after: StressAmounts;
  readonly flags: readonly StressFlag[];
  /** 1 is the largest loss of the method, of a path that at its worst step; scenarios of one loss stand in the order of the sets. */
  readonly rank: number;
  /** Cost of closing every position at the stressed spread, half of it each, USD ≥ 0; absent where the market has no bid and ask. */
  readonly closingCostUsd?: number;
  /** Parameters the amounts after rest on: `2026.1 (today)`. */
  readonly parameters: string;
  readonly accuracy: Accuracy;
  /** Approximations of this scenario under this method. */
  readonly remarks: readonly string[];
  readonly steps?: readonly StressStep[];
  /** Place of the step with the lowest profit since the start, the first of equal ones. */
  readonly worstStep?: number;
}

/** How unusual a scenario is under a history. */
export interface StressSeverity {
  readonly horizonDays: number;
  /** Mahalanobis norm of the logarithmic moves of price and volatility, deviations. */
  readonly norm?: number;
  /** Share of the history's moves over the horizon that are less far; 1: none was as far. */
  readonly percentile?: number;
  /** Moves the percentile rests on. */
  readonly observations?: number;
  readonly factors: readonly string[];
  /** Why norm or percentile is missing, or what they leave out. */
  readonly note?: string;
}

/** A scenario of a set, at one horizon. */
export interface StressedScenario {
  /** `set/scenario`, with `+3d` where time passes; unique in the run. */
  readonly id: string;
  /** Place of its set in the request: sets may have one name. */
  readonly set: number;
  /** Of a second set of one name with ` (2)` behind it. */
  readonly setName: string;
  readonly scenarioId: string;
  readonly label: string;
  readonly kind: "historical" | "hypothetical" | "venue";
  readonly start?: string;
  readonly end?: string;
  /** Days that pass beyond those of the scenario itself. */
  readonly days: number;
  readonly scale: number;
  readonly moved: readonly MovedFactor[];
  readonly notMoved: readonly NotMoved[];
  readonly remarks: readonly string[];
  readonly severity: StressSeverity;
  /** One a column that could be computed, in the order of the columns. */
  readonly outcomes: readonly StressOutcome[];
  /** Columns that could not be computed for this scenario. */
  readonly failures: readonly { readonly column: number; readonly failure: Failure }[];
}

/** A method of a stress run, with what marks its answers. */
export interface StressColumn {
  readonly label: string;
  readonly methodology: { readonly id: string; readonly title: string; readonly venue: string };
  /** Absent where the method cannot be run at all. */
  readonly version?: string;
  readonly effectiveFrom?: string;
  readonly parametersHash?: string;
  readonly overridden: boolean;
  readonly accuracy?: Accuracy;
  readonly excluded: readonly { readonly symbol: string; readonly quantity: number; readonly failure: Failure }[];
  /** Positions the venue has no instrument for. */
  readonly leftOut: readonly { readonly symbol: string; readonly quantity: number; readonly failure: Failure }[];
  readonly mappings: readonly { readonly from: string; readonly to: string; readonly note: string }[];
  readonly remarks: readonly string[];
  readonly before?: StressAmounts;
  readonly failure?: Failure;
}

/** Scenarios of one or several sets under one or several methods. Plain data; a function of its inputs only. */
export interface StressRun {
  readonly portfolioName: string;
  readonly marketName: string;
  readonly historyName?: string;
  readonly asOfMs: number;
  readonly mode: StressMode;
  readonly scale: number;
  readonly parameters: StressParameters;
  readonly synthetic: boolean;
  /** That nothing here binds a venue. */
  readonly notice: string;
  readonly kernel: string;
  readonly columns: readonly StressColumn[];
  readonly scenarios: readonly StressedScenario[];
}

/** What a position made in a scenario, and of what; USD at the rates of the stressed market; gain > 0. */
export interface StressedPosition {
  readonly id: PositionId;
  readonly symbol: string;
  readonly underlying: string;
  readonly settlement: string;
  readonly quantity: number;
  /** Settlement currency. */
  readonly pnl: number;
  readonly pnlUsd: number;
  /** Each with everything else where it was; `cross` is what they make together beyond that. Σ is `pnlUsd`. */
  readonly byFactor: StressFactors;
  readonly remarks: readonly string[];
}

export const stressFactorNames = [
  "price",
  "volatility",
  "basis",
  "rate",
  "time",
  "funding",
  "stablecoin",
  "cross",
] as const;
export type StressFactorName = (typeof stressFactorNames)[number];
export type StressFactors = Readonly<Record<StressFactorName, number>>;

/** One scenario under one method, opened. */
export interface StressDrill {
  readonly scenario: Omit<StressedScenario, "outcomes" | "failures">;
  readonly column: StressColumn;
  readonly outcome: StressOutcome;
  readonly positions: readonly StressedPosition[];
  readonly totals: StressFactors;
  /** The stressed run with its statement. */
  readonly result: MarginResult;
  readonly notice: string;
  readonly synthetic: boolean;
}
