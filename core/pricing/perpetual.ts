import { DomainError } from "../base/index.ts";
import type { Payoff } from "../instrument/index.ts";

/** A perpetual without arbitrage: what its funding is, and the two rates. */
export interface PerpetualTerms {
  readonly payoff: Payoff;
  /** Spot price that funding refers to: of the period's start, of its end, or paid continuously. */
  readonly fundingOn: "previous" | "current" | "continuous";
  /** Length of a funding period, years; not used when continuous. */
  readonly periodYears: number;
  /** Spot price, quote currency; > 0. */
  readonly spot: number;
  /** Rate of the quote currency, continuously compounded fraction per year. */
  readonly rate: number;
  /** Rate of the underlying, same unit. */
  readonly yieldRate: number;
  /** κ: strength of funding, per period (per year when continuous); > 0. */
  readonly strength: number;
  /** ι: interest component of funding, same unit; < κ. */
  readonly interest: number;
}

/**
 * Fair price of a perpetual future whose funding holds it near the spot price.
 *
 *     linear, previous     S·(κ − ι)·e^{q·dt} / (e^{q·dt} − e^{r·dt} + κ·e^{q·dt})
 *     linear, current      S·(κ − ι)·e^{r·dt} / (e^{q·dt} − e^{r·dt} + κ·e^{r·dt})
 *     linear, continuous   S·(κ − ι) / (q − r + κ)
 *     inverse              S² over the linear price with r and q exchanged
 *
 * @param terms see `PerpetualTerms`
 * @returns quote currency per unit of underlying; > 0
 * @throws DomainError if κ, ι and the rates leave no positive price
 * @source D. Ackerer, J. Hugonnier, U. Jermann, Perpetual Futures Pricing (2024)
 */
export function fairPerpetualPrice(terms: PerpetualTerms): number {
  const { spot, rate, yieldRate } = terms;
  const price =
    terms.payoff === "linear"
      ? spot * spotMultiple(terms, rate, yieldRate)
      : spot / spotMultiple(terms, yieldRate, rate);
  if (!(price > 0 && price < Number.POSITIVE_INFINITY)) throw new DomainError("these terms leave no fair price", price);
  return price;
}

/** Linear price over spot, at rate r and yield q. */
function spotMultiple({ fundingOn, periodYears, strength, interest }: PerpetualTerms, r: number, q: number): number {
  if (fundingOn === "continuous") return (strength - interest) / (q - r + strength);
  // Divided by e^{q·dt} or e^{r·dt}, with expm1 for the small difference of the two.
  const carry = (q - r) * periodYears;
  const drift = fundingOn === "previous" ? -Math.expm1(-carry) : Math.expm1(carry);
  return (strength - interest) / (drift + strength);
}
