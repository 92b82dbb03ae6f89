import { formatDay, formatNumber } from "../../core/base/format.ts";
import type { BacktestPoint, BacktestResult } from "../client/through-time.ts";

/** One method through time; entries stand at the times of the series, absent where it had no answer. */
export interface MethodSeries {
  readonly label: string;
  /** Requirement, USD. */
  readonly initialUsd: readonly (number | undefined)[];
  /** Paid in, USD; 0 without a call. */
  readonly callUsd: readonly number[];
  /** The loss over the close-out period was above the requirement. */
  readonly breach: readonly boolean[];
  /** Instants from which other rules hold. */
  readonly changes: readonly RulesChange[];
}

export interface RulesChange {
  readonly atMs: number;
  /** `v1 → v2`, or that parameters changed within a version. */
  readonly words: string;
}

/** A backtest by instants and methods. */
export interface BacktestSeries {
  readonly timesMs: readonly number[];
  /** Loss over the close-out period from that instant, USD; loss > 0; absent while it is not known. */
  readonly lossUsd: readonly (number | undefined)[];
  readonly methods: readonly MethodSeries[];
}

/** Requirements, losses and events of each method through time. */
export function backtestSeries({ points }: Pick<BacktestResult, "points">): BacktestSeries {
  const labels = methodLabels(points);
  return {
    timesMs: points.map(({ asOfMs }) => asOfMs),
    lossUsd: points.map(({ exposure }) => exposure?.lossUsd),
    methods: labels.map((label) => methodSeries(label, points)),
  };
}

/** Labels in the order of the request, also of methods that never answered. */
export function methodLabels(points: readonly BacktestPoint[]): readonly string[] {
  return [...new Set(points.flatMap(({ methods, gaps }) => [...methods, ...gaps].map(({ label }) => label)))];
}

/** Whether the loss that followed a point was above what a method required. */
export function isBreach({ exposure }: Pick<BacktestPoint, "exposure">, initialUsd: number | undefined): boolean {
  return exposure !== undefined && initialUsd !== undefined && exposure.lossUsd > initialUsd;
}

/** The part of a series between two instants, both included. */
export function seriesBetween(series: BacktestSeries, fromMs: number, toMs: number): BacktestSeries {
  const first = series.timesMs.findIndex((ms) => ms >= fromMs);
  const past = series.timesMs.findIndex((ms) => ms > toMs);
  const end = past < 0 ? series.timesMs.length : past;
  if (first < 0 || end <= first) return { ...series, timesMs: [], lossUsd: [], methods: series.methods.map(cut(0, 0)) };
  return {
    timesMs: series.timesMs.slice(first, end),
    lossUsd: series.lossUsd.slice(first, end),
    methods: series.methods.map(cut(first, end)).map((method) => ({
      ...method,
      changes: method.changes.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs),
    })),
  };
}

/** The instant `step` places away, or the nearest one in that direction for which `wanted` holds; the same one at the end. */
export function stepped(
  timesMs: readonly number[],
  day: number | undefined,
  step: 1 | -1,
  wanted: (place: number) => boolean = () => true,
): number | undefined {
  const from = day === undefined ? (step === 1 ? -1 : timesMs.length) : timesMs.indexOf(day);
  for (let place = from + step; place >= 0 && place < timesMs.length; place += step)
    if (wanted(place)) return timesMs[place];
  return day;
}

/** The whole in words, for readers of the screen. */
export function seriesWords({ timesMs, lossUsd, methods }: BacktestSeries): string {
  const worst = lossUsd.reduce<number>((place, loss, at) => ((loss ?? 0) > (lossUsd[place] ?? 0) ? at : place), 0);
  const loss = lossUsd[worst];
  const counts = methods.map(({ label, breach, callUsd }) => {
    const [breaches, calls] = [breach.filter(Boolean).length, callUsd.filter((call) => call > 0).length];
    return `${label} ${breaches} ${breaches === 1 ? "breach" : "breaches"}, ${calls} ${calls === 1 ? "call" : "calls"}`;
  });
  return [
    `${timesMs.length} instants, ${formatDay(timesMs[0])} to ${formatDay(timesMs.at(-1))}`,
    ...(loss !== undefined && loss > 0
      ? [`largest loss ${formatNumber(loss, { decimals: 0 })} USD from ${formatDay(timesMs[worst])}`]
      : []),
    ...counts,
  ].join("; ");
}

const cut =
  (first: number, end: number) =>
  (method: MethodSeries): MethodSeries => ({
    ...method,
    initialUsd: method.initialUsd.slice(first, end),
    callUsd: method.callUsd.slice(first, end),
    breach: method.breach.slice(first, end),
  });

function methodSeries(label: string, points: readonly BacktestPoint[]): MethodSeries {
  const own = points.map(({ methods }) => methods.find((method) => method.label === label));
  const changes: RulesChange[] = [];
  let before: (typeof own)[number];
  for (const [place, method] of own.entries()) {
    if (method === undefined) continue;
    if (before !== undefined && before.parameters !== method.parameters) {
      const words =
        before.version === method.version
          ? `other parameters of ${method.version}`
          : `${before.version} → ${method.version}`;
      changes.push({ atMs: points[place]?.asOfMs ?? 0, words });
    }
    before = method;
  }
  return {
    label,
    initialUsd: own.map((method) => method?.initialUsd),
    callUsd: own.map((method) => method?.callUsd ?? 0),
    breach: points.map((point, place) => isBreach(point, own[place]?.initialUsd)),
    changes,
  };
}
