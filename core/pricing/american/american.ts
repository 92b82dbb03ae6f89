import { blackGreeks, blackValue } from "../black.ts";
import { putPremium } from "./american-put.ts";
import {
  dividendsBefore,
  intrinsicValue,
  leastTotal,
  refuseTerms,
  type SpotGreeks,
  type SpotOption,
} from "./american-terms.ts";
import { certainValue, leastLeft } from "./certain-value.ts";
import { type PutBoundary, putBoundary, putExercise } from "./exercise-boundary.ts";
import { latticeGreeks, latticeValues } from "./lattice.ts";

/** Values of one option at several spot prices: the exercise boundary is found once. */
export interface AmericanPricer {
  /** @param spot S > 0. @returns unit of S and K; ≥ intrinsic value and ≥ the European value */
  readonly value: (spot: number) => number;
  /** First and second derivative by the spot price. */
  readonly slopes: (spot: number) => Pick<SpotGreeks, "value" | "delta" | "gamma">;
}

/**
 * Value of an American option on a spot price with carry.
 *
 *     without cash dividends   European value + early-exercise premium (integral over the exercise boundary)
 *     with cash dividends      lattice on which the spot price falls by the dividend at each ex-date
 *
 * A call is priced as a put by C(S, K, r, q) = P(K, S, q, r). Rates below 0 with a yield below them have two boundaries: lattice.
 *
 * @param option terms; bounds as in `SpotOption`
 * @returns unit of S and K; ≥ max(intrinsic value, European value); error about 1e-8 of it without cash dividends, 1e-5 of the strike with
 * @throws DomainError if a term is outside its bound (NaN always is)
 * @source L. Andersen, M. Lake, D. Offengenden, High Performance American Option Pricing (2015); resources/docs/american-options.md
 */
export function americanValue(option: SpotOption): number {
  return americanPricer(option).value(option.spot);
}

/**
 * A pricer of one contract at one volatility, for many spot prices.
 *
 * @param option its `spot` is not used by `value`; with cash dividends it is where the lattice is centred
 * @throws DomainError if a term is outside its bound (NaN always is)
 */
export function americanPricer(option: SpotOption): AmericanPricer {
  refuseTerms(option);
  const { strike, years, sigma, isCall, rate, dividendYield } = option;
  if (dividendsBefore(option).length > 0) return latticePricer(option);
  const european = (spot: number) => europeanSlopes({ ...option, spot });
  if (years === 0) return exercisedNow(strike, isCall);
  // A call is the put with spot and strike, rate and yield exchanged.
  const [putRate, putYield] = isCall ? [dividendYield, rate] : [rate, dividendYield];
  const region = putExercise(putRate, putYield);
  if (region === "never") return { value: (spot) => european(spot).value, slopes: european };
  if (sigma * Math.sqrt(years) < leastTotal) return withoutUncertainty(option);
  if (region === "between-two") return latticePricer(option);

  const boundary = putBoundary(putRate, putYield, sigma, years);
  const edge = boundary.at(years);
  const slopes = (spot: number) => {
    const [from, of] = isCall ? [strike, spot] : [spot, strike];
    const place = from / of;
    if (place <= edge) return { value: intrinsicValue(spot, strike, isCall), delta: isCall ? 1 : -1, gamma: 0 };
    const premium = putPremium(place, boundary, putRate, putYield, sigma, years);
    const plain = european(spot);
    // As a put: value = of·p(from/of). For a call the spot is `of`: p − place·p′ and place²·p″/of.
    const delta = isCall ? premium.value - place * premium.delta : premium.delta;
    const gamma = isCall ? (place * place * premium.gamma) / of : premium.gamma / of;
    const value = Math.max(plain.value + of * premium.value, intrinsicValue(spot, strike, isCall));
    return { value, delta: plain.delta + delta, gamma: plain.gamma + gamma };
  };
  return { value: (spot) => slopes(spot).value, slopes };
}

/**
 * Value and greeks of an American option. Delta and gamma are derivatives of the integrals, theta follows from the pricing equation
 * where the option is held, vega and rho are central differences of two revaluations.
 *
 * @param option terms; bounds as in `SpotOption`
 * @returns units at each member of `SpotGreeks`; exercised at once: delta ±1, the others 0
 * @throws DomainError if a term is outside its bound (NaN always is)
 * @source resources/docs/american-options.md, section 4
 */
export function americanGreeks(option: SpotOption): SpotGreeks {
  const { spot, strike, isCall, rate, dividendYield, sigma } = option;
  const found = dividendsBefore(option).length > 0 ? latticeGreeks(option) : americanPricer(option).slopes(option.spot);
  const { value, delta, gamma } = found;
  const exercised = option.years > 0 && isExercised(found, intrinsicValue(spot, strike, isCall));
  if (option.years === 0 || exercised) return { value, delta, gamma: 0, vega: 0, theta: 0, rho: 0 };
  const up = 1e-4 * Math.max(sigma, 0.01);
  const vega =
    (americanValue({ ...option, sigma: sigma + up }) - americanValue({ ...option, sigma: Math.max(0, sigma - up) })) /
    (sigma + up - Math.max(0, sigma - up));
  const step = 1e-5;
  const rho =
    (americanValue({ ...option, rate: rate + step }) - americanValue({ ...option, rate: rate - step })) / (2 * step);
  const theta = rate * value - (rate - dividendYield) * spot * delta - 0.5 * (sigma * spot) ** 2 * gamma;
  return { value, delta, gamma, vega, theta, rho };
}

/**
 * Spot price at which the option is exercised, for a time left to expiry: a put at and below it, a call at and above it.
 *
 * @param option its `spot` is not used; without cash dividends
 * @param years  τ left, 0 < τ ≤ `option.years`
 * @returns quote currency; `undefined` where early exercise never pays, where there are two boundaries or cash dividends
 * @throws DomainError if a term is outside its bound
 * @source L. Andersen, M. Lake, D. Offengenden (2015)
 */
export function exerciseBoundary(option: SpotOption, years: number): number | undefined {
  refuseTerms(option);
  const { strike, sigma, isCall, rate, dividendYield } = option;
  const [putRate, putYield] = isCall ? [dividendYield, rate] : [rate, dividendYield];
  if (dividendsBefore(option).length > 0 || putExercise(putRate, putYield) !== "below-boundary") return undefined;
  if (sigma * Math.sqrt(option.years) < leastTotal) return undefined;
  const boundary: PutBoundary = putBoundary(putRate, putYield, sigma, option.years);
  return isCall ? strike / boundary.at(years) : strike * boundary.at(years);
}

/**
 * European value of the same contract on the spot price with carry; cash dividends by the escrowed spot S − Σ D·e^{−r·t}, at least 1e-6 of S.
 *
 * @throws DomainError if a term is outside its bound
 */
export function europeanSpotValue(option: SpotOption): number {
  refuseTerms(option);
  return europeanSlopes(option).value;
}

function europeanSlopes(option: SpotOption): Pick<SpotGreeks, "value" | "delta" | "gamma"> {
  const { spot, strike, years, sigma, isCall, rate, dividendYield } = option;
  const paid = dividendsBefore(option).reduce(
    (total, { years: at, amount }) => total + amount * Math.exp(-rate * at),
    0,
  );
  const growth = Math.exp((rate - dividendYield) * years);
  const forward = Math.max(spot - paid, leastLeft * spot) * growth;
  const black = blackGreeks(forward, strike, years, sigma, isCall, rate);
  return {
    value: blackValue(forward, strike, years, sigma, isCall, rate),
    delta: growth * black.delta,
    gamma: growth * growth * black.gamma,
  };
}

function isExercised({ value, gamma }: Pick<SpotGreeks, "value" | "gamma">, intrinsic: number): boolean {
  return intrinsic > 0 && gamma === 0 && value <= intrinsic;
}

function exercisedNow(strike: number, isCall: boolean): AmericanPricer {
  const slopes = (spot: number) => {
    const inside = (isCall ? spot - strike : strike - spot) > 0;
    return { value: intrinsicValue(spot, strike, isCall), delta: inside ? (isCall ? 1 : -1) : 0, gamma: 0 };
  };
  return { value: (spot) => slopes(spot).value, slopes };
}

/** Next to no volatility, no cash dividends. */
function withoutUncertainty(option: SpotOption): AmericanPricer {
  const value = (spot: number): number =>
    Math.max(certainValue(option, spot), europeanSlopes({ ...option, spot }).value);
  const slopes = (spot: number) => {
    const step = 1e-6 * spot;
    return { value: value(spot), delta: (value(spot + step) - value(spot - step)) / (2 * step), gamma: 0 };
  };
  return { value, slopes };
}

function latticePricer(option: SpotOption): AmericanPricer {
  return {
    value: (spot) => latticeValues(option, [spot])[0] ?? 0,
    slopes: (spot) => latticeGreeks({ ...option, spot }),
  };
}
