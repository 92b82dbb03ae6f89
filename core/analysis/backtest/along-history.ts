import { failed, isoDate, msPerDay, type Result, success, unwatched } from "../../base/index.ts";
import { type MappedBook, mappedBook } from "../../explain/index.ts";
import { type History, historyUpTo, latestAt, seriesOf } from "../../history/index.ts";
import { marginTotals } from "../../margin/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import { accountAfter } from "./account.ts";
import type { BacktestMethod, BacktestPoint, BacktestResult, MethodGap, MethodPoint } from "./backtest.ts";
import { heldAt } from "./close-out.ts";
import { windowProfits } from "./history-moves.ts";
import { type BacktestProgress, cancelled, wrongTerms } from "./run-backtest.ts";

/** A fixed book at one market, walked along the days of a history. */
export interface HistoryWalk {
  readonly portfolio: Portfolio;
  readonly market: MarketSnapshot;
  readonly marketId: string;
  readonly history: History;
  readonly methods: readonly BacktestMethod[];
  /** Close-out period: whole days, ≥ 1. */
  readonly horizonDays: number;
  readonly startMultiple: number;
  /** Days walked, UTC midnight, both included; default: all the history has. */
  readonly fromMs?: number;
  readonly toMs?: number;
}

/**
 * Backtest of a fixed book at a fixed market along a history: on each day the methods know the history up to that day, and the loss is
 * what the following days' changes do to the same book. It shows what calibration does over years for which no markets are stored; a
 * method without a history states one requirement throughout.
 *
 * @returns points as `runBacktest`; a resumed walk gives the same points, bit for bit
 * @source resources/docs/backtest.md, section 8
 */
export async function backtestAlongHistory(
  walk: HistoryWalk,
  { earlier, onPoint, work = unwatched }: BacktestProgress = {},
): Promise<Result<BacktestResult>> {
  const { portfolio, market, marketId, history, methods, horizonDays, startMultiple } = walk;
  const wrong = wrongTerms(walk) ?? (Number.isInteger(horizonDays) ? undefined : "days along a history are whole");
  if (wrong !== undefined) return failed("invalid-input", wrong);
  const held = heldAt(portfolio.positions, market);
  const steps = windowProfits(held, market, history, 1);
  if (!steps.ok) return steps;
  const periods = horizonDays === 1 ? steps : windowProfits(held, market, history, horizonDays);
  if (!periods.ok) return periods;
  const exposures = new Map(
    periods.value.fromMs.map((dayMs, place) => [
      dayMs,
      { toMs: periods.value.toMs[place] ?? dayMs, profitUsd: periods.value.profitsUsd[place] ?? 0 },
    ]),
  );
  const gains = new Map(steps.value.toMs.map((dayMs, place) => [dayMs, steps.value.profitsUsd[place] ?? 0]));
  const { fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY } = walk;
  const every = [...new Set([...steps.value.fromMs, ...steps.value.toMs])].sort((a, b) => a - b);
  const days = every.filter((dayMs) => dayMs >= fromMs && dayMs <= toMs);
  const unvalued = portfolio.positions
    .filter((position) => !held.some((one) => one.position === position))
    .map(({ instrument }) => instrument.symbol);

  const books = new Map(
    methods.map((method) => [method, mappedBook(portfolio, market, method.methodology.venue)] as const),
  );

  const points: BacktestPoint[] = [...(earlier?.points ?? [])];
  const synthetic = [portfolio, market, history].some((input) => input.synthetic === true);
  const result = (): BacktestResult => ({
    ...{ panelName: history.name, bookName: portfolio.name, horizonDays, startMultiple },
    ...{ points: [...points], skipped: [], synthetic },
  });
  const underlyings = [...new Set(held.map(({ position }) => position.instrument.underlying))].sort();
  for (const dayMs of days.slice(points.length)) {
    work.progress(points.length, days.length, "days");
    await work.pause();
    if (work.cancelled()) return cancelled;
    const last = points.at(-1);
    const gain = last === undefined ? undefined : gains.get(dayMs);
    const answers: MethodPoint[] = [];
    const gaps: MethodGap[] = [];
    for (const method of methods) {
      const before = last?.methods.find(({ label }) => label === method.label);
      const known = method.calibration === "start" ? (days[0] ?? dayMs) : dayMs;
      const answer = totalsOn(method, books.get(method) ?? walk, historyUpTo(history, endOf(known)));
      if (answer.ok) answers.push({ ...answer.value, ...accountAfter(before, answer.value, gain ?? 0, startMultiple) });
      else gaps.push({ label: method.label, reason: answer.failure.message });
    }
    const exposure = exposures.get(dayMs);
    points.push({
      ...{ asOfMs: dayMs, marketId, positions: portfolio.positions.length, methods: answers, gaps },
      ...(points.length === 0 ? { portfolio } : {}),
      indices: Object.fromEntries(underlyings.map((name) => [name, levelOn(history, name, dayMs)])),
      ...(gain === undefined ? {} : { profitUsd: gain }),
      ...(exposure === undefined
        ? {}
        : { exposure: { toMs: exposure.toMs, lossUsd: 0 - exposure.profitUsd, drivers: [], unvalued } }),
    });
    onPoint?.(result());
  }
  work.progress(days.length, days.length, "days");
  return success(result());
}

/** Requirement under the rules of the market's day: the book is that of one market, whatever the day of the history. */
function totalsOn(
  { label, methodology, rulesOn }: BacktestMethod,
  { portfolio, market, leftOut = [] }: Pick<HistoryWalk, "portfolio" | "market"> & Partial<MappedBook>,
  history: History,
): Result<Omit<MethodPoint, "equityUsd" | "callUsd">> {
  const rules = rulesOn(isoDate(market.asOfMs));
  if (!rules.ok) return rules;
  const found = marginTotals({ portfolio, market, history, methodology, rules: rules.value });
  if (!found.ok) return found;
  const { totals, excluded } = found.value;
  return success({
    ...{ label, initialUsd: totals.initialUsd, maintenanceUsd: totals.maintenanceUsd, binding: [] },
    ...{ excluded: excluded + leftOut.length, version: rules.value.version, parameters: rules.value.parametersHash },
  });
}

/** What was observed on a day is known at its end. */
function endOf(dayMs: number): number {
  return dayMs + msPerDay - 1;
}

function levelOn(history: History, underlying: string, dayMs: number): number {
  const series = seriesOf(history, `price:${underlying}`);
  return (series && latestAt(series, endOf(dayMs))?.value) ?? 0;
}
