import { failed, type Result, success } from "../../base/index.ts";
import { bachelierGreeks, blackGreeks, impliedVolatility } from "../../pricing/index.ts";
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
  };
}

/** The answer, or a refusal that names what is beyond the range of a float64: the inputs are valid one by one only. */
function expressible<T extends object>(answer: T): Result<T> {
  const beyond = Object.entries(answer).find(([, value]) => typeof value === "number" && !Number.isFinite(value));
  return beyond === undefined
    ? success(answer)
    : failed("invalid-input", `${beyond[0]} is beyond the range of numbers, about 1e308, for these inputs`);
}

/** Units and conventions at each member of `OptionValuation`. */
function valuation(option: ParsedInput<"price.option">): OptionValuation {
  const { forward, strike, years, volatility, optionType, payoff, rate } = option;
  const linear = blackGreeks(forward, strike, years, volatility, optionType === "call", rate);
  if (payoff === "linear") return { ...linear, netDelta: linear.delta };
  return {
    ...linear,
    // V = F·∂V/∂F + K·∂V/∂K, so this is delta less V/F without their cancellation.
    netDelta: (-strike * linear.dualDelta) / forward,
    value: linear.value / forward,
    vega: linear.vega / forward,
    theta: linear.theta / forward,
    rho: linear.rho / forward,
    volga: linear.volga / forward,
    dualDelta: linear.dualDelta / forward,
  };
}
