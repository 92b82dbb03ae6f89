import type { MarginResult, Totals } from "../../margin/index.ts";
import type { Requirement } from "../attribution/index.ts";
import type { LineDifference } from "../difference.ts";

/** What may differ between two runs, in the usual order. */
export const changeSteps = [
  "positions",
  "prices",
  "volatilities",
  "time",
  "marks",
  "collateral",
  "history",
  "parameter-file",
  "parameters",
  "method",
] as const;
export type ChangeStepId = (typeof changeSteps)[number];

export const stepWords: Readonly<Record<ChangeStepId, { readonly title: string; readonly meaning: string }>> = {
  positions: { title: "Positions", meaning: "quantities of the later run, traded at the prices of the earlier one" },
  prices: { title: "Market prices", meaning: "index prices, forwards, marks of futures and perpetuals, rates" },
  volatilities: { title: "Volatilities", meaning: "volatility of every option, options marked by their model" },
  time: { title: "Time", meaning: "time to expiry; what has expired leaves" },
  marks: { title: "Quoted marks", meaning: "distance of quoted option marks from their model value" },
  collateral: {
    title: "Balances and components",
    meaning: "balances as stated: cash flows, fees, funding; stated components",
  },
  history: { title: "History", meaning: "past of the risk factors" },
  "parameter-file": { title: "Parameter file", meaning: "arrays and tables of the clearing house" },
  parameters: { title: "Parameters", meaning: "version of the rules and parameters you set" },
  method: { title: "Method", meaning: "another method with its rules" },
};

/** A position, or what belongs to none, whose component amount changed in a step. USD. */
export interface ChangedPosition {
  readonly id: string;
  readonly symbol: string;
  /** Absent: not held before, or after. */
  readonly from?: number;
  readonly to?: number;
  readonly change: number;
}

/** One step of a change: one input replaced, everything computed again. */
export interface ChangeStep {
  readonly id: ChangeStepId;
  readonly title: string;
  readonly meaning: string;
  /** Whether the input is the same on both sides: nothing was computed, the change is 0. */
  readonly same: boolean;
  /** Change of the requirement, USD; all steps add up to the whole change to the last bit. */
  readonly change: number;
  /** Change averaged over orders; absent where none was asked for. */
  readonly averaged?: number;
  /** Totals after the step. */
  readonly totals: Totals;
  /** Profit of the positions in this step at marks, USD at the index after it; gain > 0. Only of steps of the market. */
  readonly profitUsd?: number;
  /** Change of equity, USD; absent without balances. */
  readonly equityChange?: number;
  /** Lines of the statement that moved, largest change first. */
  readonly lines: readonly LineDifference[];
  readonly linesNotListed: number;
  /** By component amounts, largest change first. */
  readonly positions: readonly ChangedPosition[];
  readonly positionsNotListed: number;
  /** Σ changes of all positions, and of what belongs to no position; together the change but for rounding. */
  readonly ofPositions: number;
  readonly ofNoPosition: number;
  /** Positions that have no value in this state, each with the reason. */
  readonly excluded: MarginResult["excluded"];
}

/** One side of a change. */
export interface ChangeEnd {
  readonly portfolioName: string;
  readonly marketName: string;
  readonly asOfMs: number;
  readonly methodology: MarginResult["methodology"];
  readonly version: string;
  readonly accuracy: MarginResult["accuracy"];
  readonly totals: Totals;
  readonly excluded: number;
}

/** Why a requirement changed between two runs. Plain data; a function of both runs. */
export interface ChangeExplanation {
  readonly requirement: Requirement;
  readonly unit: "USD";
  readonly from: ChangeEnd;
  readonly to: ChangeEnd;
  /** Requirement of both ends, and to − from. */
  readonly fromAmount: number;
  readonly toAmount: number;
  readonly change: number;
  /** In the order taken. */
  readonly steps: readonly ChangeStep[];
  /** change − Σ steps: 0. */
  readonly difference: number;
  /** How `averaged` came about: `mean of the order and its reverse`. */
  readonly averaging?: string;
  readonly remarks: readonly string[];
  readonly synthetic: boolean;
}
