import type { Result } from "../../base/index.ts";
import type { History } from "../../history/index.ts";
import type { SquareMatrix } from "../../measure/index.ts";
import type { Book } from "../../methodology/index.ts";
import { holdingsOf, stays } from "../holdings.ts";
import { type FactorModel, type FactorModelChoice, factorModel } from "../reverse-stress/factor-model.ts";
import { factorRoot, pointOf } from "../reverse-stress/factor-root.ts";
import type { MarketLevel } from "../reverse-stress/market-levels.ts";
import type { MovingUnderlying } from "../reverse-stress/moved-book.ts";
import { narrowest, shockedLevel, shockedPrice } from "./shock-amounts.ts";
import type { StressSeverity } from "./stress-result.ts";
import type { StressShocks } from "./stress-shocks.ts";

/** Underlyings that a scenario may move, with whether the book holds options on them. */
export function movingUnderlyings(book: Book): readonly MovingUnderlying[] {
  const holdings = holdingsOf(book);
  const held = holdings.instruments.map(({ instrument }) => instrument);
  const coins = new Set([
    ...held.map(({ underlying }) => underlying),
    ...book.balances.map(({ currency }) => currency),
  ]);
  return [...book.indices]
    .filter(([underlying]) => coins.has(underlying) && !stays(holdings, underlying))
    .map(([underlying, price]) => ({
      ...{ underlying, price },
      hasOptions: held.some((one) => one.kind === "option" && one.underlying === underlying),
    }));
}

/** Measures how unusual scenarios are. */
export interface SeverityMeter {
  /** @param horizonDays of the scenario; one day where it states none */
  readonly of: (shocks: StressShocks, horizonDays: number | undefined) => StressSeverity;
}

/** Tenor at which a volatility shock stands for the level of a surface, days. */
const levelDays = 30;
/** Longest horizon of a covariance, days. */
const longest = 60;

/**
 * Severity by the covariance of logarithmic moves: Mahalanobis norm of the factors a scenario moves (what it does not name is left open), and
 * the share of the history's moves over the same horizon that are less far.
 *
 * @param underlyings of the book
 * @param choice      without one, or without a history where it needs one, severity is the horizon alone
 * @param levels      where volatilities stand, for shocks in points
 */
export function severityMeter(
  underlyings: readonly MovingUnderlying[],
  choice: FactorModelChoice,
  history: History | undefined,
  asOfMs: number,
  levels: readonly MarketLevel[],
): SeverityMeter {
  const models = new Map<number, Result<FactorModel>>();
  const modelOf = (days: number): Result<FactorModel> => {
    const known = models.get(days);
    if (known !== undefined) return known;
    const own = choice.from === "history" ? { ...choice, horizonDays: days } : choice;
    const made = factorModel(underlyings, own, history, asOfMs);
    models.set(days, made);
    return made;
  };
  return {
    of(shocks, stated) {
      const horizonDays = stated ?? (choice.from === "stated" ? choice.horizonDays : 1);
      const days = Math.min(longest, Math.max(1, Math.round(horizonDays)));
      const model = modelOf(days);
      if (!model.ok) return { horizonDays, factors: [], note: model.failure.message };
      return severityOf(model.value, shocks, underlyings, levels, horizonDays);
    },
  };
}

function severityOf(
  model: FactorModel,
  shocks: StressShocks,
  underlyings: readonly MovingUnderlying[],
  levels: readonly MarketLevel[],
  horizonDays: number,
): StressSeverity {
  const moves = new Map<number, number>();
  const open: string[] = [];
  for (const [at, { kind, underlying, factor }] of model.factors.entries()) {
    const own = shocks.byFactor.get(underlying);
    const shock = kind === "price" ? narrowest(own?.price, undefined) : narrowest(own?.volatility, levelDays, 0.5);
    if (shock === undefined) continue;
    const price = underlyings.find((one) => one.underlying === underlying)?.price;
    const level = levels.find((one) => one.underlying === underlying)?.volatility?.level;
    // A relative move needs no level.
    const from = (kind === "price" ? price : level) ?? (shock.mode === "relative" ? 1 : undefined);
    if (from === undefined) {
      open.push(`${factor} has no level to move from`);
      continue;
    }
    const to =
      shock.kind === "price" ? shockedPrice(from, shock, shocks.scale) : shockedLevel(from, shock, shocks.scale);
    if (to > 0) moves.set(at, Math.log(to / from));
    else open.push(`${factor} falls to 0 or below: no logarithmic move`);
  }
  const unknown = model.notMoved.map(({ factor, reason }) => `${factor}: ${reason}`);
  const note = [...open, ...unknown].join("; ");
  const noted = note === "" ? {} : { note };
  const chosen = [...moves.keys()];
  const factors = chosen.map((at) => model.factors[at]?.factor ?? "");
  if (open.length > 0 || chosen.length === 0)
    return { horizonDays, factors, note: note === "" ? "it moves no factor of the covariance" : note };
  const norm = normWithin(model, chosen);
  const own = norm(Float64Array.from(moves.values()));
  const past = model.observed === undefined ? [] : pastNorms(model, chosen, norm);
  return {
    ...{ horizonDays, norm: own, factors },
    ...(past.length === 0
      ? {}
      : { percentile: past.filter((one) => one < own).length / past.length, observations: past.length }),
    ...noted,
  };
}

function normWithin({ covariance }: FactorModel, chosen: readonly number[]): (move: Float64Array) => number {
  const part: SquareMatrix = {
    size: chosen.length,
    values: Float64Array.from(
      chosen.flatMap((i) => chosen.map((j) => covariance.values[i * covariance.size + j] ?? Number.NaN)),
    ),
  };
  const root = factorRoot(part);
  return (move) => {
    let squared = 0;
    for (const z of pointOf(root, move)) squared += z * z;
    return Math.sqrt(squared);
  };
}

function pastNorms(
  { observed, factors }: FactorModel,
  chosen: readonly number[],
  norm: (move: Float64Array) => number,
): readonly number[] {
  if (observed === undefined) return [];
  const width = factors.length;
  return observed.toMs.map((_, row) =>
    norm(Float64Array.from(chosen, (at) => observed.values[row * width + at] ?? Number.NaN)),
  );
}

/** The covariance severity is measured by unless the request states one. */
export const defaultCovariance: FactorModelChoice = {
  from: "history",
  horizonDays: 1,
  estimator: { kind: "equal", mean: "zero" },
};

/** No meter: the horizon alone. */
export function horizonOnly(note: string): SeverityMeter {
  return { of: (_, horizonDays) => ({ horizonDays: horizonDays ?? 1, factors: [], note }) };
}
