import type { StressMarks } from "../reverse-stress/moved-run.ts";
import type { LibraryPoint, WorstScenario } from "../what-if/what-if-result.ts";
import type { SolverStatus } from "./linear-program.ts";

/** Where the cost of a unit comes from: bid and ask of the market, a stated default, or the request. */
export type CostSource = "quotes" | "default" | "set";

/** An instrument that may be traded. Amounts are for one unit of quantity, USD at the book's market. */
export interface HedgeCandidate {
  readonly symbol: string;
  readonly underlying: string;
  readonly kind: "spot" | "future" | "perpetual" | "option" | "stock";
  readonly expiryMs?: number;
  readonly strike?: number;
  readonly optionType?: "call" | "put";
  readonly quantityUnit: string;
  /** Quantity the book holds before the hedge, long > 0. */
  readonly held: number;
  /** Half spread + fee + impact of a unit, USD; ≥ 0. */
  readonly unitCostUsd: number;
  readonly halfSpreadUsd: number;
  readonly feeUsd: number;
  readonly impactUsd: number;
  readonly costSource: CostSource;
  /** Value paid for a unit, USD: options, spot and stocks; 0 for futures and perpetuals. */
  readonly premiumUsd: number;
  readonly notionalUsd: number;
  /** Smallest step of quantity; > 0. */
  readonly lot: number;
  readonly lotSource: "contract" | "default" | "set";
  /** Most that may be bought and sold, quantity; ≥ 0. */
  readonly mostBought: number;
  readonly mostSold: number;
  /** USD per unit: delta × index, and money per volatility point. */
  readonly deltaUsd: number;
  readonly vegaUsd: number;
}

/** A named instrument that is no candidate, and why. */
export interface LeftOutCandidate {
  readonly symbol: string;
  readonly reason: string;
}

export interface HedgeTrade {
  /** Place of the instrument in `candidates`. */
  readonly candidate: number;
  readonly symbol: string;
  /** Bought > 0, sold < 0, in `quantityUnit`. */
  readonly quantity: number;
  readonly quantityUnit: string;
  /** Signed number of lots; only of plans in lots. */
  readonly lots?: number;
  readonly costUsd: number;
  /** Paid > 0, received < 0. */
  readonly premiumUsd: number;
  readonly notionalUsd: number;
  /** Requirement after this trade and those before it, USD, recomputed; trades stand in the order of most saved per cost. */
  readonly requirementAfterUsd: number;
  /** Margin saved by this trade after those before it, USD; below 0 when it raises it. */
  readonly savedUsd: number;
}

/** The scenario that sets a requirement. */
export interface HedgeBinding {
  readonly account: string;
  readonly setId: string;
  readonly scenarioId: string;
  readonly label: string;
  /** Loss in it after the method's own offsets, USD; > 0. */
  readonly lossUsd: number;
}

/** Price moves of all underlyings together at which an account is liquidated. */
export interface LiquidationDistance {
  /** Relative, below 0; absent when none is found down to `searchedDown`. */
  readonly down?: number;
  /** Relative, above 0. */
  readonly up?: number;
  readonly searchedDown: number;
  readonly searchedUp: number;
}

/** Worst profit on a grid twice as wide as the scenarios of the margin. */
export interface WideLoss {
  /** USD; gain > 0. */
  readonly pnlUsd: number;
  /** The worst place of each set of scenarios. */
  readonly places: readonly { readonly setId: string; readonly label: string; readonly pnlUsd: number }[];
}

/** A book before or after a hedge: everything recomputed by the engine. */
export interface HedgeState {
  /** What the objective is about: initial or maintenance margin, USD. */
  readonly requirementUsd: number;
  readonly initialUsd: number;
  readonly maintenanceUsd: number;
  /** Margin balance less costs paid; absent where the portfolio states none. */
  readonly marginBalanceUsd?: number;
  /** Margin balance less requirement. */
  readonly headroomUsd?: number;
  /** Requirement ÷ margin balance; absent without a positive one. */
  readonly ratio?: number;
  readonly bindings: readonly HedgeBinding[];
  /** USD: delta and gamma per 1 % of price, vega per volatility point, theta per day. */
  readonly greeks: { readonly delta: number; readonly gamma: number; readonly vega: number; readonly theta: number };
  readonly carry: {
    readonly thetaUsdPerDay: number;
    /** Received > 0; of the positions whose rate the request states. */
    readonly fundingUsdPerDay: number;
    /** Perpetuals held without a stated funding rate. */
    readonly fundingUnknown: readonly string[];
    readonly usdPerDay: number;
  };
  /** Absent where the portfolio states no balance. */
  readonly liquidation?: LiquidationDistance;
  readonly wide: WideLoss;
  /** Profit in each scenario of the request's stress sets, and the lowest; absent where it names none. Costs are not in it. */
  readonly stress?: readonly LibraryPoint[];
  readonly worstStress?: WorstScenario;
}

/** Margins of one more method before and after. */
export interface HedgeUnderMethod {
  readonly label: string;
  readonly methodology: string;
  readonly version: string;
  /** Why this method has no figures here; the others stand. */
  readonly refusal?: string;
  readonly before?: { readonly initialUsd: number; readonly maintenanceUsd: number };
  readonly exact?: { readonly initialUsd: number; readonly maintenanceUsd: number };
  readonly inLots?: { readonly initialUsd: number; readonly maintenanceUsd: number };
  /** Positions and trades this method does not margin. */
  readonly excluded: number;
}

/** A hedge and what it does. */
export interface HedgePlan {
  /** In the order of most margin saved per cost, each after those before it. */
  readonly trades: readonly HedgeTrade[];
  readonly costUsd: number;
  readonly premiumUsd: number;
  /** What the programme believes the requirement is, USD; the recomputed one stands in `state`. */
  readonly programmeUsd: number;
  /** w × requirement + cost by the recomputed requirement, USD. */
  readonly objectiveUsd: number;
  readonly status: SolverStatus;
  /** (objective − bound) / |objective| of the last programme, fraction; 0 when proved optimal. */
  readonly gap: number;
  readonly state: HedgeState;
}

/** What holds the optimum back: a scenario with its weight, a limit, a budget, a bound. */
export interface BindingConstraint {
  readonly kind: "scenario" | "limit" | "budget" | "cash" | "target" | "bound" | "component";
  readonly label: string;
  /** Dual value: change of the objective, USD, per USD (or unit) of the constraint; scenarios: weight of the scenario in the requirement. */
  readonly weight: number;
}

/** What a unit of an instrument saves at the margin of the book as it is, by the dual values there. */
export interface MarginalTrade {
  readonly candidate: number;
  readonly symbol: string;
  readonly direction: "buy" | "sell";
  /** USD of requirement per unit; > 0. */
  readonly savedUsdPerUnit: number;
  readonly costUsdPerUnit: number;
  /** Saved ÷ cost; absent at no cost. */
  readonly savedPerCost?: number;
}

/** One solved programme of the run. */
export interface HedgeRound {
  readonly round: number;
  /** Share of the bounds trades could change by. */
  readonly reach: number;
  readonly programmeUsd: number;
  readonly recomputedUsd: number;
  readonly objectiveUsd: number;
  readonly accepted: boolean;
}

/** Answer of `hedge.propose`. */
export interface HedgeProposal extends StressMarks {
  readonly requirement: "initial" | "maintenance";
  /** w: value of one USD of margin over the horizon. */
  readonly marginWeight: number;
  readonly candidates: readonly HedgeCandidate[];
  readonly leftOut: readonly LeftOutCandidate[];
  readonly before: HedgeState;
  /** Quantities of any size. */
  readonly exact: HedgePlan;
  /** Whole lots; absent when not asked for. */
  readonly inLots?: HedgePlan;
  readonly marginal: readonly MarginalTrade[];
  /** Of the programme of `exact`, heaviest first. */
  readonly binding: readonly BindingConstraint[];
  readonly rounds: readonly HedgeRound[];
  readonly methods: readonly HedgeUnderMethod[];
  /** How the programme was made and what is not exact about it, in words. */
  readonly notes: readonly string[];
  readonly solver: string;
}
