import { DomainError } from "../../base/index.ts";

/** Account and market at one instant of the day. Currency amounts of one account. */
export interface IntradayState {
  readonly equity: number;
  readonly equityAtOpen: number;
  readonly maintenanceMargin: number;
  readonly initialMargin: number;
  /** Variation margin owed to the account since the last settlement; a loss is below 0. */
  readonly variation: number;
  /** Value of collateral after haircuts; ≥ 0. */
  readonly collateral: number;
  /** Move of the underlying since the last call over its price scan range; absolute. */
  readonly moveOverScanRange: number;
  /** σ_t/σ_{t−1}. */
  readonly volatilityRatio: number;
}

export interface IntradayRule {
  /** Share of initial margin by which equity may erode since the open; 0.3. */
  readonly erosion: number;
  /** Exposure over collateral that must be covered; 1.1 (EU 2016/822). */
  readonly uncovered: number;
  /** Share of the scan range that the underlying may move; 0.75. */
  readonly move: number;
  /** Rise of volatility that is a change of regime; 1.5. */
  readonly volatilityRise: number;
  /** Calls below this are not made; currency. */
  readonly minimumTransfer: number;
}

export const defaultIntradayRule: Omit<IntradayRule, "minimumTransfer"> = {
  ...{ erosion: 0.3, uncovered: 1.1, move: 0.75, volatilityRise: 1.5 },
};

export type IntradayTrigger =
  | "equity below maintenance"
  | "erosion"
  | "uncovered exposure"
  | "underlying moved"
  | "volatility regime";

/** What an account is asked for. */
export interface IntradayCall {
  readonly triggers: readonly IntradayTrigger[];
  /** What brings equity to initial margin and collateral to the exposure; ≥ 0. */
  readonly shortfall: number;
  /** Open call to be replaced by this amount, or a new one; absent when nothing is called. */
  readonly call?: number;
  /** Why a trigger made no call. */
  readonly suppressed?: "no shortfall" | "below the minimum transfer" | "covered by the open call";
}

/**
 * Whether an account is called during the day, why, and for how much.
 *
 *     equity < MM;  (equity at open − equity)/IM > 30 %;  IM + max(−VM, 0) > 110 % of collateral;  move > 75 % of PSR;  σ_t/σ_{t−1} > 1.5
 *     shortfall = max( IM − equity, IM + max(−VM, 0) − collateral, 0 )
 *
 * One call is open an account: a larger need tops it up, it is never doubled. The amount of a call is this product's own rule.
 *
 * @param state    account and market now; finite
 * @param rule     thresholds and least transfer
 * @param openCall amount already called and not yet paid; ≥ 0
 * @returns triggers in the order above, shortfall, and the amount of the open call after this instant
 * @throws DomainError if initial margin, collateral, the open call or a threshold is below 0
 * @source Commission Delegated Regulation (EU) 2016/822, article 1(2): the 110 % threshold
 */
export function intradayCall(state: IntradayState, rule: IntradayRule, openCall = 0): IntradayCall {
  const { equity, equityAtOpen, maintenanceMargin, initialMargin, variation, collateral } = state;
  for (const amount of [initialMargin, maintenanceMargin, collateral, openCall, ...Object.values(rule)]) {
    if (!(amount >= 0)) throw new DomainError("margin, collateral, call and thresholds must be ≥ 0", amount);
  }
  const exposure = initialMargin + Math.max(-variation, 0);
  const tests: readonly (readonly [IntradayTrigger, boolean])[] = [
    ["equity below maintenance", equity < maintenanceMargin],
    ["erosion", equityAtOpen - equity > rule.erosion * initialMargin],
    ["uncovered exposure", exposure > rule.uncovered * collateral],
    ["underlying moved", state.moveOverScanRange > rule.move],
    ["volatility regime", state.volatilityRatio > rule.volatilityRise],
  ];
  const triggers = tests.filter(([, met]) => met).map(([trigger]) => trigger);
  const shortfall = Math.max(initialMargin - equity, exposure - collateral, 0);
  if (triggers.length === 0) return { triggers, shortfall };
  if (shortfall === 0) return { triggers, shortfall, suppressed: "no shortfall" };
  if (openCall > 0 && shortfall <= openCall)
    return { triggers, shortfall, call: openCall, suppressed: "covered by the open call" };
  if (shortfall - openCall < rule.minimumTransfer) {
    return {
      triggers,
      shortfall,
      ...(openCall > 0 ? { call: openCall } : {}),
      suppressed: "below the minimum transfer",
    };
  }
  return { triggers, shortfall, call: shortfall };
}
