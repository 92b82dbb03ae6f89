import { type BacktestPoint, portfolioAt } from "../../analysis/index.ts";
import { failed, hashOf, isoDate, isoInstant, msPerDay, type Result, success } from "../../base/index.ts";
import { mappedBook } from "../../explain/index.ts";
import { type History, historyUpTo } from "../../history/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { Override } from "../../rulebook/index.ts";
import type { Backtest, OpenedPoint, Stored, StoredSummary } from "../contract.ts";
import type { Ports, Repository } from "../ports.ts";
import { labelOf } from "./backtest-request.ts";
import { entries } from "./entries.ts";
import { historyNote } from "./history.ts";
import { marketNote } from "./market.ts";
import { ruledMethodology } from "./methodology.ts";
import { portfolioNote } from "./portfolio.ts";

/** Which point: the instant, and the method by its label. */
export interface PointName {
  readonly asOfMs: number;
  readonly label: string;
}

/**
 * Saves what a method was asked at one point of a backtest, so that a run of it states the same margin: the book and the market in the
 * instruments of its venue, and the history it knew. What the library has already is taken from there.
 *
 * @returns `not-found` for a point, method or market that is not there
 */
export function openedPoint(
  { name: backtestName, content: { request, history, result } }: Stored<Backtest>,
  { asOfMs, label }: PointName,
  ports: Ports,
): Result<OpenedPoint> {
  const point = result.points.find((candidate) => candidate.asOfMs === asOfMs);
  const method = point?.methods.find((candidate) => candidate.label === label);
  const asked = request.methods.find((candidate) => labelOf(candidate) === label);
  if (point === undefined || method === undefined || asked === undefined)
    return failed("not-found", `${backtestName} has no ${label} at ${isoInstant(asOfMs)}`, label);
  const found = entries<MarketSnapshot>(ports, "market", () => ports.store.markets).get(point.marketId);
  if (!found.ok) return found;
  const ruled = ruledMethodology(ports.resources, asked.methodology);
  if (!ruled.ok) return ruled;
  const { content, ...summary } = found.value;
  const held = portfolioAt(result.points, result.points.indexOf(point));
  const market = { ...content, name: found.value.name };
  const mapped = mappedBook(held, market, ruled.value.method.venue);
  const isOwn = mapped.market === market;
  const name = `${held.name}, ${isoDate(asOfMs)}${isOwn ? "" : `, at ${ruled.value.method.venue}`}`;
  const portfolio = { ...mapped.portfolio, name };
  const known = history && knownHistory(history, request.panel, startMs(asked, point, result));
  const foreign = `${found.value.name}, at ${ruled.value.method.venue}`;
  return success({
    portfolio: kept(ports, ports.store.portfolios, { name, note: portfolioNote(portfolio), content: portfolio }),
    market: isOwn
      ? summary
      : kept(ports, ports.store.markets, {
          ...{ name: foreign, note: marketNote(mapped.market), content: { ...mapped.market, name: foreign } },
        }),
    ...(known && {
      history: kept(ports, ports.store.histories, { name: known.name, note: historyNote(known), content: known }),
    }),
    methodology: asked.methodology,
    version: method.version,
    overrides: asked.overrides as readonly Override[],
  });
}

/** Time of the point whose calibration a method had. */
function startMs(
  { calibration }: Backtest["request"]["methods"][number],
  { asOfMs }: BacktestPoint,
  { points: [first] }: Backtest["result"],
): { readonly atMs: number; readonly isOwn: boolean } {
  const atMs = calibration === "start" ? (first?.asOfMs ?? asOfMs) : asOfMs;
  return { atMs, isOwn: atMs === asOfMs };
}

/** The history a method knew. A market cuts it at its own time already; along a history a day counts to its end. */
function knownHistory(
  history: History,
  panel: Backtest["request"]["panel"],
  { atMs, isOwn }: { readonly atMs: number; readonly isOwn: boolean },
): History {
  const along = "market" in panel;
  if (isOwn && !along) return history;
  const name = `${history.name}, to ${isoDate(atMs)}`;
  return { ...historyUpTo(history, along ? atMs + msPerDay - 1 : atMs), name };
}

/** The entry with this content, saved unless the library has one. */
function kept<T>(
  ports: Ports,
  repository: Repository<T>,
  entry: { readonly name: string; readonly note: string; readonly content: T },
): StoredSummary {
  const sha256 = hashOf(entry.content);
  const here = repository.list().find((candidate) => candidate.sha256 === sha256);
  return here ?? repository.save({ ...entry, id: ports.newId(), savedAtMs: ports.now() });
}
