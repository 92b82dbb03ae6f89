import { DomainError, failed, type Result, success, unwatched, type Work } from "../../base/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type {
  BacktestPoint,
  BacktestRequest,
  BacktestResult,
  MethodGap,
  MethodPoint,
  SkippedMarket,
} from "./backtest.ts";
import { closeOut, heldAt } from "./close-out.ts";
import { deliveryPrices } from "./delivery-prices.ts";
import { exposureOf, type Pending, periodAt } from "./exposures.ts";
import { bookName, heldBook } from "./held-book.ts";
import { methodPoint } from "./method-point.ts";
import { heldMembers, portfolioAt } from "./portfolio-at.ts";

export interface BacktestProgress {
  /** A result of the same request that ends earlier: its points are kept, and the walk goes on behind them. */
  readonly earlier?: BacktestResult;
  /** Handed the result so far after each point, e.g. to keep it. */
  readonly onPoint?: (result: BacktestResult) => void;
  readonly work?: Work;
}

/**
 * Margin through time: at every market of a panel the book trades, each method states its requirement with what was known then,
 * and the loss of the unchanged positions over the close-out period is compared with it later.
 *
 * A resumed walk gives the same points, bit for bit, as one that was never interrupted.
 *
 * @param request panel, book, methods, history and the account rules
 * @returns points ascending in time, and markets that could not be used with the reason; `cancelled`; `invalid-input` for bad terms
 * @source resources/docs/backtest.md
 */
export async function runBacktest(
  request: BacktestRequest,
  { earlier, onPoint, work = unwatched }: BacktestProgress = {},
): Promise<Result<BacktestResult>> {
  const wrong = wrongTerms(request);
  if (wrong !== undefined) return failed("invalid-input", wrong);
  const { panel } = request;
  const walk = createWalk(request, earlier);
  const done = (earlier?.points.length ?? 0) + (earlier?.skipped.length ?? 0);
  const begin = await walk.recall(done);
  if (!begin.ok) return begin;
  for (let index = done; index < panel.entries.length; index++) {
    work.progress(index, panel.entries.length, "days");
    await work.pause();
    if (work.cancelled()) return cancelled;
    const entry = panel.entries[index];
    const market = await panel.market(index);
    if (entry === undefined) break;
    if (market.ok) {
      const stepped = await walk.step(entry.marketId, market.value, work);
      if (stepped?.ok === false) return stepped;
    } else walk.skip({ ...entry, reason: market.failure.message });
    onPoint?.(walk.result());
  }
  work.progress(panel.entries.length, panel.entries.length, "days");
  return success(walk.result());
}

/** What a walk that was stopped answers. */
export const cancelled = failed("cancelled", "cancelled; the days so far are kept");

/** What is wrong with the terms of a request, as a sentence; `undefined` when nothing is. */
export function wrongTerms({
  horizonDays,
  startMultiple,
  methods,
}: Pick<BacktestRequest, "horizonDays" | "startMultiple" | "methods">): string | undefined {
  if (!(horizonDays > 0 && horizonDays <= 250)) return "the close-out period must be above 0 and at most 250 days";
  if (!(startMultiple >= 1 && startMultiple <= 1000))
    return "the first equity must be 1 to 1000 times the initial margin";
  const labels = methods.map(({ label }) => label);
  if (labels.length === 0) return "name at least one method";
  const twice = labels.find((label, index) => labels.indexOf(label) !== index);
  return twice === undefined ? undefined : `two methods have the label ${twice}`;
}

/** The state of a walk along a panel. */
function createWalk(request: BacktestRequest, earlier: BacktestResult | undefined) {
  const { panel, book, methods, history, horizonDays, startMultiple } = request;
  const points: BacktestPoint[] = [...(earlier?.points ?? [])];
  const skipped: SkippedMarket[] = [...(earlier?.skipped ?? [])];
  const deliveries = deliveryPrices();
  let pending: Pending[] = [];
  let synthetic = earlier?.synthetic ?? history?.synthetic === true;

  const follow = (point: number, market: MarketSnapshot) => {
    const { positions } = portfolioAt(points, point);
    const held = heldAt(positions, market);
    const known = new Set(held.map(({ position }) => position));
    const unvalued = positions.filter((position) => !known.has(position)).map(({ instrument }) => instrument.symbol);
    deliveries.expect(positions.map(({ instrument }) => instrument));
    pending.push({ point, asOfMs: market.asOfMs, held, unvalued });
  };

  const settle = (market: MarketSnapshot) => {
    deliveries.see(market);
    pending = pending.filter((open, place) => {
      const at = periodAt(open.asOfMs, horizonDays, market.asOfMs);
      const point = pointAt(points, open.point);
      if (at === "end" && point.exposure === undefined)
        points[open.point] = { ...point, exposure: exposureOf(open, market, deliveries) };
      // The last point is followed to the next market even when its period is shorter.
      return at === "before" || place === pending.length - 1;
    });
  };

  const profitSince = (market: MarketSnapshot) => {
    const last = pending.at(-1);
    return last === undefined ? undefined : closeOut(last.held, market, deliveries);
  };

  return {
    skip: (market: SkippedMarket) => skipped.push(market),
    result: (): BacktestResult => ({
      ...{ panelName: panel.name, bookName: bookName(book), horizonDays, startMultiple },
      ...{ points: [...points], skipped: [...skipped], synthetic },
    }),
    /** Reads the markets again that open periods need, from the first such point to the last market walked. */
    recall: async (done: number): Promise<Result<undefined>> => {
      const lastMs = points.at(-1)?.asOfMs;
      if (lastMs === undefined) return success(undefined);
      const isOpen = ({ exposure, asOfMs }: BacktestPoint) =>
        exposure === undefined && periodAt(asOfMs, horizonDays, lastMs) !== "missed";
      const fromMs = (points.find(isOpen) ?? pointAt(points, points.length - 1)).asOfMs;
      const placeOf = new Map(points.map(({ asOfMs }, place) => [asOfMs, place]));
      for (const [index, { asOfMs }] of panel.entries.slice(0, done).entries()) {
        if (asOfMs < fromMs) continue;
        const market = await panel.market(index);
        const place = placeOf.get(asOfMs);
        if (market.ok) settle(market.value);
        else if (place !== undefined) return market;
        if (market.ok && place !== undefined) follow(place, market.value);
      }
      return success(undefined);
    },
    step: async (marketId: string, market: MarketSnapshot, work: Work): Promise<Result<never> | undefined> => {
      settle(market);
      const gain = profitSince(market);
      const last = points.at(-1);
      const before = last && { portfolio: portfolioAt(points, points.length - 1), memory: last.memory };
      const held = heldBook(book, market, before);
      if (!held.ok) {
        skipped.push({ asOfMs: market.asOfMs, marketId, reason: held.failure.message });
        return undefined;
      }
      const { portfolio, memory } = held.value;
      synthetic ||= market.synthetic === true || portfolio.synthetic === true;
      const answers: MethodPoint[] = [];
      const gaps: MethodGap[] = [];
      for (const method of methods) {
        const answer = await methodPoint(method, {
          ...{ portfolio, market, history, startMultiple, horizonDays, work },
          startMs: points[0]?.asOfMs ?? market.asOfMs,
          before: last?.methods.find(({ label }) => label === method.label),
          profitUsd: gain?.profitUsd ?? 0,
        });
        if (answer.ok) answers.push(answer.value);
        else if (answer.failure.reason === "cancelled") return cancelled;
        else gaps.push({ label: method.label, reason: answer.failure.message });
      }
      const underlyings = new Set(portfolio.positions.map(({ instrument }) => instrument.underlying));
      points.push({
        ...{ asOfMs: market.asOfMs, marketId, ...heldMembers(portfolio, points), methods: answers, gaps },
        ...(memory === undefined ? {} : { memory }),
        indices: Object.fromEntries(
          market.indices.filter(({ underlying }) => underlyings.has(underlying)).map((i) => [i.underlying, i.price]),
        ),
        ...(gain === undefined ? {} : { profitUsd: gain.profitUsd }),
        ...(gain === undefined || gain.unvalued.length === 0 ? {} : { unvalued: gain.unvalued }),
      });
      follow(points.length - 1, market);
      return undefined;
    },
  };
}

function pointAt(points: readonly BacktestPoint[], index: number): BacktestPoint {
  const point = points[index];
  if (point === undefined) throw new DomainError("a backtest has no such point", index);
  return point;
}
