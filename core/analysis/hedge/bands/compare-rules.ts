import { type Steps, sum } from "../../../base/index.ts";
import { blackValue } from "../../../pricing/index.ts";
import { type PathTerms, pathDrawer } from "../insurance/index.ts";
import { type BandTerms, spotGreeks } from "./delta-bands.ts";
import { type HedgingRule, holdingBy, ruleLabel } from "./hedging-rule.ts";

/** Rules to be compared on the same paths. */
export interface RuleComparison {
  /** Spot, strike, time and rate of the option; volatility the hedger prices with. */
  readonly terms: Omit<BandTerms, "riskAversion">;
  /** Whether the option is held or written. */
  readonly long: boolean;
  /** Of the paths: volatility that comes, growth a year. */
  readonly realised: Pick<PathTerms, "volatility" | "growth" | "jumps">;
  readonly steps: number;
  readonly paths: number;
  readonly seed: number;
  readonly rules: readonly HedgingRule[];
}

/** What a rule did over all paths; quote currency for one unit of the option. */
export interface RuleOutcome {
  readonly rule: HedgingRule;
  readonly label: string;
  /** Mean of what trading cost, at expiry. */
  readonly meanCost: number;
  /** Mean of profit, costs included: option, hedge and cash at expiry. */
  readonly meanProfit: number;
  /** Standard deviation of that profit: the hedging error. */
  readonly deviation: number;
  readonly meanTrades: number;
  /** Profit at 5 %. */
  readonly profitAt5: number;
  readonly standardErrorOfMean: number;
  /** No other rule costs less and errs less. */
  readonly efficient: boolean;
}

/** Paths between two pauses. */
const block = 20;

/**
 * Rules of delta hedging over drawn paths of the underlying, all rules on the same paths: mean cost against the standard deviation of the
 * hedging error. The option is bought or sold at its model value; interest is earned and paid on cash; the hedge is closed at expiry at its cost.
 *
 * @returns one outcome a rule, in their order, in steps; same seed, same bits
 */
export function* comparedRules(comparison: RuleComparison): Steps<readonly RuleOutcome[]> {
  const { terms, realised, steps, paths, seed, rules } = comparison;
  const draw = pathDrawer({ ...realised, spot: terms.spot, years: terms.years, steps }, seed);
  const prices = new Float64Array(steps + 1);
  const deltas = new Float64Array(steps);
  const gammas = new Float64Array(steps);
  const profits = rules.map(() => new Float64Array(paths));
  const costs = rules.map(() => new Float64Array(paths));
  const trades = rules.map(() => 0);
  const dt = terms.years / steps;
  for (let path = 0; path < paths; path++) {
    draw(prices);
    for (let step = 0; step < steps; step++) {
      const at = { ...terms, spot: prices[step] as number, years: terms.years - step * dt };
      const { delta, gamma } = spotGreeks(at, terms.volatility);
      deltas[step] = delta;
      gammas[step] = gamma;
    }
    rules.forEach((rule, place) => {
      const done = hedged(comparison, rule, { prices, deltas, gammas });
      (profits[place] as Float64Array)[path] = done.profit;
      (costs[place] as Float64Array)[path] = done.cost;
      trades[place] = (trades[place] ?? 0) + done.trades;
    });
    if (path % block === block - 1) yield;
  }
  const outcomes = rules.map((rule, place) => {
    const profit = profits[place] ?? new Float64Array(0);
    const meanProfit = sum(profit) / paths;
    const deviation = Math.sqrt(sum(profit.map((one) => (one - meanProfit) * (one - meanProfit))) / (paths - 1));
    const sorted = profit.slice().sort();
    return {
      ...{ rule, label: ruleLabel(rule), meanCost: sum(costs[place] ?? []) / paths, meanProfit, deviation },
      meanTrades: (trades[place] ?? 0) / paths,
      profitAt5: sorted[Math.floor(0.05 * paths)] ?? Number.NaN,
      standardErrorOfMean: deviation / Math.sqrt(paths),
    };
  });
  return outcomes.map((one) => ({ ...one, efficient: outcomes.every((other) => !beats(other, one)) }));
}

type Point = Pick<RuleOutcome, "meanCost" | "deviation">;

function beats(other: Point, one: Point): boolean {
  const noWorse = other.meanCost <= one.meanCost && other.deviation <= one.deviation;
  return noWorse && (other.meanCost < one.meanCost || other.deviation < one.deviation);
}

interface DrawnPath {
  readonly prices: Float64Array;
  readonly deltas: Float64Array;
  readonly gammas: Float64Array;
}

/** One path under one rule. */
function hedged(
  { terms, long, steps }: RuleComparison,
  rule: HedgingRule,
  { prices, deltas, gammas }: DrawnPath,
): { readonly profit: number; readonly cost: number; readonly trades: number } {
  const { strike, years, rate, volatility, isCall, proportionalCost } = terms;
  const dt = years / steps;
  const growth = Math.exp(rate * dt);
  const side = long ? 1 : -1;
  const premium = blackValue(terms.spot * Math.exp(rate * years), strike, years, volatility, isCall, rate);
  let cash = -side * premium;
  let holding = 0;
  let lastTradePrice = terms.spot;
  let cost = 0;
  let trades = 0;
  const tradeTo = (wanted: number, price: number): void => {
    const units = wanted - holding;
    if (units === 0) return;
    const paid = proportionalCost * price * Math.abs(units);
    cash -= units * price + paid;
    cost += paid;
    holding = wanted;
    lastTradePrice = price;
    trades += 1;
  };
  for (let step = 0; step < steps; step++) {
    const price = prices[step] as number;
    const at = { ...terms, spot: price, years: years - step * dt, riskAversion: 1 };
    const sight = { step, terms: at, delta: deltas[step] as number, gamma: gammas[step] as number };
    tradeTo(holdingBy(rule, { ...sight, against: -side, holding, lastTradePrice }), price);
    cash *= growth;
    cost *= growth;
  }
  const last = prices[steps] as number;
  tradeTo(0, last);
  const payoff = Math.max(0, isCall ? last - strike : strike - last);
  return { profit: cash + side * payoff, cost, trades };
}
