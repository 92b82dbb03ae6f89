import type { OptionLeg, StockHolding } from "./legs.ts";
import type { Requirement, StrategyRules } from "./rules.ts";

/** Parts of the requirement of one short contract alone. */
export interface NakedParts {
  /** P·M. */
  readonly value: number;
  /** (pct·U − out of the money)·M; may be below 0. */
  readonly falling: number;
  /** minPct·B·M, B = U for a call, K for a put. */
  readonly least: number;
}

/** How much an option is out of the money at a price; 0 in the money. */
export function outOfTheMoney({ option }: OptionLeg, price: number, strike: number): number {
  return Math.max(option.optionType === "call" ? strike - price : price - strike, 0);
}

/** How much an option is in the money at a price; 0 out of the money. */
export function inTheMoney({ option }: Pick<OptionLeg, "option">, price: number, strike: number): number {
  return Math.max(option.optionType === "call" ? price - strike : strike - price, 0);
}

/**
 * Requirement of one short contract alone.
 *
 *     M·(P + max(pct·U − OTM, minPct·B))
 *
 * @source resources/docs/methodology/strategy-based.md, section 4
 */
export function nakedParts(leg: OptionLeg): NakedParts {
  const { option, spot, price, size, rates } = leg;
  const base = option.optionType === "call" ? spot : option.strike;
  return {
    value: price * size,
    falling: (rates.pct * spot - outOfTheMoney(leg, spot, option.strike)) * size,
    least: rates.minPct * base * size,
  };
}

/** `nakedParts` as one amount, quote currency a contract; > 0. */
export function nakedAmount(leg: OptionLeg): number {
  const { value, falling, least } = nakedParts(leg);
  return value + Math.max(falling, least);
}

/** Loan value of one long contract alone, ≤ 0: what need not be paid of an option far from expiry. */
export function loanAmount({ isLong, price, size }: OptionLeg, rules: StrategyRules): number {
  return isLong ? -(1 - rules.longOption.paidShare) * price * size : 0;
}

/** Requirement of one leg's contract with nothing beside it. */
export function aloneAmount(leg: OptionLeg, rules: StrategyRules): number {
  return leg.contracts < 0 ? nakedAmount(leg) : loanAmount(leg, rules);
}

/** Requirement of a short straddle or strangle: the larger of the two, plus the price of the other option. */
export function straddleAmount(call: OptionLeg, put: OptionLeg): number {
  const [one, other] = [nakedAmount(call), nakedAmount(put)];
  return one >= other ? one + put.price * put.size : other + call.price * call.size;
}

/** Requirement of one share alone; of a short one initially with the proceeds, afterwards beyond the market value. */
export function stockAmount(stock: StockHolding, which: Requirement, { stock: rules }: StrategyRules): number {
  const { price, shares } = stock;
  const paid = rules.priceOf === "cost" ? stock.cost : price;
  if (shares > 0) return which === "initial" ? rules.longInitial * paid : rules.longMaintenance * price;
  if (which === "initial") return rules.shortInitial * paid;
  const { lowPrice, low, ordinary } = rules.shortMaintenance;
  const { perShare, share } = price < lowPrice ? low : ordinary;
  return Math.max(perShare, share * price);
}

/** Stock with options against it; options by what they do. */
export type StockShape =
  | "covered-call"
  | "covered-put"
  | "protective-put"
  | "protective-call"
  | "conversion"
  | "reverse-conversion"
  | "collar";

/** A share hedged by options, and what the requirement is made of. */
export interface HedgedStock {
  readonly shape: StockShape;
  readonly stock: StockHolding;
  readonly call?: OptionLeg;
  readonly put?: OptionLeg;
}

/**
 * Requirement of one share with options against it, without the options' prices; `undefined` where the pairing has no rule of its own.
 *
 *     covered call         initial as alone;  maintenance longMaintenance·min(S, K) + ITM
 *     covered put          initial as alone;  maintenance as alone + ITM
 *     protective put       min(strikeShare·K + OTM, stockShare·S)
 *     protective call      min(strikeShare·K + OTM, as alone)
 *     conversion           strikeShare·K + ITM of the call
 *     reverse conversion   strikeShare·K + ITM of the put
 *     collar               min(putShare·K1 + OTM of the put, callShare·K2) + ITM of the call
 *
 * @source resources/docs/methodology/strategy-based.md, section 7
 */
export function hedgedAmount(
  { shape, stock, call, put }: HedgedStock,
  which: Requirement,
  rules: StrategyRules,
): number | undefined {
  const alone = stockAmount(stock, which, rules);
  const { price } = stock;
  const { hedged } = rules;
  const callStrike = call?.strikePerShare ?? 0;
  const putStrike = put?.strikePerShare ?? 0;
  const insideCall = call === undefined ? 0 : inTheMoney(call, price, callStrike);
  const insidePut = put === undefined ? 0 : inTheMoney(put, price, putStrike);
  if (which === "initial") return shape === "covered-call" || shape === "covered-put" ? alone : undefined;
  switch (shape) {
    case "covered-call":
      return rules.stock.longMaintenance * Math.min(price, callStrike) + insideCall;
    case "covered-put":
      return alone + insidePut;
    case "protective-put":
      return Math.min(
        hedged.protectivePut.strikeShare * putStrike + Math.max(price - putStrike, 0),
        hedged.protectivePut.stockShare * price,
      );
    case "protective-call":
      return Math.min(hedged.protectiveCall.strikeShare * callStrike + Math.max(callStrike - price, 0), alone);
    case "conversion":
      return hedged.conversion.strikeShare * callStrike + insideCall;
    case "reverse-conversion":
      return hedged.reverseConversion.strikeShare * putStrike + insidePut;
    case "collar": {
      const byPut = hedged.collar.putShare * putStrike + Math.max(price - putStrike, 0);
      return Math.min(byPut, hedged.collar.callShare * callStrike) + insideCall;
    }
  }
}
