import { normalPdf } from "../base/index.ts";
import type { Option } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import { blackGreeks } from "./black.ts";

const daysPerYear = 365;

/** Greeks of one coin of an option as OKX states them: `BS` in USD, `PA` in the coin. */
export interface OkxGreeks {
  readonly deltaBS: number;
  /** Per USD of price. */
  readonly gammaBS: number;
  /** USD per volatility point. */
  readonly vegaBS: number;
  /** USD per day, with the carry of the forward. */
  readonly thetaBS: number;
  /** Black delta less the premium in coin. */
  readonly deltaPA: number;
  /** Without unit: change of the coin delta per 100 % of price. */
  readonly gammaPA: number;
  /** Coin per volatility point. */
  readonly vegaPA: number;
  /** Coin per day, without carry. */
  readonly thetaPA: number;
}

/**
 * Greeks of a coin-margined option in OKX's two conventions; S/F discounts.
 *
 *     deltaBS = ±N(±d1)                      deltaPA = deltaBS − V/S
 *     gammaBS = n(d1)/(S·σ·√τ)               gammaPA = S·gammaBS − 2·deltaPA
 *     vegaBS  = S·n(d1)·√τ/100               vegaPA  = vegaBS/S
 *     thetaBS = (−S·n(d1)·σ/(2√τ) ∓ r·K·(S/F)·N(±d2))/365,  r = ln(F/S)/τ       thetaPA = −n(d1)·σ/(2√τ)/365
 *
 * @param option contract terms; coin-margined
 * @param terms  S as index, F, τ > 0, σ > 0
 * @throws DomainError if a term is outside its bound
 * @source OKX public/opt-summary, record of 2025-07-09 (agrees within 0.3 %)
 */
export function okxGreeks(option: Option, terms: PricingTerms): OkxGreeks {
  const { index, forward, years, volatility } = terms;
  const black = blackGreeks(forward, option.strike, years, volatility, option.optionType === "call");
  const root = Math.sqrt(years);
  const d1 = Math.log(forward / option.strike) / (volatility * root) + (volatility * root) / 2;
  const density = normalPdf(d1);
  const rate = Math.log(forward / index) / years;
  const deltaPA = black.delta - black.value / forward;
  const gammaBS = density / (index * volatility * root);
  const decay = (-density * volatility) / (2 * root);
  // The dual delta of a call is −N(d2), of a put N(−d2): the carry of both has the sign the formula asks for.
  const carry = rate * option.strike * (index / forward) * black.dualDelta;
  return {
    deltaBS: black.delta,
    gammaBS,
    vegaBS: (index * density * root) / 100,
    thetaBS: (index * decay + carry) / daysPerYear,
    deltaPA,
    gammaPA: index * gammaBS - 2 * deltaPA,
    vegaPA: (density * root) / 100,
    thetaPA: decay / daysPerYear,
  };
}
