import { failed, type Result, success } from "../../base/index.ts";
import { factorName, type History, historyUpTo, jointChangesOf, type Series } from "../../history/index.ts";
import {
  type CovarianceEstimator,
  covarianceOf,
  deviationsAndCorrelation,
  type FactorChanges,
  factorCovariance,
  matrixOfRows,
  type SquareMatrix,
  usableCorrelation,
} from "../../measure/index.ts";
import type { MovingUnderlying } from "./moved-book.ts";

/** A risk factor of a book: the price of an underlying, or the level of its implied volatilities. Moves are logarithmic. */
export interface StressFactor {
  /** `price:BTC`, `volatility:BTC`. */
  readonly factor: string;
  readonly kind: "price" | "volatility";
  readonly underlying: string;
  /** Standard deviation of the logarithmic move over the horizon; > 0. */
  readonly deviation: number;
}

/** Factors of a book with their covariance over a horizon. */
export interface FactorModel {
  readonly factors: readonly StressFactor[];
  /** Of logarithmic moves over the horizon. */
  readonly covariance: SquareMatrix;
  readonly correlation: SquareMatrix;
  readonly horizonDays: number;
  /** Logarithmic moves of the days the covariance rests on, in the order of the factors; absent when it is stated. */
  readonly observed?: FactorChanges & { readonly toMs: readonly number[] };
  /** Where the covariance comes from, in words. */
  readonly source: string;
  /** Factors that stay where they are, and why. */
  readonly notMoved: readonly { readonly factor: string; readonly reason: string }[];
  readonly remarks: readonly string[];
  readonly synthetic: boolean;
}

/** Where the covariance of a model comes from. */
export type FactorModelChoice =
  | {
      readonly from: "history";
      readonly horizonDays: number;
      readonly estimator: CovarianceEstimator;
      readonly fromMs?: number;
      readonly toMs?: number;
    }
  | {
      readonly from: "stated";
      readonly horizonDays: number;
      /** Deviations of logarithmic moves over the horizon. */
      readonly factors: readonly { readonly factor: string; readonly deviation: number }[];
      readonly correlation: readonly (readonly number[])[];
    };

/** Observations below which a covariance says little; shown beside it. */
const fewObservations = 60;
/** Tenor of the volatility that stands for the level of a surface, days. */
const levelTenor = 30;

/**
 * Factor model of a book: prices of its underlyings and, where it holds options, their volatilities.
 *
 * @param underlyings of the book
 * @param choice      a history's covariance, or stated deviations and correlation
 * @param history     needed for the first; observations after `asOfMs` are not used
 * @param asOfMs      time of the market
 * @returns the model; `missing-data` without a history or when it has none of the factors, `invalid-input` for a stated correlation that is none
 */
export function factorModel(
  underlyings: readonly MovingUnderlying[],
  choice: FactorModelChoice,
  history: History | undefined,
  asOfMs: number,
): Result<FactorModel> {
  const wanted = underlyings.flatMap(({ underlying, hasOptions }) => [
    { factor: `price:${underlying}`, kind: "price" as const, underlying },
    ...(hasOptions ? [{ factor: `volatility:${underlying}`, kind: "volatility" as const, underlying }] : []),
  ]);
  if (wanted.length === 0) return failed("not-applicable", "no price moves this portfolio", "portfolio");
  return choice.from === "stated" ? statedModel(wanted, choice) : historyModel(wanted, choice, history, asOfMs);
}

type Wanted = Omit<StressFactor, "deviation">;

function statedModel(
  wanted: readonly Wanted[],
  { horizonDays, factors, correlation }: Extract<FactorModelChoice, { from: "stated" }>,
): Result<FactorModel> {
  const names = wanted.map(({ factor }) => factor);
  const twice = factors.find(({ factor }, at) => factors.findIndex((one) => one.factor === factor) < at);
  if (twice !== undefined) return failed("invalid-input", `${twice.factor} is stated twice`);
  const matrix = matrixOfRows(correlation);
  if (!matrix.ok) return matrix;
  if (matrix.value.size !== factors.length)
    return failed(
      "invalid-input",
      `${factors.length} factors are stated; the correlation has ${matrix.value.size} rows`,
    );
  const usable = usableCorrelation(matrix.value, false);
  if (!usable.ok) return usable;
  const moving = factors.flatMap((one, at) => (names.includes(one.factor) ? [{ ...one, at }] : []));
  if (moving.length === 0)
    return failed("invalid-input", `none of the factors stated moves this book; its factors are ${names.join(", ")}`);
  const size = moving.length;
  const correlated: SquareMatrix = {
    size,
    values: Float64Array.from(
      moving.flatMap((one) =>
        moving.map((other) => usable.value.correlation.values[one.at * factors.length + other.at] ?? 0),
      ),
    ),
  };
  const idle = factors.filter(({ factor }) => !names.includes(factor)).map(({ factor }) => factor);
  return success({
    factors: moving.flatMap(({ factor, deviation }) => {
      const known = wanted.find((one) => one.factor === factor);
      return known === undefined ? [] : [{ ...known, deviation }];
    }),
    covariance: covarianceOf(
      Float64Array.from(moving, ({ deviation }) => deviation),
      correlated,
    ),
    correlation: correlated,
    horizonDays,
    source: "stated deviations and correlation",
    notMoved: names
      .filter((name) => !factors.some(({ factor }) => factor === name))
      .map((factor) => ({ factor, reason: "no deviation is stated" })),
    remarks: idle.length === 0 ? [] : [`stated, but no factor of this book: ${idle.join(", ")}`],
    synthetic: false,
  });
}

function historyModel(
  wanted: readonly Wanted[],
  { horizonDays, estimator, fromMs, toMs }: Extract<FactorModelChoice, { from: "history" }>,
  history: History | undefined,
  asOfMs: number,
): Result<FactorModel> {
  if (history === undefined)
    return failed(
      "missing-data",
      "a covariance from a history needs a history; name one, or state deviations and correlation",
      "history",
    );
  const known = historyUpTo(history, asOfMs);
  const notMoved: { factor: string; reason: string }[] = [];
  const chosen = wanted.flatMap((one) => {
    const series = seriesFor(known, one);
    if (series !== undefined) return [{ ...one, series }];
    notMoved.push({ factor: one.factor, reason: `the history ${known.name} has no ${nameWanted(one)}` });
    return [];
  });
  if (chosen.length === 0)
    return failed(
      "missing-data",
      `the history ${known.name} has none of ${wanted.map(({ factor }) => factor).join(", ")}`,
      "history",
    );
  const joint = jointChangesOf(
    chosen.map(({ series }) => series),
    {
      ...{ change: "log", horizonDays },
      ...(fromMs === undefined ? {} : { fromMs }),
      ...(toMs === undefined ? {} : { toMs }),
    },
  );
  if (!joint.ok) return joint;
  const count = joint.value.fromMs.length;
  const size = chosen.length;
  const values = Float64Array.from(
    { length: count * size },
    (_, at) => joint.value.values[(at % size) * count + Math.floor(at / size)] ?? Number.NaN,
  );
  const estimated = factorCovariance({ factors: joint.value.factors, values }, estimator);
  if (!estimated.ok) return estimated;
  const { deviations, correlation } = deviationsAndCorrelation(estimated.value);
  const still = chosen.find((_, at) => !((deviations[at] ?? 0) > 0));
  if (still !== undefined)
    return failed(
      "invalid-input",
      `${still.series.factor} never moves in the window; state its deviation instead`,
      "history",
    );
  return success({
    factors: chosen.map(({ series: _, ...one }, at) => ({ ...one, deviation: deviations[at] ?? Number.NaN })),
    covariance: estimated.value,
    correlation,
    observed: { factors: chosen.map(({ factor }) => factor), values, toMs: joint.value.toMs },
    horizonDays,
    source: `${known.name}: ${count} ${horizonDays === 1 ? "daily" : `overlapping ${horizonDays}-day`} logarithmic changes of ${joint.value.factors.join(", ")}`,
    notMoved,
    remarks: [
      ...(count < fewObservations ? [`the covariance rests on ${count} changes only`] : []),
      ...(count < size
        ? [`with ${count} changes of ${size} factors some directions have no variance and are not searched`]
        : []),
    ],
    synthetic: known.synthetic === true,
  });
}

function nameWanted({ kind, underlying }: Wanted): string {
  return kind === "price" ? factorName({ kind, underlying }) : `at-the-money ${factorName({ kind, underlying })}`;
}

/** Price series, or the at-the-money volatility nearest to 30 days. */
function seriesFor({ series }: History, { kind, underlying }: Wanted): Series | undefined {
  const own = series.filter((one) => one.kind === kind && one.underlying === underlying && one.delta === undefined);
  const distance = ({ tenorDays = levelTenor }: Series): number => Math.abs(tenorDays - levelTenor);
  return own.reduce<Series | undefined>(
    (best, one) => (best === undefined || distance(one) < distance(best) ? one : best),
    undefined,
  );
}
