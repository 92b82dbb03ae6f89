import { DomainError } from "../../../base/index.ts";
import { blackGreeks } from "../../../pricing/index.ts";

/** An option that is hedged in its underlying; amounts for one unit, seen from its long side. */
export interface BandTerms {
  readonly spot: number;
  readonly strike: number;
  /** τ left, years; > 0. */
  readonly years: number;
  readonly rate: number;
  /** σ the hedger prices with. */
  readonly volatility: number;
  readonly isCall: boolean;
  /** λ: cost of trading is λ·S·|units|; ≥ 0. */
  readonly proportionalCost: number;
  /** a: absolute risk aversion, per quote currency; > 0. */
  readonly riskAversion: number;
}

/** Holdings of underlying that are left alone; trade to the nearest edge when outside. */
export interface DeltaBand {
  readonly centre: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Delta and gamma of an option by its underlying's spot price.
 *
 * @param terms      spot and strike in quote currency; years ≥ 0; rate continuously compounded, fraction per year
 * @param volatility fraction per √year; ≥ 0
 * @returns delta in [−1, 1]; gamma ≥ 0, per unit of quote currency; both of one option held long
 */
export function spotGreeks(
  terms: Pick<BandTerms, "spot" | "strike" | "years" | "rate" | "isCall">,
  volatility: number,
): { readonly delta: number; readonly gamma: number } {
  const { spot, strike, years, rate, isCall } = terms;
  const growth = Math.exp(rate * years);
  const { delta, gamma } = blackGreeks(spot * growth, strike, years, volatility, isCall, rate);
  return { delta: delta * growth, gamma: gamma * growth * growth };
}

/**
 * Half-width of the band of Whalley and Wilmott around the Black-Scholes delta.
 *
 *     H = ((3/2)·e^{−rτ}·λ·S·Γ²/a)^{1/3}
 *
 * @param gamma Γ of the position, per quote currency
 * @returns units of underlying; ≥ 0
 * @source E. Whalley, P. Wilmott, Mathematical Finance 7 (1997) 307–324
 */
export function whalleyWilmott(terms: BandTerms, gamma: number): number {
  const { spot, years, rate, proportionalCost, riskAversion } = terms;
  refuseBand(terms);
  return Math.cbrt((1.5 * Math.exp(-rate * years) * proportionalCost * spot * gamma * gamma) / riskAversion);
}

/** What the band of Zakamouline is made of. */
export interface ZakamoulineBand extends DeltaBand {
  /** Width that keeps far options from being hedged. */
  readonly h0: number;
  readonly h1: number;
  /** Change of variance. */
  readonly k: number;
  /** σ_m of the centre. */
  readonly volatility: number;
}

/** σ_m is never below this part of σ. */
const leastVolatility = 0.2;

/**
 * Band of Zakamouline: the delta at a changed volatility, H₀ + H₁ to both sides.
 *
 *     H₀ = λ/(a·S·σ²·τ),   H₁ = 1.12·λ^0.31·τ^0.05·(e^{−rτ}/σ)^0.25·(|Γ|/a)^0.5
 *     K = −4.76·λ^0.78·τ^−0.02·(e^{−rτ}/σ)^0.25·(a·S²·|Γ|)^0.15,   σ_m² = σ²·(1 + K) long, (1 − K) short
 *
 * The exponents were fitted to options of a year, volatilities of 15 to 35 % and costs of 0.5 to 2 %: elsewhere a rule of thumb.
 *
 * @param gamma Γ of one unit, per quote currency
 * @param long  whether the option is held
 * @source V. Zakamouline, European Financial Management 12 (2006)
 */
export function zakamouline(terms: BandTerms, gamma: number, long: boolean): ZakamoulineBand {
  refuseBand(terms);
  const { spot, years, rate, volatility, proportionalCost, riskAversion } = terms;
  const size = Math.abs(gamma);
  const discounted = power(Math.exp(-rate * years) / volatility, 0.25);
  const h0 = proportionalCost / (riskAversion * spot * volatility * volatility * years);
  const h1 = 1.12 * power(proportionalCost, 0.31) * power(years, 0.05) * discounted * Math.sqrt(size / riskAversion);
  const k =
    -4.76 *
    power(proportionalCost, 0.78) *
    power(years, -0.02) *
    discounted *
    power(riskAversion * spot * spot * size, 0.15);
  const factor = Math.max(leastVolatility * leastVolatility, 1 + (long ? k : -k));
  const changed = volatility * Math.sqrt(factor);
  const centre = spotGreeks(terms, changed).delta;
  return { h0, h1, k, volatility: changed, centre, lower: centre - h0 - h1, upper: centre + h0 + h1 };
}

function power(base: number, exponent: number): number {
  return base === 0 ? 0 : Math.exp(exponent * Math.log(base));
}

function refuseBand({ spot, years, volatility, proportionalCost, riskAversion }: BandTerms): void {
  const bad = [spot, years, volatility, riskAversion].find((value) => !(value > 0 && Number.isFinite(value)));
  if (bad !== undefined) throw new DomainError("price, time, volatility and risk aversion must be above 0", bad);
  if (!(proportionalCost >= 0)) throw new DomainError("a cost must not be negative", proportionalCost);
}
