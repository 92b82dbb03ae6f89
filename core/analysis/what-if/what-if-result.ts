import type { Failure } from "../../base/index.ts";
import type { ExcludedPosition } from "../../margin/index.ts";
import type { Accuracy } from "../../methodology/index.ts";
import type { BookExposure, UnderlyingExposure } from "./exposure.ts";

/** A scenario and the profit of the positions in it, USD; gain > 0. What was paid for legs is in equity, not here. */
export interface ScenarioPoint {
  readonly label: string;
  readonly priceMove: number;
  readonly profitUsd: number;
}

/** A scenario of a stress set of the library: all its shocks at once, or the worst step of its path. */
export interface LibraryPoint {
  /** `set/scenario`, unique in the request. */
  readonly id: string;
  /** Place of its set in the request. */
  readonly set: number;
  readonly setName: string;
  readonly scenarioId: string;
  readonly label: string;
  /** USD at the rates of the stressed market; gain > 0. */
  readonly profitUsd: number;
  /** The worst step, of paths; the first of equal ones. */
  readonly step?: string;
}

/** The lowest profit of a side, of the scenarios of the request or of those of the library. */
export interface WorstScenario {
  readonly label: string;
  readonly profitUsd: number;
  /** Of a scenario of price and volatility. */
  readonly priceMove?: number;
  /** Of a scenario of the library. */
  readonly setName?: string;
  /** Of its path: the worst step. */
  readonly step?: string;
}

/** What a method says of one side of a what-if. USD, all accounts. */
export interface WhatIfFigures {
  readonly initialUsd: number;
  readonly maintenanceUsd: number;
  /** Absent without balances. */
  readonly equityUsd?: number;
  readonly marginBalanceUsd?: number;
  /** Margin balance less initial margin; absent too when an account with a requirement has no balance. */
  readonly availableUsd?: number;
  /** Margin balance less maintenance margin of the account nearest to liquidation; below 0 it is liquidated. */
  readonly headroomUsd?: number;
  /** Margin balance less initial margin of the account nearest to a call. */
  readonly callRoomUsd?: number;
  /** Binding scenario of each account, joined. */
  readonly binding?: string;
  readonly exposure: BookExposure;
  readonly exposures: readonly UnderlyingExposure[];
  readonly grossNotionalUsd: number;
  /** Profit in each scenario of the request, in its order. */
  readonly stress: readonly ScenarioPoint[];
  /** Profit in each scenario of its stress sets, in their order; absent where it names none. */
  readonly library?: readonly LibraryPoint[];
  /** The worst of both. */
  readonly worstStress?: WorstScenario;
  /** Worst point of the wide grid, and of its part within the method's own range (between its nodes too). */
  readonly worstWide: ScenarioPoint;
  readonly worstInside: ScenarioPoint;
  readonly positions: number;
  readonly excluded: number;
}

/** After less before, name by name, where both sides have it. */
export interface WhatIfChange extends BookExposure {
  readonly initialUsd: number;
  readonly maintenanceUsd: number;
  readonly equityUsd?: number;
  readonly marginBalanceUsd?: number;
  readonly availableUsd?: number;
  readonly headroomUsd?: number;
  readonly callRoomUsd?: number;
  readonly grossNotionalUsd: number;
}

/** The worst point of a difference is not the difference of the worst points: both, over the wide grid. */
export interface WorstPoints {
  /** Where the change itself loses most: worst over the grid of (after − before). */
  readonly worstOfDifference: ScenarioPoint;
  /** Worst after less worst before, wherever each stands. */
  readonly differenceOfWorstUsd: number;
  /** `method`: the grid is twice as wide as the method's; `default`: it has no price scenarios. */
  readonly grid: "method" | "default";
  readonly points: number;
}

/** What the legs cost against their marks, and what is paid for options and spot. USD. */
export interface TicketCost {
  /** Paid above (received below) the marks: > 0 costs; the spread when traded at bid and ask. */
  readonly spreadUsd: number;
  /** Paid for options, spot and stocks > 0, received < 0. */
  readonly premiumUsd: number;
}

export const limitMeasures = [
  "initial",
  "maintenance",
  "available",
  "headroom",
  "call-room",
  "delta",
  "gamma",
  "vega",
  "theta",
  "stress-loss",
  "wide-loss",
  "gross-notional",
  "notional-share",
  "open-interest-share",
] as const;

export type LimitMeasure = (typeof limitMeasures)[number];

/**
 * A bound on a book. `available`, `headroom`, `call-room` and `theta` at least it; everything else at most. Greeks count either sign, but
 * theta.
 */
export interface WhatIfLimit {
  readonly measure: LimitMeasure;
  /** USD; a fraction for shares. */
  readonly bound: number;
  /** Of greeks, and of gross notional: this underlying alone. */
  readonly underlying?: string | undefined;
  /** Only for this method; absent: for all. Measures that do not depend on a method are the same under each. */
  readonly methodology?: string | undefined;
  readonly label?: string | undefined;
}

/** One side of a verdict. */
export interface LimitSide {
  readonly value: number;
  /** Distance to the bound, > 0 inside it; unit of the bound. */
  readonly room: number;
  readonly passes: boolean;
  /** Instrument or underlying that has the share, scenario that loses most. */
  readonly where?: string;
}

export interface LimitVerdict {
  readonly limit: WhatIfLimit;
  /** Absent where the book has no such figure: no balance, no open interest, no scenarios. */
  readonly before?: LimitSide;
  readonly after?: LimitSide;
}

/** One method of a what-if. */
export interface WhatIfColumn {
  readonly label: string;
  readonly methodology: { readonly id: string; readonly title: string };
  readonly version: string;
  readonly overridden: boolean;
  readonly accuracy: Accuracy;
  readonly before: WhatIfFigures;
  readonly after: WhatIfFigures;
  readonly change: WhatIfChange;
  readonly worst: WorstPoints;
  readonly limits: readonly LimitVerdict[];
  /** Positions after the change that the method does not margin, with the reason: at most 20. */
  readonly excluded: readonly ExcludedPosition[];
  readonly kernel: string;
}

/** A leg as it was understood. */
export interface WhatIfLeg {
  readonly symbol: string;
  readonly venue: string;
  readonly underlying: string;
  readonly quantity: number;
  readonly quantityUnit: string;
  /** In `priceUnit`. */
  readonly mark: number;
  readonly price: number;
  /** Currency of mark and price: the coin for inverse options, else the quote currency. */
  readonly priceUnit: string;
  /** Settlement currency. */
  readonly settlement: string;
  /** Held in it before. */
  readonly held: number;
}

/** A column that could not be computed. */
export interface FailedColumn {
  readonly label: string;
  readonly failure: Failure;
}

export interface WhatIfResult {
  readonly portfolioName: string;
  readonly marketName: string;
  readonly asOfMs: number;
  readonly synthetic: boolean;
  readonly legs: readonly WhatIfLeg[];
  readonly cost: TicketCost;
  /** In the order of the request; one that cannot be computed says why and leaves the others standing. */
  readonly columns: readonly (WhatIfColumn | FailedColumn)[];
}
