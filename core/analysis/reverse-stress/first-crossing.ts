/** Where a function of a distance first falls to 0 or below. */
export interface Crossing {
  /** Distance at which it is reached: the outer end of the bracket. */
  readonly at: number;
  /** Value there; ≤ 0. */
  readonly value: number;
  /** Width of the bracket: nearer by this much it is not reached. */
  readonly width: number;
}

export interface CrossingSearch {
  /** Shortest step outwards; two crossings inside one step are not seen. > 0. */
  readonly step: number;
  /** Step where the value is as at distance 0 or above, in proportion where it is less; default: `step` everywhere. */
  readonly longest?: number;
  /** How far out; > 0. */
  readonly most: number;
  /** Values this near to 0 end the search, unit of the function; ≥ 0. */
  readonly tolerance: number;
}

/** How near the inner end of a bracket is tried, as a share of the distance. */
const besideShare = 1e-8;
/** The bracket is never made narrower than this share of the distance. */
const narrowest = 1e-10;

/**
 * First distance at which a function is 0 or below, scanned outwards in steps and then closed in on by bisection and secants. A function that
 * jumps over 0 is closed in on until the bracket is as narrow as it may get. Where much is left the steps are longer:
 *
 *     h = max(step, longest·min(1, value(d)/value(0)))
 *
 * so that outside the shortest steps only a fall steeper than value(0)/longest reaches 0 unseen, and only when it is undone inside the step.
 *
 * @param value  of a distance; above 0 at distance 0
 * @param search steps, bound, tolerance
 * @returns the crossing; `undefined` when there is none within the bound
 */
export function firstCrossing(value: (distance: number) => number, search: CrossingSearch): Crossing | undefined {
  const { step, longest = step, most, tolerance } = search;
  const start = value(0);
  if (start <= 0) return { at: 0, value: start, width: 0 };
  const longestSteps = Math.floor(longest / step + 1e-12);
  let inner = 0;
  let innerValue = start;
  for (let steps = 0; inner < most; ) {
    steps += Math.max(1, Math.floor(longestSteps * Math.min(1, innerValue / start)));
    // Places are multiples of the step: the sum of many steps would drift.
    const outer = steps * step >= most * (1 - 1e-12) ? most : steps * step;
    const outerValue = value(outer);
    if (outerValue <= 0) return closedIn(value, [inner, innerValue], [outer, outerValue], tolerance);
    [inner, innerValue] = [outer, outerValue];
  }
  return undefined;
}

/**
 * A crossing inside a bracket.
 *
 * @param value     as of `firstCrossing`
 * @param inner     distance and value, above 0
 * @param outer     distance and value, 0 or below; farther out
 * @param tolerance as of `firstCrossing`
 */
export function closedIn(
  value: (distance: number) => number,
  inner: readonly [at: number, value: number],
  outer: readonly [at: number, value: number],
  tolerance: number,
): Crossing {
  let [low, lowValue] = inner;
  let [high, highValue] = outer;
  // Illinois: the value of an end that stays twice counts half.
  let [lowWeight, highWeight] = [1, 1];
  let moved: "low" | "high" | undefined;
  for (let turn = 0; turn < 200; turn++) {
    const width = high - low;
    if (highValue >= -tolerance || width <= narrowest * high) break;
    const secant =
      (low * highValue * highWeight - high * lowValue * lowWeight) / (highValue * highWeight - lowValue * lowWeight);
    // Every third turn bisects: a jump is closed in on at that pace at least.
    const inside = turn % 3 !== 2 && secant > low && secant < high;
    const middle = inside ? secant : 0.5 * (low + high);
    if (!(middle > low && middle < high)) break;
    const found = value(middle);
    if (found <= 0) {
      [high, highValue] = [middle, found];
      [highWeight, lowWeight] = [1, moved === "high" ? lowWeight * 0.5 : lowWeight];
      moved = "high";
    } else {
      [low, lowValue] = [middle, found];
      [lowWeight, highWeight] = [1, moved === "low" ? highWeight * 0.5 : highWeight];
      moved = "low";
    }
  }
  // Secants come from one side: one more look on the other says how near the bracket may be drawn.
  const beside = high * (1 - besideShare);
  if (beside > low && value(beside) > 0) low = beside;
  return { at: high, value: highValue, width: high - low };
}
