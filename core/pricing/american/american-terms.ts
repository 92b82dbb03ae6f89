import { DomainError, demandFinite, demandNotNegative, demandPositive } from "../../base/index.ts";

/** A cash dividend per unit of underlying. */
export interface CashDividend {
  /** Years from now to the ex-date; > 0. */
  readonly years: number;
  /** Quote currency per unit; ≥ 0. */
  readonly amount: number;
}

/** An option on a spot price with carry: what an American price needs. */
export interface SpotOption {
  /** S, quote currency per unit; > 0. */
  readonly spot: number;
  /** K, same unit; > 0. */
  readonly strike: number;
  /** T; ≥ 0. */
  readonly years: number;
  /** σ, fraction per √year; ≥ 0. */
  readonly sigma: number;
  readonly isCall: boolean;
  /** r, continuously compounded fraction per year. */
  readonly rate: number;
  /** q, continuous yield of the underlying, fraction per year. */
  readonly dividendYield: number;
  /** Ex-dates before expiry, ascending; none when absent. */
  readonly dividends?: readonly CashDividend[];
}

/** Value of an option and its derivatives by the spot price. Unit of S and K. */
export interface SpotGreeks {
  readonly value: number;
  /** ∂V/∂S. */
  readonly delta: number;
  /** ∂²V/∂S². */
  readonly gamma: number;
  /** ∂V/∂σ, per 1.00 of volatility. */
  readonly vega: number;
  /** ∂V/∂t with S constant; per year. */
  readonly theta: number;
  /** ∂V/∂r with S and q constant. */
  readonly rho: number;
}

/** Total volatility σ·√T below which an option is a bet without uncertainty. */
export const leastTotal = 1e-8;

/** Payoff of exercise at a spot price. */
export function intrinsicValue(spot: number, strike: number, isCall: boolean): number {
  return Math.max(isCall ? spot - strike : strike - spot, 0);
}

/** Dividends that fall before expiry. */
export function dividendsBefore(option: SpotOption): readonly CashDividend[] {
  return (option.dividends ?? []).filter(({ years, amount }) => years > 0 && years < option.years && amount > 0);
}

/** @throws DomainError if a term is outside its bound (NaN always is) */
export function refuseTerms({ spot, strike, years, sigma, rate, dividendYield, dividends = [] }: SpotOption): void {
  demandPositive("spot", spot);
  demandPositive("strike", strike);
  demandNotNegative("years", years);
  demandNotNegative("sigma", sigma);
  demandFinite("rate", rate);
  demandFinite("the dividend yield", dividendYield);
  let before = 0;
  for (const { years: exDate, amount } of dividends) {
    if (!(exDate >= before && exDate < Number.POSITIVE_INFINITY))
      throw new DomainError("ex-dates must be ascending and not before now", exDate);
    demandNotNegative("a dividend", amount);
    before = exDate;
  }
}
