import { msPerDay } from "../../base/index.ts";
import { expiryOf, type Instrument, quantityUnit } from "../../instrument/index.ts";
import type { LegInputs } from "../../margin/index.ts";
import { markOfLeg } from "../../margin/index.ts";
import type { Candidate } from "./candidates.ts";

/** Which quoted contracts become candidates. */
export interface CandidateFilter {
  readonly kinds: readonly ("future" | "perpetual" | "option" | "spot" | "stock")[];
  /** Absent: those the book holds. */
  readonly underlyings?: readonly string[] | undefined;
  /** Options: |strike / index − 1| at most this. */
  readonly moneyness: number;
  readonly fromDays: number;
  readonly toDays: number;
  readonly sides: "both" | "buy" | "sell";
  /** Size of every candidate, USD at the index. */
  readonly notionalUsd: number;
  /** Contracts at most, nearest to the money and then nearest in time. */
  readonly most: number;
}

/**
 * Every quoted contract within a filter, bought and sold, each as a ticket of one leg of the same notional (three
 * significant digits). Deterministic: nearest to the
 * money first, then the nearest expiry, then by name.
 */
export function listedCandidates(inputs: LegInputs, filter: CandidateFilter): readonly Candidate[] {
  const { market, portfolio } = inputs;
  const wanted = new Set(filter.underlyings ?? portfolio.positions.map(({ instrument }) => instrument.underlying));
  const indices = new Map(market.indices.map(({ underlying, price }) => [underlying, price]));
  const seen = new Set<string>();
  const found: { readonly instrument: Instrument; readonly distance: number; readonly days: number }[] = [];
  for (const { instrument } of market.quotes) {
    const index = indices.get(instrument.underlying);
    if (seen.has(instrument.id) || index === undefined || !wanted.has(instrument.underlying)) continue;
    if (!filter.kinds.some((kind) => kind === instrument.kind)) continue;
    const expiryMs = expiryOf(instrument);
    const days = expiryMs === undefined ? 0 : (expiryMs - market.asOfMs) / msPerDay;
    if (expiryMs !== undefined && (days <= 0 || days < filter.fromDays || days > filter.toDays)) continue;
    const distance = instrument.kind === "option" ? Math.abs(instrument.strike / index - 1) : 0;
    if (distance > filter.moneyness) continue;
    seen.add(instrument.id);
    found.push({ instrument, distance, days });
  }
  found.sort(
    (a, b) =>
      a.distance - b.distance ||
      a.days - b.days ||
      (a.instrument.id < b.instrument.id ? -1 : a.instrument.id > b.instrument.id ? 1 : 0),
  );
  return found.slice(0, filter.most).flatMap(({ instrument }) => {
    const index = indices.get(instrument.underlying) ?? Number.NaN;
    const mark = markOfLeg(instrument, inputs);
    if (mark === undefined) return [];
    const coins = filter.notionalUsd / index;
    const quantity = rounded(quantityUnit(instrument) === instrument.underlying ? coins : coins * mark);
    const ticket = (side: 1 | -1): Candidate => ({
      label: `${side > 0 ? "Buy" : "Sell"} ${instrument.symbol}`,
      legs: [{ instrument, quantity: side * quantity }],
    });
    if (filter.sides === "both") return [ticket(1), ticket(-1)];
    return [ticket(filter.sides === "buy" ? 1 : -1)];
  });
}

/** Three significant digits: a size that can be read and traded. */
function rounded(quantity: number): number {
  return Number(quantity.toPrecision(3));
}
