import { DomainError, failed, type Result, success } from "../../../base/index.ts";
import { normalQuantile, type RandomStream, randomStream } from "../../../measure/index.ts";
import type { JumpTerms } from "./constant-proportion.ts";

/** Prices that are drawn: geometric Brownian motion, with jumps where they are stated. */
export interface PathTerms {
  readonly spot: number;
  /** Expected relative growth a year, jumps included. */
  readonly growth: number;
  readonly volatility: number;
  readonly years: number;
  readonly steps: number;
  readonly jumps?: JumpTerms;
}

/** Logarithm beyond which a price is near the end of the numbers of a computer. */
const longestReach = 300;
/** Deviations that a path is thought to go at most. */
const deviations = 10;

/**
 * Terms whose paths stay among the numbers: drift, diffusion and jumps together move the logarithm of the price by less than 300.
 *
 * @returns the terms, or a Failure (`invalid-input`, at `jumps` or `years`) that states how far they reach
 */
export function pathsInRange<T extends Omit<PathTerms, "spot" | "steps">>(terms: T): Result<T> {
  const { growth, volatility, years, jumps } = terms;
  const { perYear, meanLog, deviationLog } = jumps ?? { perYear: 0, meanLog: 0, deviationLog: 0 };
  const drift = growth - 0.5 * volatility * volatility - compensatorOf(jumps);
  const spread = volatility * volatility + perYear * (meanLog * meanLog + deviationLog * deviationLog);
  const reach = (Math.abs(drift) + perYear * Math.abs(meanLog)) * years + deviations * Math.sqrt(spread * years);
  if (reach <= longestReach) return success(terms);
  const message = `paths of this growth, volatility and these jumps reach e^${Math.round(reach)} times the price in ${years} years; at most e^${longestReach}`;
  return failed("invalid-input", message, jumps === undefined ? "years" : "jumps");
}

/** λκ: what jumps add to the growth of the price a year. */
function compensatorOf(jumps: JumpTerms | undefined): number {
  if (jumps === undefined) return 0;
  return jumps.perYear * Math.expm1(jumps.meanLog + 0.5 * jumps.deviationLog * jumps.deviationLog);
}

/**
 * Draws one path after the other from one stream: same seed, same paths.
 *
 *     ln S′ = ln S + (g − σ²/2 − λκ)·dt + σ√dt·z + Σ jumps,   κ = e^{μ + s²/2} − 1
 *
 * @returns fills `into` (steps + 1 long) with the next path at each call
 * @source R. Merton, J. Financial Economics 3 (1976) 125–144
 */
export function pathDrawer(terms: PathTerms, seed: number): (into: Float64Array) => void {
  const { spot, growth, volatility, years, steps, jumps } = terms;
  if (!(spot > 0) || !(years > 0) || !(steps >= 1))
    throw new DomainError("a path needs a price, time and steps", steps);
  const random = randomStream(seed);
  const dt = years / steps;
  const drift = (growth - 0.5 * volatility * volatility - compensatorOf(jumps)) * dt;
  const scale = volatility * Math.sqrt(dt);
  return (into) => {
    let log = Math.log(spot);
    into[0] = spot;
    for (let step = 1; step <= steps; step++) {
      log += drift + scale * normalQuantile(random.nextOpen());
      if (jumps !== undefined) log += jumpOver(random, jumps, dt);
      into[step] = Math.exp(log);
    }
  };
}

/** Sum of the jumps of one step; their number by inversion of the Poisson distribution. */
function jumpOver(random: RandomStream, { perYear, meanLog, deviationLog }: JumpTerms, dt: number): number {
  const mean = perYear * dt;
  let term = Math.exp(-mean);
  let reached = term;
  const drawn = random.nextOpen();
  let count = 0;
  while (drawn > reached && count < 1000) {
    count += 1;
    term *= mean / count;
    reached += term;
  }
  let total = 0;
  for (let jump = 0; jump < count; jump++) total += meanLog + deviationLog * normalQuantile(random.nextOpen());
  return total;
}
