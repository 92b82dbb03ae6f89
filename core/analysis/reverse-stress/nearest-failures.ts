import type { Steps } from "../../base/index.ts";
import { dot, normalQuantile, randomStream } from "../../measure/index.ts";
import { type FactorRoot, moveOf, pointOf } from "./factor-root.ts";
import { closedIn, firstCrossing } from "./first-crossing.ts";

/** A boundary and how it is searched. */
export interface FailureSearch {
  readonly root: FactorRoot;
  /** What is left at a move of the factors; the boundary is where it falls to 0. Above 0 at no move. */
  readonly left: (move: Float64Array) => number;
  /** Norms up to which it is searched; > 0. */
  readonly mostDeviations: number;
  /** Different answers wanted, at most. */
  readonly solutions: number;
  /** Random directions to start from. */
  readonly randomStarts: number;
  readonly seed: number;
  /** Moves to start from in direction, such as those of a quadratic book. */
  readonly starts?: readonly Float64Array[];
}

/** A local optimum: no direction near it reaches the boundary earlier. */
export interface NearestFailure {
  readonly move: Float64Array;
  readonly norm: number;
  /** What is left there; ≤ 0, near 0 unless the boundary jumps. */
  readonly left: number;
  /** Nearer by this much along its ray, the boundary is not reached. */
  readonly width: number;
}

export interface FailuresFound {
  /** Nearest first; empty when no ray reaches the boundary. */
  readonly failures: readonly NearestFailure[];
  /** Directions that were scanned. */
  readonly rays: number;
  /** Moves at which the book was computed. */
  readonly evaluations: number;
  /** The least that was left on any ray, and at what norm; of use when nothing reaches the boundary. */
  readonly least: { readonly left: number; readonly norm: number };
}

/** Scan of the starting rays, and of the answers, in standard deviations. */
const startStep = 0.5;
const finalStep = 0.25;
/** Step of the gradient, standard deviations. */
const gradientStep = 1e-4;
/** Answers nearer in angle than this are one, cosine of 15°. */
const sameCosine = Math.cos(Math.PI / 12);
const stopCosine = 1 - 0.5 * 1e-4 ** 2;
const mostTurns = 20;
/** Starts in a row that end at answers known already, after which no more are tried. */
const mostFruitless = 4;

/**
 * Smallest moves, by Mahalanobis norm, that reach a boundary: rays from no move (given starts, principal components, single factors, pushes of
 * all factors, random directions) are scanned outwards, and the nearest crossings are turned toward the normal of the boundary until their ray is
 * one (HL-RF steps that are halved until the norm falls).
 *
 * @param search boundary and extent
 * @returns distinct local optima; same inputs, same bits
 * @source R. Rackwitz, B. Fiessler, Structural reliability under combined random load sequences, Computers and Structures 9 (1978) 489–494
 */
export function* nearestFailures(search: FailureSearch): Steps<FailuresFound> {
  const { root, left, mostDeviations, solutions } = search;
  let evaluations = 0;
  const leftAt = (point: Float64Array): number => {
    evaluations += 1;
    return left(moveOf(root, point));
  };
  const along = (direction: Float64Array) => (distance: number) => leftAt(direction.map((entry) => entry * distance));
  const start = leftAt(new Float64Array(root.rank));
  const tolerance = 1e-9 * Math.abs(start);
  let least = { left: start, norm: 0 };
  const watched = (direction: Float64Array) => {
    const value = along(direction);
    return (distance: number): number => {
      const here = value(distance);
      if (here < least.left) least = { left: here, norm: distance };
      return here;
    };
  };

  const directions = startDirections(search, leftAt);
  const crossed: { readonly direction: Float64Array; readonly norm: number }[] = [];
  for (const direction of directions) {
    const crossing = firstCrossing(watched(direction), { step: startStep, most: mostDeviations, tolerance });
    if (crossing !== undefined) crossed.push({ direction, norm: crossing.at });
    yield;
  }
  crossed.sort((a, b) => a.norm - b.norm);

  const found: { readonly direction: Float64Array; readonly failure: NearestFailure }[] = [];
  let fruitless = 0;
  for (const { direction, norm } of crossed) {
    if (found.length >= 3 * solutions || fruitless >= mostFruitless) break;
    if (found.some((one) => dot(one.direction, direction) > sameCosine)) continue;
    const turned = turnedToNormal(direction, norm, leftAt, tolerance);
    yield;
    const crossing = firstCrossing(watched(turned), { step: finalStep, most: mostDeviations, tolerance });
    if (crossing === undefined || found.some((one) => dot(one.direction, turned) > sameCosine)) {
      fruitless += 1;
      continue;
    }
    fruitless = 0;
    const move = moveOf(
      root,
      turned.map((entry) => entry * crossing.at),
    );
    found.push({
      direction: turned,
      failure: { move, norm: crossing.at, left: crossing.value, width: crossing.width },
    });
    yield;
  }
  found.sort((a, b) => a.failure.norm - b.failure.norm);
  const failures = found.slice(0, solutions).map(({ failure }) => failure);
  return { failures, rays: directions.length, evaluations, least };
}

/** Turns a ray toward the normal of the boundary while its crossing comes nearer. */
function turnedToNormal(
  from: Float64Array,
  norm: number,
  leftAt: (point: Float64Array) => number,
  tolerance: number,
): Float64Array {
  let direction = from;
  let radius = norm;
  for (let turn = 0; turn < mostTurns; turn++) {
    const slope = gradient(
      direction.map((entry) => entry * radius),
      leftAt,
    );
    const length = Math.sqrt(dot(slope, slope));
    if (!(length > 0)) return direction;
    const normal = slope.map((entry) => -entry / length);
    if (dot(normal, direction) >= stopCosine) return direction;
    let nearer: { readonly direction: Float64Array; readonly radius: number } | undefined;
    for (let share = 1; share > 0.01 && nearer === undefined; share /= 2) {
      const mixed = unit(direction.map((entry, i) => (1 - share) * entry + share * (normal[i] as number)));
      if (mixed === undefined) continue;
      const crossing = nearerCrossing(mixed, radius, leftAt, tolerance);
      if (crossing !== undefined) nearer = { direction: mixed, radius: crossing };
    }
    if (nearer === undefined) return direction;
    ({ direction, radius } = nearer);
  }
  return direction;
}

/** Radius at which a ray crosses within the one given; `undefined` when it does not. */
function nearerCrossing(
  direction: Float64Array,
  radius: number,
  leftAt: (point: Float64Array) => number,
  tolerance: number,
): number | undefined {
  const value = (distance: number): number => leftAt(direction.map((entry) => entry * distance));
  const outer = radius * (1 - 1e-9);
  const outerValue = value(outer);
  if (!(outerValue <= 0)) return undefined;
  let [far, farValue] = [outer, outerValue];
  for (let share = 0.95; share > 0.01; share *= share) {
    const here = value(radius * share);
    if (here > 0) return closedIn(value, [radius * share, here], [far, farValue], tolerance).at;
    [far, farValue] = [radius * share, here];
  }
  return far;
}

function gradient(point: Float64Array, leftAt: (point: Float64Array) => number): Float64Array {
  return point.map((entry, i) => {
    const beside = (step: number): number => leftAt(point.map((other, j) => (j === i ? entry + step : other)));
    return (beside(gradientStep) - beside(-gradientStep)) / (2 * gradientStep);
  });
}

/** Directions of length 1: given starts, principal components, single factors, both pushes of all factors, random ones. */
function startDirections(
  { root, starts = [], randomStarts, seed }: FailureSearch,
  leftAt: (point: Float64Array) => number,
): readonly Float64Array[] {
  const { size, rank, values } = root;
  const axis = (length: number, at: number, entry = 1): Float64Array =>
    new Float64Array(length).fill(entry, at, at + 1);
  const components = Array.from({ length: Math.min(5, rank) }, (_, j) => axis(rank, j));
  const factors = Array.from({ length: size }, (_, i) => pointOf(root, axis(size, i)));
  const deviations = Float64Array.from({ length: size }, (_, i) => {
    const row = values.subarray(i * rank, (i + 1) * rank);
    return Math.sqrt(dot(row, row));
  });
  // Each factor to the side on which less is left, 3 standard deviations, then all together.
  const push = pointOf(
    root,
    deviations.map((deviation, i) => {
      const at = (sign: number): number => leftAt(pointOf(root, axis(size, i, 3 * sign * deviation)));
      return at(-1) <= at(1) ? -deviation : deviation;
    }),
  );
  // A single factor while the others do as they usually do.
  const usual = Array.from({ length: size }, (_, i) => values.slice(i * rank, (i + 1) * rank));
  const stream = randomStream(seed);
  const random = Array.from({ length: randomStarts }, () =>
    Float64Array.from({ length: rank }, () => normalQuantile(stream.nextOpen())),
  );
  const both = [...components, ...factors, ...usual].flatMap((point) => [point, point.map((entry) => -entry)]);
  return [...starts.map((move) => pointOf(root, move)), push, ...both, ...random].flatMap((point) => unit(point) ?? []);
}

function unit(point: Float64Array): Float64Array | undefined {
  const length = Math.sqrt(dot(point, point));
  return length > 0 ? point.map((entry) => entry / length) : undefined;
}
