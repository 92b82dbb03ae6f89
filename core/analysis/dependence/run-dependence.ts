import { failed, type Result, success, sum, unwatched } from "../../base/index.ts";
import type { MarginRun } from "../../margin/index.ts";
import { dot, matrixTimesVector, rowsOfMatrix, symmetricEigen } from "../../measure/index.ts";
import { type FactorModel, type FactorModelChoice, factorModel } from "../reverse-stress/factor-model.ts";
import { movedRun } from "../reverse-stress/moved-run.ts";
import { quadraticOfBook } from "../reverse-stress/quadratic-book.ts";
import { shocksOf } from "../reverse-stress/stress-solution.ts";
import { profitInUsd } from "../shocked-book.ts";
import { correlationClusters } from "./clusters.ts";
import type { Dependence, DependenceRow, PairRelief, Relief } from "./dependence-result.ts";
import { type MarginOfPart, marginOfParts } from "./method-relief.ts";
import { type BookExpansion, type ModelRelief, modelRelief, partOf } from "./model-relief.ts";
import {
  blends,
  correlationOfDays,
  type NamedWindow,
  restressed,
  type StressedCorrelation,
  worstDays,
} from "./stressed-correlations.ts";

export interface DependenceRun extends Omit<MarginRun, "standAlone"> {
  readonly covariance: FactorModelChoice;
  /** Shares of the way to the targets; 0 to 1. */
  readonly shares: readonly number[];
  readonly windows: readonly NamedWindow[];
  /** Worst days of the book whose correlation is taken; none when 0. */
  readonly worstDays: number;
  /** Of the expected shortfall of the model. */
  readonly confidence: number;
  /** Mean correlation of prices down to which underlyings are one cluster. */
  readonly clusterCorrelation: number;
  readonly mostPairs: number;
}

const recognisedShares = [1, 0.75, 0.5, 0.25, 0];

/**
 * Diversification failure: what a method's margin saves by offsets between underlyings, in all, by pair and by cluster, and how much of it would be gone
 * if correlations went to one, apart, or to those of stressed windows, measured on the expected shortfall of the book's delta-gamma expansion.
 *
 * @param run what `runMargin` takes, with covariance, blends and windows
 * @returns failures as in `runMargin`; `missing-data` without a covariance; `not-applicable` for a book on a single underlying
 * @source resources/docs/stress.md, "Diversification failure"
 */
export async function runDependence(run: DependenceRun): Promise<Result<Dependence>> {
  const { history, market, confidence, shares, work = unwatched } = run;
  const base = movedRun(run);
  if (!base.ok) return base;
  const { mover, under, kernel, marks } = base.value;
  const underlyings = [...new Set(mover.book.positions.map(({ position }) => position.instrument.underlying))].sort();
  if (underlyings.length < 2)
    return failed(
      "not-applicable",
      `the book is on ${underlyings[0]} alone; nothing is offset between underlyings`,
      "portfolio",
    );
  const made = factorModel(mover.underlyings, run.covariance, history, market.asOfMs);
  if (!made.ok) return made;
  const model = made.value;
  const margin = marginOfParts(mover.book, under, kernel);
  const relief = reliefOfEach(underlyings, margin);
  await work.pause();
  if (work.cancelled()) return failed("cancelled", "cancelled");

  const expansion = quadraticOfBook(model.factors, (move) => {
    const moved = mover.moved({ shocks: shocksOf(model.factors, move) });
    return profitInUsd(moved.profits, moved.book.indices);
  });
  const clusters = clustersOf(underlyings, model, run.clusterCorrelation);
  const clusterOf = model.factors.map(({ underlying }) =>
    String(clusters.findIndex((one) => one.includes(underlying))),
  );
  const blended = blends(model.correlation, shares, clusterOf);
  const { stressed, remarks } = windowsOf(run, model, expansion);
  const today: StressedCorrelation = {
    ...{ kind: "today", label: "today", share: 0, correlation: model.correlation },
    smallestEigenvalue: symmetricEigen(model.correlation).values[model.factors.length - 1] ?? 1,
  };
  const measured = modelRelief(expansion, model, underlyings, confidence);
  const now = measured(model.covariance);
  if (!now.ok) return now;
  const rows: DependenceRow[] = [];
  for (const one of [today, ...blended, ...stressed]) {
    const found = one.kind === "today" ? now : measured(restressed(model, one.correlation));
    if (!found.ok) return found;
    rows.push(rowOf(one, found.value, now.value, relief));
    await work.pause();
    if (work.cancelled()) return failed("cancelled", "cancelled");
  }
  const pairs = underlyings.flatMap((one, i) => underlyings.slice(i + 1).map((other) => [one, other] as const));
  const byPair: PairRelief[] = [];
  for (const [at, pair] of pairs.slice(0, run.mostPairs).entries()) {
    work.progress(at, pairs.length, "pairs");
    await work.pause();
    if (work.cancelled()) return failed("cancelled", "cancelled");
    byPair.push({ underlyings: pair, ...reliefOfEach(pair, margin), ...correlationsOf(pair, model, expansion) });
  }
  return success({
    ...marks,
    ...{ factors: model.factors, correlation: rowsOfMatrix(model.correlation), horizonDays: model.horizonDays },
    ...{ covarianceSource: model.source, notMoved: model.notMoved, confidence, relief, rows },
    standAlone: underlyings.map((underlying) => ({ underlying, marginUsd: margin(new Set([underlying])) })),
    offsets: recognisedShares.map((recognised) => ({
      recognised,
      marginUsd: recognised * relief.jointUsd + (1 - recognised) * relief.standAloneUsd,
    })),
    pairs: byPair.sort((a, b) => b.reliefUsd - a.reliefUsd),
    pairsLeftOut: pairs.length - byPair.length,
    clusters: clusters.map((members) => ({ underlyings: members, ...reliefOfEach(members, margin) })),
    acrossClusters: reliefOf(clusters, margin),
    remarks: [...remarks, ...model.remarks, ...marks.remarks],
    synthetic: marks.synthetic || model.synthetic,
  });
}

function rowOf(
  { correlation: _, ...row }: StressedCorrelation,
  { standAlone, joint }: ModelRelief,
  now: ModelRelief,
  relief: Relief,
): DependenceRow {
  const saved = now.standAlone - now.joint;
  // A relief that is rounding only cannot be lost.
  const reliefLost = saved > 1e-12 * now.standAlone ? 1 - (standAlone - joint) / saved : 0;
  return {
    ...row,
    expectedShortfall: joint,
    standAloneShortfall: standAlone,
    diversification: standAlone > 0 ? 1 - joint / standAlone : 0,
    reliefLost: row.kind === "today" ? 0 : reliefLost,
    emulatedMarginUsd: relief.jointUsd + Math.min(1, Math.max(0, reliefLost)) * relief.reliefUsd,
  };
}

function reliefOf(parts: readonly (readonly string[])[], margin: MarginOfPart): Relief {
  const standAloneUsd = sum(parts.map((part) => margin(new Set(part))));
  const jointUsd = margin(new Set(parts.flat()));
  return { standAloneUsd, jointUsd, reliefUsd: standAloneUsd - jointUsd };
}

/** Relief between underlyings, each a part of its own. */
function reliefOfEach(underlyings: readonly string[], margin: MarginOfPart): Relief {
  const parts = underlyings.map((one) => [one]);
  return reliefOf(parts, margin);
}

/** Underlyings clustered by the correlation of their prices; those without one stand alone. */
function clustersOf(underlyings: readonly string[], model: FactorModel, least: number): readonly (readonly string[])[] {
  const places = underlyings.map((underlying) => priceAt(model, underlying));
  const size = underlyings.length;
  const values = Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [places[Math.floor(at / size)] ?? -1, places[at % size] ?? -1];
    return i < 0 || j < 0 ? -1 : (model.correlation.values[i * model.factors.length + j] ?? -1);
  });
  const clusters = correlationClusters({ size, values }, Math.max(least, -1 + 1e-9));
  return clusters.map((members) => members.flatMap((at) => underlyings[at] ?? []));
}

function priceAt({ factors }: FactorModel, underlying: string): number {
  return factors.findIndex((one) => one.kind === "price" && one.underlying === underlying);
}

function windowsOf(
  { windows, worstDays: count }: DependenceRun,
  model: FactorModel,
  expansion: BookExpansion,
): { readonly stressed: readonly StressedCorrelation[]; readonly remarks: readonly string[] } {
  const { observed } = model;
  if (observed === undefined)
    return { stressed: [], remarks: windows.length > 0 ? ["stressed windows need a covariance from a history"] : [] };
  const daysOf = ({ fromMs, toMs }: NamedWindow): readonly number[] =>
    observed.toMs.flatMap((ms, day) => (ms >= fromMs && ms <= toMs ? [day] : []));
  const asked = [
    ...windows.map((window) => ({ kind: "window" as const, label: window.label, days: daysOf(window) })),
    ...(count > 0
      ? [
          {
            kind: "worst-days" as const,
            label: `the ${count} worst days of this book`,
            days: worstDays(model, expansion, count),
          },
        ]
      : []),
  ];
  const found = asked.map(({ kind, label, days }) => ({
    label,
    days,
    one: correlationOfDays(model, days, { kind, label }),
  }));
  return {
    stressed: found.flatMap(({ one }) => one ?? []),
    remarks: found.flatMap(({ label, days, one }) =>
      one === undefined
        ? [`${label}: left out, ${days.length} days in it are too few or a factor does not move in them`]
        : [],
    ),
  };
}

function correlationsOf(
  [one, other]: readonly [string, string],
  model: FactorModel,
  expansion: BookExpansion,
): Pick<PairRelief, "priceCorrelation" | "profitCorrelation"> {
  const [i, j] = [priceAt(model, one), priceAt(model, other)];
  const [left, right] = [partOf(expansion, model, one).deltas, partOf(expansion, model, other).deltas];
  const [spread, otherSpread] = [matrixTimesVector(model.covariance, left), matrixTimesVector(model.covariance, right)];
  const scale = Math.sqrt(dot(left, spread) * dot(right, otherSpread));
  const size = model.factors.length;
  return {
    ...(i < 0 || j < 0 ? {} : { priceCorrelation: model.correlation.values[i * size + j] ?? 0 }),
    ...(scale > 0 ? { profitCorrelation: dot(left, otherSpread) / scale } : {}),
  };
}
