import { blackValue } from "../black.ts";
import {
  type CashDividend,
  dividendsBefore,
  intrinsicValue,
  refuseTerms,
  type SpotGreeks,
  type SpotOption,
} from "./american-terms.ts";
import { certainValue, leastLeft } from "./certain-value.ts";

/** How cash dividends enter: the spot price falls at the ex-date, or their present value is set aside first. */
export type DividendModel = "jump" | "escrowed";

export interface LatticeChoice {
  /** Default `jump`. */
  readonly model?: DividendModel;
  /** Exercise at any time (default) or at expiry only. */
  readonly exercise?: "american" | "european";
  /** Time steps of the coarse lattice; the fine one has twice as many. Default 300. */
  readonly steps?: number;
}

/** Half width of the lattice in standard deviations of the whole time. */
const reach = 8;
/** Total volatility below which the spot price counts as certain: wrong by at most 8e-6 of it, within the error of the lattice. */
const leastLatticeTotal = 2e-5;
/** Cells between spot prices of one lattice; those farther apart have one each. */
const mostCells = 20_000;
/** Cells of one spot price; where dividends ask for more they outweigh the volatility so far that the price counts as certain. */
const mostCellsOfOne = 60_000;

/**
 * Values of an option with cash dividends at several spot prices, by a recombining trinomial lattice in ln S whose time steps end at
 * every ex-date, extrapolated from two step counts.
 *
 *     jump       V(S, t−) = max(payoff(S), V(S − D, t+)) at an ex-date, by cubic interpolation; S is floored at 1e-6 of itself
 *     escrowed   S* = S − Σ D·e^{−r·t} moves; exercise pays on S* + the present value of the dividends still to come
 *
 * The last step is valued by the European formula, which takes the kink of the payoff off the lattice.
 *
 * @param option its own `spot` sets the centre of the lattice
 * @param spots  spot prices; > 0
 * @returns one value a spot, unit of S and K; ≥ payoff where exercise is American
 * @throws DomainError if a term is outside its bound
 * @source M. Vellekoop, J. Nieuwenhuis, Applied Mathematical Finance 13 (2006) 265–284, for the interpolation; J. Hull, Options,
 *         Futures and Other Derivatives, for the escrowed model; M. Broadie, J. Detemple (1996) for the last step and the extrapolation
 */
export function latticeValues(option: SpotOption, spots: readonly number[], choice: LatticeChoice = {}): number[] {
  refuseTerms(option);
  const { steps = 300 } = choice;
  const [lowest, highest] = rangeOf(spots, option.spot);
  const spacing = spacingOf(option, option.years / (2 * steps));
  if (option.years > 0 && isCertain(option, lowest, spacing))
    return spots.map((spot) => certainValue(option, spot, choice.exercise));
  if (spots.length > 0 && highest - lowest > mostCells * spacing)
    return spots.flatMap((spot) => latticeValues({ ...option, spot }, [spot], choice));
  const coarse = solve(option, spots, choice, steps);
  const fine = solve(option, spots, choice, 2 * steps);
  return spots.map((spot, i) => {
    const value = 2 * (fine[i] ?? 0) - (coarse[i] ?? 0);
    const least = choice.exercise === "european" ? 0 : intrinsicValue(spot, option.strike, option.isCall);
    return Math.max(value, least);
  });
}

/** Value, delta and gamma on the lattice, by values at three spot prices. */
export function latticeGreeks(
  option: SpotOption,
  choice: LatticeChoice = {},
): Pick<SpotGreeks, "value" | "delta" | "gamma"> {
  const { spot, sigma, years } = option;
  const step = spot * Math.min(0.02, Math.max(0.002, 0.05 * sigma * Math.sqrt(years)));
  const [low = 0, value = 0, high = 0] = latticeValues(option, [spot - step, spot, spot + step], choice);
  return { value, delta: (high - low) / (2 * step), gamma: (high - 2 * value + low) / (step * step) };
}

interface Segment {
  readonly steps: number;
  readonly dt: number;
  /** Paid at the start of the segment (its earlier end). */
  readonly paid: CashDividend | undefined;
}

function solve(option: SpotOption, spots: readonly number[], choice: LatticeChoice, steps: number): number[] {
  const { model = "jump", exercise = "american" } = choice;
  const { years, rate, dividendYield, strike, isCall } = option;
  const dividends = dividendsBefore(option);
  const { sigma } = option;
  if (years === 0) return spots.map((spot) => intrinsicValue(spot, strike, isCall));
  const segments = segmentsOf(years, dividends, steps);
  const longest = Math.max(...segments.map(({ dt }) => dt));
  const drift = rate - dividendYield - 0.5 * sigma * sigma;
  const spacing = spacingOf(option, longest);
  const set = model === "escrowed" ? (time: number) => worthAt(dividends, time, rate) : () => 0;
  const [lowest, highest] = rangeOf(spots, option.spot);
  const fall = model === "jump" ? fallOf(Math.exp(lowest), dividends) : 0;
  const span = reach * sigma * Math.sqrt(years) + Math.abs(drift) * years + (highest - lowest) / 2 + fall + 4 * spacing;
  const half = Math.ceil(span / spacing);
  const centre = (lowest + highest) / 2;
  const size = 2 * half + 1;
  // The ends of a wide lattice would leave the range of numbers.
  const prices = Float64Array.from({ length: size }, (_, i) =>
    Math.min(Math.max(Math.exp(centre + (i - half) * spacing), 1e-290), 1e290),
  );
  const start = set(0);

  let time = years;
  let values: Float64Array = new Float64Array(size);
  let next: Float64Array = new Float64Array(size);
  let first = true;
  for (const segment of [...segments].reverse()) {
    const weights = probabilities(segment.dt, spacing, drift, sigma, rate);
    for (let step = 0; step < segment.steps; step++) {
      time -= segment.dt;
      if (first) {
        for (let i = 0; i < size; i++) values[i] = lastStep(prices[i] ?? 0, segment.dt, option, sigma);
        first = false;
      } else {
        inward(values, next, weights);
        [values, next] = [next, values];
      }
      const aside = set(Math.max(time, 0));
      if (exercise === "american") exercised(values, prices, aside, strike, isCall);
    }
    if (segment.paid !== undefined && model === "jump") {
      next = fallen(values, prices, segment.paid.amount, centre - half * spacing, spacing);
      [values, next] = [next, values];
      if (exercise === "american") exercisedBeforeFall(values, prices, strike, isCall);
    }
  }
  return spots.map((spot) => {
    const place = (Math.log(Math.max(spot - start, 1e-9 * spot)) - (centre - half * spacing)) / spacing;
    return cubic(values, place);
  });
}

/** @param lowest logarithm of the lowest spot price */
function isCertain(option: SpotOption, lowest: number, spacing: number): boolean {
  const total = option.sigma * Math.sqrt(option.years);
  const span = reach * total + fallOf(Math.exp(lowest), dividendsBefore(option));
  return total < leastLatticeTotal || 2 * span > mostCellsOfOne * spacing;
}

/** Distance of two cells: σ√(3·dt), or more where a strong drift would leave them within one step. */
function spacingOf({ sigma, rate, dividendYield }: SpotOption, dt: number): number {
  return Math.max(sigma * Math.sqrt(3 * dt), Math.abs(rate - dividendYield - 0.5 * sigma * sigma) * dt * 2);
}

/** How far the dividends together take a spot price down, in the logarithm; below a thousandth of it the lattice ends. */
function fallOf(spot: number, dividends: readonly CashDividend[]): number {
  const paid = dividends.reduce((total, { amount }) => total + amount, 0);
  return -Math.log(Math.max(1 - paid / spot, 1e-3));
}

function rangeOf(spots: readonly number[], own: number): readonly [number, number] {
  const logs = [...spots, own].map(Math.log);
  return [Math.min(...logs), Math.max(...logs)];
}

/** Pieces between now, the ex-dates and expiry, each in whole steps of about the same length. */
function segmentsOf(years: number, dividends: readonly CashDividend[], steps: number): Segment[] {
  const starts = [undefined, ...dividends];
  return starts.map((paid, index) => {
    const from = paid?.years ?? 0;
    const length = (dividends[index]?.years ?? years) - from;
    const count = Math.max(2, Math.round((steps * length) / years));
    return { steps: count, dt: length / count, paid };
  });
}

function worthAt(dividends: readonly CashDividend[], time: number, rate: number): number {
  let total = 0;
  for (const { years, amount } of dividends)
    if (years > time + 1e-12) total += amount * Math.exp(-rate * (years - time));
  return total;
}

/** Discounted weights of down, middle and up that match mean and variance of ln S over one step. */
function probabilities(dt: number, spacing: number, drift: number, sigma: number, rate: number) {
  const mean = (drift * dt) / spacing;
  const second = (sigma * sigma * dt) / (spacing * spacing) + mean * mean;
  const discount = Math.exp(-rate * dt);
  return {
    down: 0.5 * discount * (second - mean),
    middle: discount * (1 - second),
    up: 0.5 * discount * (second + mean),
  };
}

function inward(
  values: Float64Array,
  into: Float64Array,
  { down, middle, up }: ReturnType<typeof probabilities>,
): void {
  const last = values.length - 1;
  for (let i = 1; i < last; i++)
    into[i] = down * (values[i - 1] as number) + middle * (values[i] as number) + up * (values[i + 1] as number);
  // Beyond the reach the value is a straight line in S, which a line in the last two cells stands for.
  into[0] = 2 * (into[1] as number) - (into[2] as number);
  into[last] = 2 * (into[last - 1] as number) - (into[last - 2] as number);
}

function exercised(values: Float64Array, prices: Float64Array, aside: number, strike: number, isCall: boolean): void {
  for (let i = 0; i < values.length; i++) {
    const spot = (prices[i] as number) + aside;
    const payoff = intrinsicPiece(spot, strike, isCall);
    if (payoff > (values[i] as number)) values[i] = payoff;
  }
}

/**
 * Exercise just before an ex-date, where payoff and value cross at an angle: the cell of the crossing takes the mean of the larger
 * one over its width, so that the result does not hang on where the crossing lies between two cells.
 */
function exercisedBeforeFall(values: Float64Array, prices: Float64Array, strike: number, isCall: boolean): void {
  const gains = values.map((value, i) => intrinsicPiece(prices[i] as number, strike, isCall) - value);
  for (let i = 0; i < values.length; i++) {
    const gain = gains[i] as number;
    const slope = Math.abs(((gains[i + 1] ?? gain) - (gains[i - 1] ?? gain)) / 2);
    const mean = Math.abs(gain) < slope / 2 ? (gain + slope / 2) ** 2 / (2 * slope) : Math.max(gain, 0);
    values[i] = (values[i] as number) + mean;
  }
}

/** What exercise pays, below 0 out of the money. */
function intrinsicPiece(spot: number, strike: number, isCall: boolean): number {
  return isCall ? spot - strike : strike - spot;
}

function lastStep(spot: number, dt: number, option: SpotOption, sigma: number): number {
  const forward = spot * Math.exp((option.rate - option.dividendYield) * dt);
  return blackValue(forward, option.strike, dt, sigma, option.isCall, option.rate);
}

/** Values just before an ex-date: those just after it at the price less the dividend. */
function fallen(
  values: Float64Array,
  prices: Float64Array,
  amount: number,
  low: number,
  spacing: number,
): Float64Array {
  const before = new Float64Array(values.length);
  for (let i = 0; i < before.length; i++) {
    const spot = prices[i] as number;
    const after = Math.max(spot - amount, leastLeft * spot);
    before[i] = cubic(values, (Math.log(after) - low) / spacing);
  }
  return before;
}

/** Cubic through the four cells around a place; flat beyond the lattice. */
function cubic(values: Float64Array, place: number): number {
  const last = values.length - 1;
  if (place <= 0) return values[0] as number;
  if (place >= last) return values[last] as number;
  const left = Math.min(Math.max(Math.floor(place), 1), last - 2);
  const t = place - left;
  const [a, b, c, d] = [values[left - 1], values[left], values[left + 1], values[left + 2]] as [
    number,
    number,
    number,
    number,
  ];
  return (
    (-a * t * (t - 1) * (t - 2)) / 6 +
    (b * (t + 1) * (t - 1) * (t - 2)) / 2 -
    (c * (t + 1) * t * (t - 2)) / 2 +
    (d * (t + 1) * t * (t - 1)) / 6
  );
}
