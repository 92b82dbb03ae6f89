import { dampedChange, type Scenario, type VolatilityShock } from "../../scenario/index.ts";
import type { JointLists } from "./joint-profits.ts";

const daysPerYear = 365;

/** What of an option's time its list depends on: lists whose shocks are not damped by time are one for all options. */
export function listKey(scenarios: readonly Scenario[], years: number): number {
  const known = damped.get(scenarios);
  const isDamped =
    known ?? scenarios.some(({ volatility }) => volatility?.tenor !== undefined || volatility?.byDays !== undefined);
  if (known === undefined) damped.set(scenarios, isDamped);
  return isDamped ? years : 0;
}

const damped = new WeakMap<readonly Scenario[], boolean>();

/** A scenario list for options of one time to expiry. */
export function jointListAt(scenarios: readonly Scenario[], years: number): JointLists {
  const column = (of: (shock: VolatilityShock) => number, neutral: number): Float64Array =>
    Float64Array.from(scenarios, ({ volatility }) => (volatility === undefined ? neutral : of(volatility)));
  const change = (shock: VolatilityShock): number => dampedChange(shock, years) ?? 0;
  return {
    priceMoves: Float64Array.from(scenarios, ({ priceMove }) => priceMove),
    starts: column(({ startFloor = 0 }) => startFloor, 0),
    factors: column((shock) => (shock.mode === "relative" ? 1 + change(shock) : 1), 1),
    additions: column((shock) => (shock.mode === "absolute" ? change(shock) : 0), 0),
    floors: column(({ floor = 0 }) => Math.max(floor, 0), 0),
    decays: Float64Array.from(scenarios, ({ decayDays = 0 }) => decayDays / daysPerYear),
  };
}
