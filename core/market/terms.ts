import type { ForwardMethod, SmilePoint } from "./snapshot.ts";

export type VolatilitySource = "mark" | "inverted" | "interpolated";
export type MarkSource = "quoted" | "model" | "stated";

/** Carry of the underlying of a listed option: it is priced on the spot price, discounted. */
export interface Carry {
  /** r, continuously compounded fraction per year, for the option's expiry. */
  readonly rate: number;
  /** q, continuous yield of the underlying, fraction per year; equals r for an option on a future. */
  readonly dividendYield: number;
  /** Cash dividends before expiry, ascending. */
  readonly dividends: readonly { readonly years: number; readonly amount: number }[];
  /** Where q comes from: stated by the market, implied by the forward, none known. */
  readonly yieldSource: "stated" | "implied" | "none";
}

/** How far price and volatility move in the scenarios of a clearing house's array, for one listed contract. */
export interface ScanRange {
  /** Price scan range: money per contract, or a fraction of price × contract size. */
  readonly price: number;
  readonly priceUnit: "money" | "fraction";
  /** Volatility scan range: a fraction of the volatility itself, or points of volatility as a fraction. */
  readonly volatility: number;
  readonly volatilityUnit: "relative" | "absolute";
  /** Of the two extreme moves, in price scan ranges; absent: as the method says. */
  readonly extremeMultiplier?: number;
  /** Share of an extreme move's loss that counts; absent: as the method says. */
  readonly coverFraction?: number;
  /** Time that passes before the revaluation, years; absent: as the method says. */
  readonly lookAheadYears?: number;
}

/**
 * What pricing one instrument needs, resolved from a snapshot: plain numbers, so that a shock is arithmetic.
 * Absent members do not apply to the kind (a perpetual has no volatility).
 */
export interface PricingTerms {
  /** Index of the underlying, quote currency; > 0. */
  readonly index: number;
  /** Forward of the expiry for options; mark price for futures and perpetuals; index for spot. Quote currency; > 0. */
  readonly forward: number;
  /** Time to expiry, actual/365; 0 for spot and perpetuals. */
  readonly years: number;
  /** Fraction per √year; 0 for everything but options. */
  readonly volatility: number;
  /** Venue's mark in the price unit of the instrument: coin for inverse options, else quote currency; ≥ 0. */
  readonly mark: number;
  /** Smile of the option's expiry, strikes ascending; only where a methodology lets smiles slide with the price. */
  readonly smile?: readonly SmilePoint[];
  /** Listed options at a market that states rates; absent: undiscounted on the forward. */
  readonly carry?: Carry;
  /** Listed contracts of a parameter file: loss of ONE LONG contract in each scenario of the clearing house; loss > 0. */
  readonly riskArray?: readonly number[];
  /** Listed contracts whose array can be made: the ranges of its scenarios. */
  readonly scan?: ScanRange;
  readonly sources: {
    readonly forward: ForwardMethod | "mark";
    readonly volatility?: VolatilitySource;
    readonly mark: MarkSource;
  };
}

/** The terms of an instrument that a move of the market changes. */
export type MovingTerms = Pick<PricingTerms, "index" | "forward" | "years" | "volatility" | "mark">;

/**
 * Terms without carry, smile or arrays. Made of a class because the engine of the language gives objects of a literal that once lived long a
 * place in old memory: books at hundreds of markets then stay until the next full collection.
 */
class PlainTerms implements PricingTerms {
  readonly index: number;
  readonly forward: number;
  readonly years: number;
  readonly volatility: number;
  readonly mark: number;
  readonly sources: PricingTerms["sources"];

  constructor(
    index: number,
    forward: number,
    years: number,
    volatility: number,
    mark: number,
    sources: PricingTerms["sources"],
  ) {
    this.index = index;
    this.forward = forward;
    this.years = years;
    this.volatility = volatility;
    this.mark = mark;
    this.sources = sources;
  }
}

/** Terms at a moved market: what does not move with it is kept; rates move where `carry` says so. Large books are moved many times. */
export function termsAt(
  { smile, carry: before, riskArray, scan, sources }: PricingTerms,
  { index, forward, years, volatility, mark }: MovingTerms,
  carry: Carry | undefined = before,
): PricingTerms {
  // Most contracts have no more than this.
  if (carry === undefined && riskArray === undefined && scan === undefined && smile === undefined)
    return new PlainTerms(index, forward, years, volatility, mark, sources);
  return {
    ...{ index, forward, years, volatility, mark },
    ...(carry === undefined ? {} : { carry }),
    ...(smile === undefined ? {} : { smile }),
    ...(riskArray === undefined ? {} : { riskArray }),
    ...(scan === undefined ? {} : { scan }),
    sources,
  };
}
