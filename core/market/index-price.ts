import { type Failure, failure } from "../base/index.ts";
import { median } from "./parity-forward.ts";
import type { IndexPrice, Quote } from "./snapshot.ts";

export interface FoundIndices {
  readonly indices: readonly IndexPrice[];
  readonly warnings: readonly Failure[];
  /** Largest range of the quoted index inside the rows of one underlying, as a fraction of it; by underlying. */
  readonly ranges: ReadonlyMap<string, number>;
}

interface Seen {
  readonly quoted: number[];
  readonly named: number[];
  /** Mark of the stock that is the underlying itself. */
  stock?: number;
  perpetual?: number;
  nearest?: { readonly expiryMs: number; readonly price: number };
  nearestReported?: { readonly expiryMs: number; readonly price: number };
}

/**
 * Index of each underlying: given, else quoted in the rows (their median), else the mark of a stock that is the underlying, else the reported forward where the venue calls it
 * `index_price`, else the perpetual's mark, else the mark or forward of the nearest expiry; every fallback is a warning.
 *
 * @param quotes rows of the snapshot
 * @param given  index prices known from elsewhere; they win
 */
export function indexPrices(quotes: readonly Quote[], given: readonly IndexPrice[]): FoundIndices {
  const byUnderlying = new Map<string, Seen>();
  for (const quote of quotes) note(quote, byUnderlying);
  const indices = [...given];
  const warnings: Failure[] = [];
  const ranges = new Map<string, number>();
  const known = new Set(given.map(({ underlying }) => underlying));
  for (const [underlying, seen] of [...byUnderlying].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const quoted = median(seen.quoted);
    if (quoted !== undefined) ranges.set(underlying, (maximum(seen.quoted) - minimum(seen.quoted)) / quoted);
    if (known.has(underlying)) continue;
    const found = choose(underlying, seen);
    if (found.index !== undefined) indices.push(found.index);
    if (found.warning !== undefined) warnings.push(failure("missing-data", found.warning, underlying));
  }
  return { indices, warnings, ranges };
}

function choose(underlying: string, seen: Seen): { index?: IndexPrice; warning?: string } {
  const quoted = median(seen.quoted) ?? seen.stock ?? median(seen.named);
  if (quoted !== undefined) return { index: { underlying, price: quoted, source: "quoted" } };
  if (seen.perpetual !== undefined) {
    const warning = "no index is quoted: the perpetual's mark is used as index";
    return { index: { underlying, price: seen.perpetual, source: "perpetual" }, warning };
  }
  const nearest = seen.nearest ?? seen.nearestReported;
  if (nearest === undefined) return { warning: "no index can be found: no quoted index, no perpetual, no future" };
  const day = new Date(nearest.expiryMs).toISOString().slice(0, 10);
  const what = seen.nearest === undefined ? "reported forward" : "future's mark";
  const warning = `no index is quoted: the ${what} of ${day} is used as index, its basis is ignored`;
  return { index: { underlying, price: nearest.price, source: "future" }, warning };
}

function note(quote: Quote, byUnderlying: Map<string, Seen>): void {
  const { instrument, mark, indexPrice, underlyingPrice } = quote;
  const seen = byUnderlying.get(instrument.underlying) ?? { quoted: [], named: [] };
  byUnderlying.set(instrument.underlying, seen);
  if (indexPrice !== undefined && indexPrice > 0) seen.quoted.push(indexPrice);
  // The price of a share is the price of its underlying.
  if (instrument.kind === "stock" && mark !== undefined && mark > 0) seen.named.push(mark);
  if (instrument.kind === "stock" && mark !== undefined && mark > 0) seen.stock = mark;
  if (instrument.kind === "perpetual" && mark !== undefined && mark > 0) {
    if (seen.perpetual === undefined || instrument.payoff === "inverse") seen.perpetual = mark;
  }
  if (instrument.kind === "future" && mark !== undefined && mark > 0) {
    if (seen.nearest === undefined || instrument.expiryMs < seen.nearest.expiryMs) {
      seen.nearest = { expiryMs: instrument.expiryMs, price: mark };
    }
  }
  if (instrument.kind === "option" && underlyingPrice !== undefined && underlyingPrice > 0) {
    if (quote.underlyingName === "index_price") seen.named.push(underlyingPrice);
    if (seen.nearestReported === undefined || instrument.expiryMs < seen.nearestReported.expiryMs) {
      seen.nearestReported = { expiryMs: instrument.expiryMs, price: underlyingPrice };
    }
  }
}

function maximum(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}

function minimum(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}
