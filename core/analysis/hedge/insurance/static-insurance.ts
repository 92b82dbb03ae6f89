import { failed, type Result, success } from "../../../base/index.ts";
import { bisection, type InsuranceTerms, optionValue, volatilityOf } from "./insurance-terms.ts";

/** What is bought or sold for a protection; quote currency. */
export interface InsuranceLeg {
  readonly kind: "underlying" | "put" | "call";
  /** Bought > 0, sold < 0, units of underlying. */
  readonly quantity: number;
  readonly strike?: number;
  readonly volatility?: number;
  /** Value of a unit. */
  readonly value: number;
}

export interface StaticInsurance {
  readonly legs: readonly InsuranceLeg[];
  /** Net premium now; below 0 when received. */
  readonly cost: number;
  /** Worth of the holding at expiry is never below this, premium counted at expiry. */
  readonly floor: number;
  /** And never above this; absent without a call sold. */
  readonly cap?: number;
  /** Share of a rise that is kept. */
  readonly participation: number;
}

/**
 * A holding with puts: worth at least quantity × strike at expiry, less the premium.
 *
 *     floor = q·(K − put·e^{rτ})
 *
 * Settled in coin the premium is paid out of the coins: q₁ = q/(1 + put/S) of them stay with as many puts, each pays (K − S)/S coins, and the
 * worth at expiry is exactly q₁·max(S, K).
 *
 * @param quantity q of underlying held; > 0
 * @param strike   K; > 0
 * @param inCoin   whether premium and payoff are in the coin that is held
 */
export function protectivePut(
  terms: InsuranceTerms,
  quantity: number,
  strike: number,
  inCoin: boolean,
): StaticInsurance {
  const value = optionValue(terms, strike, false);
  const volatility = volatilityOf(terms, strike);
  const kept = inCoin ? quantity / (1 + value / terms.spot) : quantity;
  const cost = kept * value;
  const later = inCoin ? 0 : cost * Math.exp(terms.rate * terms.years);
  return {
    legs: [
      { kind: "underlying", quantity: kept, value: terms.spot },
      { kind: "put", quantity: kept, strike, volatility, value },
    ],
    ...{ cost, floor: kept * strike - later, participation: inCoin ? kept / quantity : 1 },
  };
}

/** Calls further above the forward than this factor are looked for in vain. */
const highestStrike = 50;

/**
 * A holding with puts bought and calls sold; without a call strike the one whose premium pays the put, found by bisection on the smile.
 *
 *     zero cost: call(Kc) = put(Kp), Kc ≥ F
 *
 * @param callStrike absent: zero cost
 * @returns `not-applicable` when no call above the forward is worth as much as the put, or the strikes cross
 */
export function collar(
  terms: InsuranceTerms,
  quantity: number,
  putStrike: number,
  callStrike?: number,
): Result<StaticInsurance> {
  const put = optionValue(terms, putStrike, false);
  const zeroCost = (): number | undefined => {
    const from = Math.max(terms.forward, putStrike);
    return bisection((strike) => optionValue(terms, strike, true) - put, from, highestStrike * terms.forward);
  };
  const strike = callStrike ?? zeroCost();
  if (strike === undefined)
    return failed(
      "not-applicable",
      `no call above the forward of ${terms.forward} is worth the put of ${putStrike}, which costs ${put}; take a lower put or state the call`,
      "putStrike",
    );
  if (strike < putStrike)
    return failed("invalid-input", `the call of ${strike} lies below the put of ${putStrike}`, "callStrike");
  const call = optionValue(terms, strike, true);
  const cost = quantity * (put - call);
  const later = cost * Math.exp(terms.rate * terms.years);
  return success({
    legs: [
      { kind: "underlying", quantity, value: terms.spot },
      { kind: "put", quantity, strike: putStrike, volatility: volatilityOf(terms, putStrike), value: put },
      { kind: "call", quantity: -quantity, strike, volatility: volatilityOf(terms, strike), value: call },
    ],
    ...{ cost, floor: quantity * putStrike - later, cap: quantity * strike - later, participation: 1 },
  });
}

/**
 * Option-based insurance: all wealth in units of underlying with a put each, so that they are worth the floor at least.
 *
 *     n·(S + put(K)) = V,   n·K = floor:   K·V/(S + put(K)) = floor
 *
 * @param wealth V; > 0
 * @param floor  at expiry; > 0 and below V·e^{rτ}
 * @returns `not-applicable` for a floor that no strike reaches
 * @source H. Leland, M. Rubinstein (1976), option-based portfolio insurance
 */
export function optionBasedInsurance(terms: InsuranceTerms, wealth: number, floor: number): Result<StaticInsurance> {
  const { spot, rate, years } = terms;
  const grown = wealth * Math.exp(rate * years);
  const beyond = failed(
    "not-applicable",
    `a floor of ${floor} at expiry cannot be insured with ${wealth} now: it must be below what cash grows to, ${grown}`,
    "floor",
  );
  if (!(floor < grown)) return beyond;
  const floorOf = (strike: number): number => (strike * wealth) / (spot + optionValue(terms, strike, false));
  const strike = bisection((at) => floorOf(at) - floor, 1e-6 * spot, 1e4 * spot);
  if (strike === undefined) return beyond;
  const value = optionValue(terms, strike, false);
  const units = wealth / (spot + value);
  return success({
    legs: [
      { kind: "underlying", quantity: units, value: spot },
      { kind: "put", quantity: units, strike, volatility: volatilityOf(terms, strike), value },
    ],
    ...{ cost: units * value, floor: units * strike, participation: (units * spot) / wealth },
  });
}

/** Worth of the legs at a price of the underlying at expiry, quote currency; premiums not counted. */
export function worthAtExpiry(legs: readonly InsuranceLeg[], price: number): number {
  return legs.reduce((total, { kind, quantity, strike = 0 }) => {
    if (kind === "underlying") return total + quantity * price;
    return total + quantity * Math.max(0, kind === "put" ? strike - price : price - strike);
  }, 0);
}
