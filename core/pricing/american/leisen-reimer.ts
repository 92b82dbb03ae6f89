import { DomainError, power } from "../../base/index.ts";
import { dividendsBefore, intrinsicValue, leastTotal, refuseTerms, type SpotOption } from "./american-terms.ts";

/**
 * Value of an option on the binomial tree of Leisen and Reimer: the independent second method of the tests, and the tree most margin
 * systems use.
 *
 *     p = h(d2), p′ = h(d1),  u = e^{b·dt}·p′/p,  d = (e^{b·dt} − p·u)/(1 − p),  b = r − q
 *     h(z) = 1/2 + sign(z)·√(1/4 − e^{−(z/(N + 1/3 + 0.1/(N+1)))²·(N + 1/6)}/4)
 *
 * @param option   terms without cash dividends; σ√T above 1e-8, T above 0
 * @param steps    N; odd, ≥ 3
 * @param exercise at any time, or at expiry only
 * @returns unit of S and K; ≥ 0
 * @throws DomainError if a term is outside its bound or a probability outside (0, 1)
 * @source D. Leisen, M. Reimer, Applied Mathematical Finance 3 (1996) 319–346
 */
export function leisenReimerValue(
  option: SpotOption,
  steps: number,
  exercise: "american" | "european" = "american",
): number {
  refuseTerms(option);
  const { spot, strike, years, sigma, isCall, rate, dividendYield } = option;
  if (!(Number.isInteger(steps) && steps >= 3 && steps % 2 === 1))
    throw new DomainError("the tree needs an odd number of steps from 3", steps);
  if (dividendsBefore(option).length > 0) throw new DomainError("this tree takes no cash dividends", "dividends");
  const total = sigma * Math.sqrt(years);
  if (total < leastTotal) throw new DomainError("the tree needs volatility and time", total);
  const dt = years / steps;
  const carry = rate - dividendYield;
  const d1 = (Math.log(spot / strike) + carry * years) / total + 0.5 * total;
  const [p, pUp] = [inversion(d1 - total, steps), inversion(d1, steps)];
  if (!(p > 0 && p < 1 && pUp > 0 && pUp < 1)) throw new DomainError("the tree needs probabilities within 0 and 1", p);
  const growth = Math.exp(carry * dt);
  const up = (growth * pUp) / p;
  const down = (growth - p * up) / (1 - p);
  const discount = Math.exp(-rate * dt);
  const [high, low] = [discount * p, discount * (1 - p)];
  const ratio = up / down;
  const values = new Float64Array(steps + 1);
  let price = spot * power(down, steps);
  for (let i = 0; i <= steps; i++) {
    values[i] = intrinsicValue(price, strike, isCall);
    price *= ratio;
  }
  for (let step = steps - 1; step >= 0; step--) {
    let at = spot * power(down, step);
    for (let i = 0; i <= step; i++) {
      const held = low * (values[i] as number) + high * (values[i + 1] as number);
      values[i] = exercise === "american" ? Math.max(held, isCall ? at - strike : strike - at) : held;
      at *= ratio;
    }
  }
  return values[0] ?? 0;
}

function inversion(z: number, steps: number): number {
  const scaled = z / (steps + 1 / 3 + 0.1 / (steps + 1));
  return 0.5 + Math.sign(z) * Math.sqrt(0.25 - 0.25 * Math.exp(-scaled * scaled * (steps + 1 / 6)));
}
