import { DomainError } from "../../../base/index.ts";
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
  const compensator =
    jumps === undefined ? 0 : jumps.perYear * Math.expm1(jumps.meanLog + 0.5 * jumps.deviationLog * jumps.deviationLog);
  const drift = (growth - 0.5 * volatility * volatility - compensator) * dt;
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
