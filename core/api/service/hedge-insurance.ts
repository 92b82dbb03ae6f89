import {
  comparedRules,
  type HedgingRule,
  type InsuranceStrategy,
  type InsuranceTerms,
  marketTerms,
  pathsInRange,
  type RuleComparison,
  runInsurance,
  spotGreeks,
  usualRules,
  whalleyWilmott,
  zakamouline,
} from "../../analysis/index.ts";
import { finishWithPauses, type Result, success, type Work } from "../../base/index.ts";
import { blackValue } from "../../pricing/index.ts";
import { plainOf } from "../codec.ts";
import type { Output, ParsedInput } from "../contract.ts";
import type { ServicePart } from "./part.ts";
import type { Sources } from "./source.ts";

/** Insurance of holdings and rules of delta hedging: questions of one underlying, without a portfolio. */
export function hedgeInsurance(sources: Sources): Pick<ServicePart<"hedge">, "hedge.insure" | "hedge.bands"> {
  return {
    "hedge.insure": async ({ terms, strategy }, work) => {
      const priced = await termsOf(terms, sources, work);
      if (!priced.ok) return priced;
      return runInsurance(priced.value, plainOf(strategy) as InsuranceStrategy, work);
    },
    "hedge.bands": async (input, work) => {
      const comparison = comparisonOf(input);
      const realised = pathsInRange({ ...comparison.realised, years: input.years });
      if (!realised.ok) return realised;
      const outcomes = await finishWithPauses(comparedRules(comparison), work);
      return outcomes.ok ? success({ ...bandsNow(input), outcomes: outcomes.value }) : outcomes;
    },
  };
}

async function termsOf(
  terms: ParsedInput<"hedge.insure">["terms"],
  sources: Sources,
  work: Work,
): Promise<Result<InsuranceTerms>> {
  if (terms.from === "market") {
    const market = await sources.market(terms.market, work);
    return market.ok ? marketTerms(market.value.content, terms) : market;
  }
  const { spot, years, rate, smile, forward = spot * Math.exp(rate * years) } = terms;
  return success({ spot, forward, years, rate, smile: [...smile].sort((a, b) => a.strike - b.strike) });
}

type BandsInput = ParsedInput<"hedge.bands">;

function comparisonOf(input: BandsInput): RuleComparison {
  const { spot, strike, years, rate, volatility, isCall, proportionalCost, long, steps, paths, seed, growth } = input;
  const { jumps, riskAversion, rules = usualRules(steps, volatility, years, riskAversion) } = input;
  return {
    ...{ terms: { spot, strike, years, rate, volatility, isCall, proportionalCost }, long, steps, paths, seed },
    realised: {
      ...{ volatility: input.realisedVolatility ?? volatility, growth },
      ...(jumps === undefined ? {} : { jumps }),
    },
    rules: rules as readonly HedgingRule[],
  };
}

/** The ranges the exponents of Zakamouline's bands were fitted to. */
const fitted = { years: 1, volatility: [0.15, 0.35], cost: [0.005, 0.02] } as const;

function bandsNow(input: BandsInput): Omit<Output<"hedge.bands">, "outcomes"> {
  const { spot, strike, years, rate, volatility, isCall, proportionalCost, riskAversion, long, paths, seed, steps } =
    input;
  const terms = { spot, strike, years, rate, volatility, isCall, proportionalCost, riskAversion };
  const { delta, gamma } = spotGreeks(terms, volatility);
  const halfWidth = whalleyWilmott(terms, gamma);
  const { centre, lower, upper } = zakamouline(terms, gamma, long);
  const within =
    years <= fitted.years &&
    volatility >= fitted.volatility[0] &&
    volatility <= fitted.volatility[1] &&
    proportionalCost >= fitted.cost[0] &&
    proportionalCost <= fitted.cost[1];
  return {
    now: {
      ...{ delta, gamma },
      premium: blackValue(spot * Math.exp(rate * years), strike, years, volatility, isCall, rate),
      whalleyWilmott: { halfWidth, lower: delta - halfWidth, upper: delta + halfWidth },
      zakamouline: { centre, lower, upper },
    },
    ...{ paths, seed, steps },
    notes: within
      ? []
      : [
          "Zakamouline's exponents were fitted to a year, volatilities of 15 to 35 % and costs of 0.5 to 2 %: here they are a rule of thumb",
        ],
  };
}
