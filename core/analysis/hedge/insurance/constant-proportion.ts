import { DomainError, normalCdf } from "../../../base/index.ts";
import { normalQuantile } from "../../../measure/index.ts";

/** Rules of a constant-proportion insurance. */
export interface ProportionRules {
  readonly kind: "cppi" | "tipp";
  /** V at the start; > 0. */
  readonly wealth: number;
  /** CPPI: worth to keep at the end. TIPP: the first floor. */
  readonly floor: number;
  /** m; > 0. */
  readonly multiple: number;
  /** b: exposure at most this part of wealth. */
  readonly cap: number;
  /** r of cash, per year. */
  readonly rate: number;
  /** φ of TIPP: part of the highest wealth that becomes the floor; 0 to 1. */
  readonly ratchet: number;
  /** Trade only when exposure ÷ wealth is further than this from its target; 0: at every step. */
  readonly drift: number;
}

/** One step of a path. */
export interface ProportionStep {
  readonly value: number;
  readonly floor: number;
  readonly cushion: number;
  /** In the risky asset, after trading. */
  readonly exposure: number;
  /** Relative change of the risky asset over the step. */
  readonly return: number;
  readonly nextValue: number;
}

/**
 * A path of constant-proportion insurance.
 *
 *     C = max(V − Fl, 0),   e = min(m·C, b·V),   V′ = V + e·R + (V − e)·r·dt
 *     CPPI: Fl_t = Fl_T·e^{−r(T−t)}        TIPP: Fl_t = max(Fl_{t−1}·(1 + r·dt), φ·max V)
 *
 * @param prices of the risky asset, one a step and the last; > 0, at least two
 * @param dt     years between them; > 0
 * @returns one entry a step
 * @source F. Black, A. Perold (1992); T. Estep, M. Kritzman (1988), TIPP
 */
export function proportionPath(
  rules: ProportionRules,
  prices: ArrayLike<number>,
  dt: number,
): readonly ProportionStep[] {
  const steps: ProportionStep[] = [];
  walk(rules, prices, dt, (step) => steps.push(step));
  return steps;
}

/**
 * The path without its steps; parameters as of `proportionPath`.
 *
 * @returns value and floor at its end, and the least the value stood above its floor (below 0: the floor was broken); unit of V
 */
export function proportionEnd(
  rules: ProportionRules,
  prices: ArrayLike<number>,
  dt: number,
): { readonly value: number; readonly floor: number; readonly leastCushion: number } {
  let least = Number.POSITIVE_INFINITY;
  const { value, floor } = walk(rules, prices, dt, ({ value: at, floor: kept }) => {
    least = Math.min(least, at - kept);
  });
  return { value, floor, leastCushion: Math.min(least, value - floor) };
}

function walk(
  rules: ProportionRules,
  prices: ArrayLike<number>,
  dt: number,
  each: (step: ProportionStep) => void,
): { readonly value: number; readonly floor: number } {
  const { kind, wealth, multiple, cap, rate, ratchet, drift } = rules;
  const count = prices.length - 1;
  if (count < 1 || !(dt > 0)) throw new DomainError("a path needs two prices and time between them", prices.length);
  const floorAt = (step: number): number => rules.floor * Math.exp(-rate * (count - step) * dt);
  let value = wealth;
  let highest = wealth;
  let floor = kind === "cppi" ? floorAt(0) : Math.max(rules.floor, ratchet * wealth);
  let exposure = Number.NaN;
  for (let step = 0; step < count; step++) {
    const cushion = Math.max(value - floor, 0);
    const target = Math.min(multiple * cushion, cap * value);
    if (Number.isNaN(exposure) || cushion === 0 || Math.abs(exposure - target) > drift * Math.abs(value))
      exposure = target;
    const change = (prices[step + 1] as number) / (prices[step] as number) - 1;
    const nextValue = value + exposure * change + (value - exposure) * rate * dt;
    each({ value, floor, cushion, exposure, return: change, nextValue });
    exposure *= 1 + change;
    value = nextValue;
    highest = Math.max(highest, value);
    floor = kind === "cppi" ? floorAt(step + 1) : Math.max(floor * (1 + rate * dt), ratchet * highest);
  }
  return { value, floor };
}

/** Jumps of the risky asset: Poisson in time, normal in the logarithm. */
export interface JumpTerms {
  /** λ, jumps a year; ≥ 0. */
  readonly perYear: number;
  readonly meanLog: number;
  /** > 0. */
  readonly deviationLog: number;
}

/**
 * Probability that a jump takes the floor, the jump part alone: a fall between two trades by more than 1/m.
 *
 *     p = Φ((ln(1 − 1/m) − μ)/s),   P = 1 − e^{−λTp}
 *
 * @param multiple m; at m ≤ 1 no fall takes the floor and both are 0
 * @source R. Cont, P. Tankov, Constant proportion portfolio insurance in the presence of jumps, Mathematical Finance 19 (2009)
 */
export function gapProbability(
  { perYear, meanLog, deviationLog }: JumpTerms,
  multiple: number,
  years: number,
): { readonly ofJump: number; readonly overHorizon: number } {
  if (multiple <= 1) return { ofJump: 0, overHorizon: 0 };
  const ofJump = normalCdf((Math.log(1 - 1 / multiple) - meanLog) / deviationLog);
  return { ofJump, overHorizon: -Math.expm1(-perYear * years * ofJump) };
}

/**
 * Largest multiple whose gap probability over the horizon is at most this: `gapProbability` inverted.
 *
 * @param probability in (0, 1)
 * @returns `undefined` when any multiple keeps to it
 */
export function largestMultiple(
  { perYear, meanLog, deviationLog }: JumpTerms,
  probability: number,
  years: number,
): number | undefined {
  const ofJump = -Math.log1p(-probability) / (perYear * years);
  if (!(ofJump < 1)) return undefined;
  const fall = Math.exp(meanLog + deviationLog * normalQuantile(ofJump));
  return fall < 1 ? 1 / (1 - fall) : undefined;
}
