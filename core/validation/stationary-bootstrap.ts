import { DomainError } from "../base/index.ts";
import { generatorName, quantile, type RandomStream, randomStream } from "../measure/index.ts";

export interface StationarySettings {
  /** Mean length of a block of consecutive scenarios, ≥ 1. */
  readonly meanBlock?: number;
  readonly resamples?: number;
  readonly seed?: number;
  /** Share of the resamples inside the interval, fraction. */
  readonly coverage?: number;
}

/** Scatter of a margin under resampling of its scenarios. */
export interface EstimationInterval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly coverage: number;
  readonly meanBlock: number;
  readonly resamples: number;
  readonly seed: number;
  readonly generator: string;
}

/**
 * Places of one resample: blocks of random length that run around the end of the sample.
 *
 * Each next place follows the one before, or, with probability 1/mean block, starts anew anywhere: the length of a block is
 * geometric, and the resample is stationary as the sample is.
 *
 * @param count scenarios, ≥ 1
 * @param meanBlock mean length of a block, ≥ 1
 * @returns `count` places from 0
 * @source D. Politis, J. Romano, The stationary bootstrap, JASA 89 (1994) 1303–1313
 */
export function stationaryPlaces(count: number, meanBlock: number, stream: RandomStream): Uint32Array {
  const places = new Uint32Array(count);
  let place = 0;
  for (let at = 0; at < count; at += 1) {
    const anew = at === 0 || stream.next() * meanBlock < 1;
    place = anew ? stream.nextBelow(count) : (place + 1) % count;
    places[at] = place;
  }
  return places;
}

/**
 * Interval of a margin for the error of its estimation: 1,000 resamples of its scenarios in blocks of 10 on average, 90 %.
 *
 * @param count    scenarios of the margin, ≥ 1
 * @param margin   margin of the scenarios at some places; called with all of them first
 * @param settings mean block, number of resamples, seed, share inside
 * @returns ends are percentiles of the resampled margins
 * @throws DomainError if a setting is outside its bound
 * @source as `stationaryPlaces`
 */
export function estimationInterval(
  count: number,
  margin: (places: Uint32Array) => number,
  { meanBlock = 10, resamples = 1000, seed = 1, coverage = 0.9 }: StationarySettings = {},
): EstimationInterval {
  if (!(meanBlock >= 1)) throw new DomainError("the mean block must be 1 or more", meanBlock);
  if (!(Number.isInteger(resamples) && resamples >= 1)) throw new DomainError("resamples must be 1 or more", resamples);
  if (!(coverage > 0 && coverage < 1)) throw new DomainError("coverage must lie between 0 and 1", coverage);
  const estimate = margin(Uint32Array.from({ length: count }, (_, at) => at));
  const stream = randomStream(seed);
  const drawn = new Float64Array(resamples);
  for (let at = 0; at < resamples; at += 1) drawn[at] = margin(stationaryPlaces(count, meanBlock, stream));
  drawn.sort();
  return {
    ...{ estimate, lower: quantile(drawn, (1 - coverage) / 2), upper: quantile(drawn, (1 + coverage) / 2) },
    ...{ coverage, meanBlock, resamples, seed, generator: generatorName },
  };
}
