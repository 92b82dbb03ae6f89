import { DomainError, failed, type Result, success } from "../../base/index.ts";
import { bachelierGreeks, blackGreeks, fairPerpetualPrice, impliedVolatility } from "../../pricing/index.ts";
import type { OptionValuation, ParsedInput } from "../contract.ts";
import type { ServicePart } from "./part.ts";

/** The pricing formulas as operations, so that anyone can check them from outside. */
export function price(): ServicePart<"price"> {
  return {
    "price.option": (input) => expressible(valuation(input)),
    "price.implied-volatility": ({ price: quoted, forward, strike, years, optionType, payoff, rate }) => {
      const undiscounted = quoted * Math.exp(rate * years) * (payoff === "inverse" ? forward : 1);
      const implied = impliedVolatility(undiscounted, forward, strike, years, optionType === "call");
      return implied.ok ? expressible(implied.value) : implied;
    },
    "price.bachelier": ({ forward, strike, years, volatility, optionType, rate }) =>
      expressible(bachelierGreeks(forward, strike, years, volatility, optionType === "call", rate)),
    "price.perpetual": fairPrice,
  };
}

/** Rates that funding cannot hold leave no price: a refusal here, where the terms are someone's input. */
function fairPrice(terms: ParsedInput<"price.perpetual">): Result<{ price: number }> {
  try {
    return success({ price: fairPerpetualPrice(terms) });
  } catch (error) {
    if (error instanceof DomainError) return failed("invalid-input", error.message);
    throw error;
  }
}

/** The answer, or a refusal that names what is beyond the range of a float64: the inputs are valid one by one only. */
function expressible<T extends object>(answer: T): Result<T> {
  const numbers = Object.entries(answer).flatMap(([name, value]) =>
    typeof value === "object"
      ? Object.entries(value).map(([member, part]) => [`${name}.${member}`, part])
      : [[name, value]],
  );
  const beyond = numbers.find(([, value]) => typeof value === "number" && !Number.isFinite(value));
  return beyond === undefined
    ? success(answer)
    : failed("invalid-input", `${beyond[0]} is beyond the range of numbers, about 1e308, for these inputs`);
}

/** Units and conventions at each member of `OptionValuation`. */
function valuation(option: ParsedInput<"price.option">): OptionValuation {
  const { forward, strike, years, volatility, optionType, payoff, rate } = option;
  const linear = blackGreeks(forward, strike, years, volatility, optionType === "call", rate);
  if (payoff === "linear") return { ...linear, netDelta: linear.delta };
  // V = F·∂V/∂F + K·∂V/∂K, so this is delta less V/F without their cancellation.
  const netDelta = (-strike * linear.dualDelta) / forward;
  return {
    ...linear,
    netDelta,
    value: linear.value / forward,
    vega: linear.vega / forward,
    theta: linear.theta / forward,
    rho: linear.rho / forward,
    volga: linear.volga / forward,
    dualDelta: linear.dualDelta / forward,
    coin: {
      delta: netDelta / forward,
      gamma: (linear.gamma - (2 * netDelta) / forward) / forward,
      vanna: (linear.vanna - linear.vega / forward) / forward,
    },
  };
}
