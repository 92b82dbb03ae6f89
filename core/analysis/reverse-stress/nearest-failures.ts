import type { Steps } from "../../base/index.ts";
import { dot, normalQuantile, randomStream } from "../../measure/index.ts";
import { type FactorRoot, moveOf, pointOf } from "./factor-root.ts";
import { closedIn, firstCrossing } from "./first-crossing.ts";

/** A boundary and how it is searched. */
export interface FailureSearch {
  readonly root: FactorRoot;
  /** What is left at a move of the factors; the boundary is where it falls to 0. Above 0 at no move. */
  readonly left: Left;
  /** Norms up to which it is searched; > 0. */
  readonly mostDeviations: number;
  /** Different answers wanted, at most. */
  readonly solutions: number;
  /** Starts in a row that end at answers known already, after which no more are tried; ≥ 1. */
  readonly mostFruitless: number;
  /** Random directions to start from. */
  readonly randomStarts: number;
  readonly seed: number;
  /** Moves to start from in direction, such as those of a quadratic book. */
  readonly starts?: readonly Float64Array[];
  /** Moves at which rays that were scanned elsewhere first reach the boundary. */
  readonly crossings?: readonly Float64Array[];
}

/** What is left at a move, or at a point of the root. */
type Left = (at: Float64Array) => number;

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
  /** Directions that were scanned here. */
  readonly rays: number;
  /** Moves at which the book was computed. */
  readonly evaluations: number;
  /** The least that was left on any ray, and at what norm; of use when nothing reaches the boundary. */
  readonly least: { readonly left: number; readonly norm: number };
}

/** Scan of the starting rays, in standard deviations: half of one, up to two where nothing is lost. */
export const startScan = { step: 0.5, longest: 2 };
/** Scan of the answers. */
const finalStep = 0.25;
/** Step of the gradient, standard deviations. */
const gradientStep = 1e-4;
/** Answers nearer in angle than this are one, cosine of 15°. */
const sameCosine = Math.cos(Math.PI / 12);
const stopCosine = 1 - 0.5 * 1e-4 ** 2;
const mostTurns = 20;
/** What is left at the end of a turn, as a share of what is left at no move; answers are closed in on to `answerTolerance`. */
const turnTolerance = 1e-6;
const answerTolerance = 1e-9;

/**
 * Smallest moves, by Mahalanobis norm, that reach a boundary: rays from no move (given starts, principal components, the push of all factors,
 * random directions) are scanned outwards, and the nearest crossings, of these and of rays scanned elsewhere, are turned toward the normal of the
 * boundary until their ray is one (HL-RF steps that are halved until the norm falls).
 *
 * @param search boundary and extent
 * @returns distinct local optima; same inputs, same bits
 * @source R. Rackwitz, B. Fiessler, Structural reliability under combined random load sequences, Computers and Structures 9 (1978) 489–494
 */
export function* nearestFailures(search: FailureSearch): Steps<FailuresFound> {
  const { root, left, mostDeviations, solutions, mostFruitless } = search;
  let evaluations = 0;
  const counted: Left = (move) => {
    evaluations += 1;
    return left(move);
  };
  const leftAt: Left = (point) => counted(moveOf(root, point));
  const along = (direction: Float64Array) => (distance: number) => leftAt(direction.map((entry) => entry * distance));
  const start = leftAt(new Float64Array(root.rank));
  const tolerance = answerTolerance * Math.abs(start);
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
  for (const move of search.crossings ?? []) {
    const point = pointOf(root, move);
    const direction = unit(point);
    const norm = Math.sqrt(dot(point, point));
    if (direction !== undefined && norm <= mostDeviations && isSameMove(moveOf(root, point), move))
      crossed.push({ direction, norm });
  }
  for (const direction of directions) {
    const crossing = firstCrossing(watched(direction), { ...startScan, most: mostDeviations, tolerance });
    if (crossing !== undefined) crossed.push({ direction, norm: crossing.at });
    yield;
  }
  crossed.sort((a, b) => a.norm - b.norm);

  const found: { readonly direction: Float64Array; readonly failure: NearestFailure }[] = [];
  let fruitless = 0;
  for (const { direction, norm } of crossed) {
    if (found.length >= 3 * solutions || fruitless >= mostFruitless) break;
    if (found.some((one) => dot(one.direction, direction) > sameCosine)) continue;
    const isKnown = (other: Float64Array): boolean => found.some((one) => dot(one.direction, other) > sameCosine);
    const turned = turnedToNormal(direction, norm, {
      root,
      left: counted,
      tolerance: turnTolerance * Math.abs(start),
      isKnown,
    });
    yield;
    const crossing = turned && firstCrossing(watched(turned), { step: finalStep, most: mostDeviations, tolerance });
    if (turned === undefined || crossing === undefined) {
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

/** Whether a move lies in the directions that have variance, so that its point says all of it. */
function isSameMove(one: Float64Array, other: Float64Array): boolean {
  const apart = one.map((entry, i) => entry - (other[i] as number));
  return dot(apart, apart) <= 1e-12 * dot(other, other);
}

interface Turning {
  readonly root: FactorRoot;
  readonly left: Left;
  readonly tolerance: number;
  /** Whether a direction is that of an answer found before. */
  readonly isKnown: (direction: Float64Array) => boolean;
}

/** Turns a ray toward the normal of the boundary while its crossing comes nearer; `undefined` once it comes to an answer that is known. */
function turnedToNormal(
  from: Float64Array,
  norm: number,
  { root, left, tolerance, isKnown }: Turning,
): Float64Array | undefined {
  const leftAt: Left = (point) => left(moveOf(root, point));
  let direction = from;
  let radius = norm;
  for (let turn = 0; turn < mostTurns; turn++) {
    const at = direction.map((entry) => entry * radius);
    const slope = gradient(root, moveOf(root, at), left);
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
    if (isKnown(direction)) return undefined;
  }
  return direction;
}

/** Radius at which a ray crosses within the one given; `undefined` when it does not. */
function nearerCrossing(direction: Float64Array, radius: number, leftAt: Left, tolerance: number): number | undefined {
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

/**
 * Slope of what is left along the directions of a root, from moves of one factor each: an underlying that stays is not revalued.
 *
 *     ∂left/∂z = Aᵀ·∂left/∂x
 */
function gradient({ size, rank, values }: FactorRoot, move: Float64Array, left: Left): Float64Array {
  const slope = new Float64Array(rank);
  for (let i = 0; i < size; i++) {
    const row = values.subarray(i * rank, (i + 1) * rank);
    const step = gradientStep * Math.sqrt(dot(row, row));
    if (step === 0) continue;
    const beside = (by: number): number => left(move.map((entry, j) => (j === i ? entry + by : entry)));
    const own = (beside(step) - beside(-step)) / (2 * step);
    for (let j = 0; j < rank; j++) slope[j] = (slope[j] as number) + (row[j] as number) * own;
  }
  return slope;
}

/** Directions of length 1: given starts, the push of all factors, principal components both ways, random ones. */
function startDirections(
  { root, starts = [], randomStarts, seed }: FailureSearch,
  leftAt: Left,
): readonly Float64Array[] {
  const { size, rank, values } = root;
  const axis = (length: number, at: number, entry = 1): Float64Array =>
    new Float64Array(length).fill(entry, at, at + 1);
  const components = Array.from({ length: Math.min(5, rank) }, (_, j) => axis(rank, j));
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
  const stream = randomStream(seed);
  const random = Array.from({ length: randomStarts }, () =>
    Float64Array.from({ length: rank }, () => normalQuantile(stream.nextOpen())),
  );
  const both = components.flatMap((point) => [point, point.map((entry) => -entry)]);
  return [...starts.map((move) => pointOf(root, move)), push, ...both, ...random].flatMap((point) => unit(point) ?? []);
}

function unit(point: Float64Array): Float64Array | undefined {
  const length = Math.sqrt(dot(point, point));
  return length > 0 ? point.map((entry) => entry / length) : undefined;
}
