import type { SmilePoint } from "../market/index.ts";

/** No volatility falls below this share of itself by sliding. */
const leastFactor = 0.05;

/**
 * What a move of the forward does to the volatility of a strike when the smile moves along, as a factor of that volatility.
 *
 *     σ′(K)/σ(K) = [ s(K/(1+m)) + R·b·ln(1+m) ] / s(K),   s the smile, b = dσ/dk at the money before the move
 *
 * R = 0: sticky moneyness, the smile keeps its shape in ln(K/F); R = 1: sticky strike to first order at the money; R = 2: sticky local
 * volatility. The smile is linear in volatility over ln K between its points and flat beyond them.
 *
 * @param points     of the option's expiry, strikes ascending, at least one; volatilities > 0
 * @param strike     K; > 0
 * @param forward    F before the move; > 0
 * @param move       m; > −1
 * @param stickiness R, skew stickiness ratio, 0 to 2
 * @returns ≥ 0.05; 1 when nothing moves
 * @source L. Bergomi, Smile Dynamics IV, Risk (December 2009), skew stickiness ratio
 */
export function slideFactor(
  points: readonly SmilePoint[],
  strike: number,
  forward: number,
  move: number,
  stickiness: number,
): number {
  if (move === 0) return 1;
  const logMove = Math.log1p(move);
  const own = volatilityAt(points, Math.log(strike));
  const slid = volatilityAt(points, Math.log(strike) - logMove);
  const moved = stickiness === 0 ? slid : slid + stickiness * slopeAt(points, Math.log(forward)) * logMove;
  return own > 0 ? Math.max(leastFactor, moved / own) : 1;
}

/** Volatility of a smile at ln K; linear between points, flat beyond them. */
export function volatilityAt(points: readonly SmilePoint[], logStrike: number): number {
  const [below, above] = around(points, logStrike);
  if (above === undefined || below === undefined) return (above ?? below)?.volatility ?? 0;
  const [low, high] = [Math.log(below.strike), Math.log(above.strike)];
  const share = high > low ? (logStrike - low) / (high - low) : 1;
  return below.volatility + (above.volatility - below.volatility) * share;
}

/** dσ/d ln K of the segment around ln K; 0 beyond the points. */
function slopeAt(points: readonly SmilePoint[], logStrike: number): number {
  const [below, above] = around(points, logStrike);
  if (above === undefined || below === undefined) return 0;
  return (above.volatility - below.volatility) / Math.log(above.strike / below.strike);
}

function around(
  points: readonly SmilePoint[],
  logStrike: number,
): readonly [below: SmilePoint | undefined, above: SmilePoint | undefined] {
  const right = points.findIndex(({ strike }) => Math.log(strike) >= logStrike);
  return right < 0 ? [points.at(-1), undefined] : [points[right - 1], points[right]];
}
