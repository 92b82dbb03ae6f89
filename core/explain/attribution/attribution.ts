import type { Failure } from "../../base/index.ts";
import type { MarginResult } from "../../margin/index.ts";
import type { Grouping, PositionGroup } from "./grouping.ts";
import type { Requirement } from "./subset-margins.ts";

/** Ways to split a requirement. */
export const attributionKinds = ["component", "euler", "stand-alone", "incremental", "pro-rata", "shapley"] as const;
export type AttributionKind = (typeof attributionKinds)[number];

/** What each way is called and what its amounts mean, in one sentence. */
export const kindWords: Readonly<Record<AttributionKind, { readonly title: string; readonly meaning: string }>> = {
  component: {
    title: "Component, at the binding scenario",
    meaning:
      "What the group loses in the scenario (of VaR and ES: the tail) that sets the requirement, along the statement; adds up with the lines that belong to no position.",
  },
  euler: {
    title: "Euler, by a change of size",
    meaning:
      "Rate at which the requirement rises with the size of the group, times its size; adds up where the requirement is proportional to size.",
  },
  "stand-alone": {
    title: "Stand-alone",
    meaning: "Requirement of the group as if it were the only one; the sum less the whole is what netting saves.",
  },
  incremental: {
    title: "Incremental",
    meaning:
      "Requirement of the book less the requirement without the group; below 0 where it hedges. Does not add up.",
  },
  "pro-rata": {
    title: "Pro-rata",
    meaning: "The whole shared in proportion to the stand-alone amounts; adds up, but no hedge is ever credited.",
  },
  shapley: {
    title: "Shapley",
    meaning: "What the group adds when it joins the others, averaged over every order of joining; adds up.",
  },
};

/** An amount that belongs to no group, named. */
export interface Residual {
  readonly label: string;
  /** USD; Σ groups + Σ residuals is the whole. */
  readonly amount: number;
  /** Line of the statement, where it is one. */
  readonly lineId?: string;
}

/** One way to split the requirement. Amounts in USD, one a group, in the order of the groups. */
export interface AttributionSplit {
  readonly kind: AttributionKind;
  readonly title: string;
  readonly meaning: string;
  /** Above 0 adds to the requirement. */
  readonly amounts: readonly number[];
  /** Standard errors, where the amounts are sampled. */
  readonly errors?: readonly number[];
  /** Compensated sum of the amounts. */
  readonly sum: number;
  /** What the groups do not hold: named, largest first. */
  readonly residuals: readonly Residual[];
  /** Whole − Σ amounts − Σ residuals: rounding, shown. */
  readonly difference: number;
  /** Whether the amounts and the part of no position add up to the whole by theory. */
  readonly sums: boolean;
  /** How it was computed, where there is more than one way: `exact: 1,024 coalitions`. */
  readonly how?: string;
}

/** A requirement split among groups of positions in several ways. Plain data. */
export interface Attribution
  extends Pick<
    MarginResult,
    "methodology" | "portfolioName" | "marketName" | "asOfMs" | "accuracy" | "remarks" | "excluded" | "synthetic"
  > {
  readonly version: string;
  readonly requirement: Requirement;
  readonly grouping: Grouping;
  readonly unit: "USD";
  /** Requirement of the book; ≥ 0. */
  readonly total: number;
  /** Requirement without any position: of balances and stated components; ≥ 0. */
  readonly ofNoPosition: number;
  readonly groups: readonly PositionGroup[];
  readonly splits: readonly AttributionSplit[];
  /** Ways that were asked for and could not be computed, each with the reason. */
  readonly refused: readonly { readonly kind: AttributionKind; readonly title: string; readonly failure: Failure }[];
  /** Scenarios that bind together with another. */
  readonly ties: readonly string[];
}
