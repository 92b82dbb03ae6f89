import { DomainError, sum } from "../base/index.ts";
import { generatorName, quantile, randomStream } from "../measure/index.ts";
import type { ParameterSet } from "./sensitivity.ts";

/** One side of the box of parameters. */
export interface BoxSide {
  readonly id: string;
  readonly from: number;
  /** Above `from`. */
  readonly to: number;
}

/** Parameter sets whose margins give the indices. */
export interface SaltelliDesign {
  readonly box: readonly BoxSide[];
  /** N, points of each of the two samples. */
  readonly points: number;
  readonly seed: number;
  readonly generator: string;
  /** N sets of the first sample, N of the second, then N for each side: the first sample with that side from the second. */
  readonly sets: readonly ParameterSet[];
}

export interface SobolIndex {
  readonly id: string;
  /** Share of the variance of margin that this parameter explains alone; by sampling it may leave [0, 1] a little. */
  readonly first: number;
  /** Share that goes with this parameter, alone and together with others. */
  readonly total: number;
}

export interface GlobalSensitivity {
  readonly least: number;
  readonly median: number;
  readonly greatest: number;
  readonly mean: number;
  readonly variance: number;
  /** In order of the box; empty when margin does not vary. */
  readonly indices: readonly SobolIndex[];
  readonly points: number;
  readonly seed: number;
  readonly generator: string;
  /** True where portfolio, market or history were generated. */
  readonly synthetic?: boolean;
}

/**
 * Two Latin hypercube samples of a box and their mixtures, as Saltelli's estimator needs them: N (k + 2) sets.
 *
 * @param box k ≥ 1 sides, each with `from` below `to`; ids unique
 * @param points N ≥ 2
 * @param seed whole number
 * @throws DomainError if a side is empty or N is below 2
 * @source A. Saltelli et al., Variance based sensitivity analysis of model output, Computer Physics Communications 181 (2010) 259–270
 */
export function saltelliDesign(box: readonly BoxSide[], points = 256, seed = 1): SaltelliDesign {
  if (!(Number.isInteger(points) && points >= 2)) throw new DomainError("points must be whole, 2 or more", points);
  for (const { id, from, to } of box)
    if (!(to > from)) throw new DomainError(`side ${id} is empty`, `${from} to ${to}`);
  const stream = randomStream(seed);
  const sample = () => box.map(({ from, to }) => latinColumn(points, stream).map((u) => from + u * (to - from)));
  const [first, second] = [sample(), sample()];
  const setOf = (row: number, from: (side: number) => readonly number[]): ParameterSet =>
    Object.fromEntries(box.map(({ id }, side) => [id, from(side)[row] ?? 0]));
  const rows = Array.from({ length: points }, (_, row) => row);
  const sets = [
    ...rows.map((row) => setOf(row, (side) => first[side] ?? [])),
    ...rows.map((row) => setOf(row, (side) => second[side] ?? [])),
    ...box.flatMap((_, moved) =>
      rows.map((row) => setOf(row, (side) => (side === moved ? second : first)[side] ?? [])),
    ),
  ];
  return { box, points, seed, generator: generatorName, sets };
}

/**
 * First-order and total Sobol indices from the margins of a design.
 *
 *     S_i = (1/N) Σ f(B)(f(A_B^i) − f(A)) / V,   T_i = (1/2N) Σ (f(A) − f(A_B^i))² / V
 *
 * Margins are taken less their mean, which changes nothing in expectation and takes out most of the scatter.
 *
 * @param design as `saltelliDesign` made it
 * @param margins one for each of its sets, in their order; finite
 * @throws DomainError when the number of margins is not that of the sets
 * @source as `saltelliDesign`; M. Jansen (1999) for the total index
 */
export function sobolIndices(design: SaltelliDesign, margins: readonly number[]): GlobalSensitivity {
  const { box, points, seed, generator, sets } = design;
  if (margins.length !== sets.length) throw new DomainError(`expected ${sets.length} margins`, margins.length);
  const sampled = Float64Array.from(margins.slice(0, 2 * points)).sort();
  const mean = sum(sampled) / sampled.length;
  const variance = sum(sampled.map((value) => (value - mean) ** 2)) / sampled.length;
  const at = (block: number, row: number) => (margins[block * points + row] ?? 0) - mean;
  const average = (value: (row: number) => number) =>
    sum(Array.from({ length: points }, (_, row) => value(row))) / points;
  const indices = box.map(({ id }, side) => ({
    id,
    first: average((row) => at(1, row) * (at(2 + side, row) - at(0, row))) / variance,
    total: average((row) => (at(0, row) - at(2 + side, row)) ** 2) / (2 * variance),
  }));
  return {
    ...{ least: sampled[0] ?? 0, median: quantile(sampled, 0.5), greatest: sampled.at(-1) ?? 0, mean, variance },
    // rounding alone makes a variance of about 1e-30 of the square
    indices: variance > 1e-24 * mean * mean ? indices : [],
    ...{ points, seed, generator },
  };
}

/** One point in each of n equal steps of (0, 1), in random order. */
function latinColumn(points: number, stream: ReturnType<typeof randomStream>): readonly number[] {
  const column = Array.from({ length: points }, (_, step) => (step + stream.nextOpen()) / points);
  for (let last = points - 1; last > 0; last -= 1) {
    const other = stream.nextBelow(last + 1);
    [column[last], column[other]] = [column[other] ?? 0, column[last] ?? 0];
  }
  return column;
}
