import { failed, finishWithPauses, type Result, type Steps, success, unwatched, type Work } from "../../base/index.ts";
import {
  collar,
  gapProbability,
  type InsuranceTerms,
  type JumpTerms,
  largestMultiple,
  optionBasedInsurance,
  type PathTerms,
  type ProportionRules,
  type ProportionStep,
  pathDrawer,
  pathsInRange,
  proportionPath,
  protectivePut,
  type SimulatedEnds,
  type StaticInsurance,
  simulatedInsurance,
  volatilityOf,
  worthAtExpiry,
} from "./insurance/index.ts";

/** What is wanted: options held to expiry, or a rule of trading. */
export type InsuranceStrategy =
  | { readonly kind: "protective-put"; readonly quantity: number; readonly strike: number; readonly inCoin: boolean }
  | {
      readonly kind: "collar";
      readonly quantity: number;
      readonly putStrike: number;
      /** Absent: the call that pays the put. */
      readonly callStrike?: number | undefined;
    }
  | { readonly kind: "option-based"; readonly wealth: number; readonly floor: number }
  | ProportionStrategy;

export interface ProportionStrategy extends ProportionRules {
  /** Steps of trading to the horizon. */
  readonly steps: number;
  readonly paths: number;
  readonly seed: number;
  /** Expected growth a year. */
  readonly growth: number;
  /** Of the paths; absent: the smile's at the spot price. */
  readonly volatility?: number | undefined;
  readonly jumps?: JumpTerms | undefined;
  /** Gap probability over the horizon for which the largest multiple is said. */
  readonly gapProbability?: number | undefined;
}

/** Worth at expiry by price of the underlying, quote currency, premiums counted at expiry. */
export interface FloorChart {
  readonly prices: readonly number[];
  readonly unprotected: readonly number[];
  readonly protected: readonly number[];
}

export interface PricedTerms extends Omit<InsuranceTerms, "smile"> {
  readonly volatilityAtSpot: number;
}

/** Answer of `hedge.insure`. */
export type Insurance =
  | {
      readonly kind: "protective-put" | "collar" | "option-based";
      readonly terms: PricedTerms;
      readonly insurance: StaticInsurance;
      readonly chart: FloorChart;
    }
  | {
      readonly kind: "cppi" | "tipp";
      readonly terms: PricedTerms;
      readonly rules: ProportionRules;
      readonly insured: SimulatedEnds;
      readonly unprotected: SimulatedEnds;
      /** Jump part alone; absent without jumps. */
      readonly gap?: {
        readonly ofJump: number;
        readonly overHorizon: number;
        readonly asked?: number;
        /** Absent when any multiple keeps to the probability asked. */
        readonly largestMultiple?: number;
      };
      /** One drawn path, for the chart. */
      readonly path: readonly ProportionStep[];
      readonly generator: { readonly seed: number; readonly paths: number; readonly steps: number };
    };

/**
 * Prices an insurance and shows what it keeps.
 *
 * @returns failures of `collar` and `optionBasedInsurance`; `invalid-input` for a floor above the wealth; `cancelled`
 * @source resources/docs/hedging.md, sections 1 and 2
 */
export async function runInsurance(
  terms: InsuranceTerms,
  strategy: InsuranceStrategy,
  work: Work = unwatched,
): Promise<Result<Insurance>> {
  if (isProportional(strategy)) {
    if (strategy.floor >= strategy.wealth)
      return failed(
        "invalid-input",
        `the floor ${strategy.floor} must be below the wealth ${strategy.wealth}`,
        "floor",
      );
    const path = pathsInRange(pathOf(terms, strategy));
    return path.ok ? finishWithPauses(proportional(terms, strategy, path.value), work) : path;
  }
  const found = staticOf(terms, strategy);
  if (!found.ok) return found;
  return success({
    kind: strategy.kind,
    terms: pricedTerms(terms),
    insurance: found.value,
    chart: chartOf(terms, found.value, strategy),
  });
}

type StaticStrategy = Exclude<InsuranceStrategy, ProportionStrategy>;

function isProportional(strategy: InsuranceStrategy): strategy is ProportionStrategy {
  return strategy.kind === "cppi" || strategy.kind === "tipp";
}

function staticOf(terms: InsuranceTerms, strategy: StaticStrategy): Result<StaticInsurance> {
  switch (strategy.kind) {
    case "protective-put":
      return success(protectivePut(terms, strategy.quantity, strategy.strike, strategy.inCoin));
    case "collar":
      return collar(terms, strategy.quantity, strategy.putStrike, strategy.callStrike);
    case "option-based":
      return optionBasedInsurance(terms, strategy.wealth, strategy.floor);
  }
}

/** Prices from 20 % to 200 % of the spot price. */
const chartPoints = 91;

function chartOf(terms: InsuranceTerms, { legs, cost }: StaticInsurance, strategy: StaticStrategy): FloorChart {
  const prices = Array.from({ length: chartPoints }, (_, at) => terms.spot * (0.2 + 0.02 * at));
  const held = strategy.kind === "option-based" ? strategy.wealth / terms.spot : strategy.quantity;
  // Premiums of wealth that is all insured, or paid in coin, are in the legs already.
  const inLegs = strategy.kind === "option-based" || (strategy.kind === "protective-put" && strategy.inCoin);
  const later = inLegs ? 0 : cost * Math.exp(terms.rate * terms.years);
  return {
    prices,
    unprotected: prices.map((price) => held * price),
    protected: prices.map((price) => worthAtExpiry(legs, price) - later),
  };
}

function pathOf(terms: InsuranceTerms, { growth, steps, volatility, jumps }: ProportionStrategy): PathTerms {
  return {
    ...{ spot: terms.spot, growth, steps, years: terms.years },
    volatility: volatility ?? volatilityOf(terms, terms.spot),
    ...(jumps === undefined ? {} : { jumps }),
  };
}

function* proportional(terms: InsuranceTerms, strategy: ProportionStrategy, path: PathTerms): Steps<Insurance> {
  const { steps, paths, seed, growth: _, jumps, gapProbability: asked, volatility: __, ...rules } = strategy;
  const { insured, unprotected } = yield* simulatedInsurance(rules, path, paths, seed);
  const prices = new Float64Array(steps + 1);
  pathDrawer(path, seed)(prices);
  const largest = jumps === undefined || asked === undefined ? undefined : largestMultiple(jumps, asked, terms.years);
  return {
    ...{ kind: strategy.kind, terms: pricedTerms(terms), rules, insured, unprotected },
    ...(jumps === undefined
      ? {}
      : {
          gap: {
            ...gapProbability(jumps, rules.multiple, terms.years),
            ...(asked === undefined ? {} : { asked }),
            ...(largest === undefined ? {} : { largestMultiple: largest }),
          },
        }),
    path: proportionPath(rules, prices, terms.years / steps),
    generator: { seed, paths, steps },
  };
}

function pricedTerms(terms: InsuranceTerms): PricedTerms {
  const { smile: _, ...rest } = terms;
  return { ...rest, volatilityAtSpot: volatilityOf(terms, terms.spot) };
}
