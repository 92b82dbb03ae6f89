import { type Steps, sum } from "../../../base/index.ts";
import { type ProportionRules, proportionEnd } from "./constant-proportion.ts";
import { type PathTerms, pathDrawer } from "./price-paths.ts";

/** What became of many paths; wealth in quote currency. */
export interface SimulatedEnds {
  readonly paths: number;
  readonly mean: number;
  readonly deviation: number;
  /** Wealth at 1, 5, 25, 50, 75, 95 and 99 %. */
  readonly quantiles: readonly { readonly probability: number; readonly wealth: number }[];
  /** Share of paths that stood below their floor at some step, and its standard error. */
  readonly breached: number;
  readonly breachedError: number;
  /** Mean shortfall below the floor at the end, of the paths that end below. */
  readonly meanShortfall: number;
}

const probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
/** Paths drawn between two pauses. */
const block = 100;

/**
 * Constant-proportion insurance over drawn paths, and holding the same wealth unprotected on the same paths.
 *
 * @param paths at least 1
 * @returns in steps; same seed, same bits
 */
export function* simulatedInsurance(
  rules: ProportionRules,
  terms: PathTerms,
  paths: number,
  seed: number,
): Steps<{ readonly insured: SimulatedEnds; readonly unprotected: SimulatedEnds }> {
  const draw = pathDrawer(terms, seed);
  const prices = new Float64Array(terms.steps + 1);
  const dt = terms.years / terms.steps;
  const insured = new Float64Array(paths);
  const held = new Float64Array(paths);
  const floors = new Float64Array(paths);
  let breached = 0;
  let heldBreached = 0;
  for (let path = 0; path < paths; path++) {
    draw(prices);
    const { value, floor, leastCushion } = proportionEnd(rules, prices, dt);
    insured[path] = value;
    floors[path] = floor;
    if (leastCushion < -roundings * rules.wealth) breached += 1;
    held[path] = rules.wealth * ((prices[terms.steps] ?? Number.NaN) / terms.spot);
    if ((held[path] as number) < floor) heldBreached += 1;
    if (path % block === block - 1) yield;
  }
  return { insured: endsOf(insured, floors, breached), unprotected: endsOf(held, floors, heldBreached) };
}

/** A floor is not missed by rounding. */
const roundings = 1e-12;

function endsOf(wealth: Float64Array, floors: Float64Array, breached: number): SimulatedEnds {
  const paths = wealth.length;
  const mean = sum(wealth) / paths;
  const squares = sum(wealth.map((value) => (value - mean) * (value - mean)));
  const sorted = wealth.slice().sort();
  const short = Array.from(wealth, (value, at) => (floors[at] ?? 0) - value).filter((gap) => gap > 1e-9 * mean);
  const share = breached / paths;
  return {
    ...{ paths, mean, deviation: paths > 1 ? Math.sqrt(squares / (paths - 1)) : 0 },
    quantiles: probabilities.map((probability) => ({
      probability,
      wealth: sorted[Math.min(paths - 1, Math.floor(probability * paths))] ?? Number.NaN,
    })),
    breached: share,
    breachedError: Math.sqrt((share * (1 - share)) / paths),
    meanShortfall: short.length === 0 ? 0 : sum(short) / short.length,
  };
}
