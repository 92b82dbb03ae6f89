import type { Instrument } from "../../instrument/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { BookState } from "./book-state.ts";
import { notionalOf } from "./exposure.ts";
import type { LimitMeasure, LimitSide, LimitVerdict, WhatIfLimit } from "./what-if-result.ts";

/** At least the bound, not at most. */
const floors: ReadonlySet<LimitMeasure> = new Set(["available", "headroom", "call-room", "theta"]);

/**
 * Whether a book keeps its limits before and after a change, and by how much. A value on the bound passes.
 *
 * @param methodology limits of other methods are left out
 * @param after       absent: the same as before
 */
export function limitVerdicts(
  limits: readonly WhatIfLimit[],
  methodology: string,
  market: MarketSnapshot,
  before: BookState,
  after: BookState,
): readonly LimitVerdict[] {
  return limits
    .filter((limit) => limit.methodology === undefined || limit.methodology === methodology)
    .map((limit) => {
      const [one, other] = [sideOf(limit, before, market), sideOf(limit, after, market)];
      return { limit, ...(one === undefined ? {} : { before: one }), ...(other === undefined ? {} : { after: other }) };
    });
}

/** One side of a limit; `undefined` where the book has no such figure. */
export function sideOf(limit: WhatIfLimit, state: BookState, market: MarketSnapshot): LimitSide | undefined {
  const found = figureOf(limit, state, market);
  if (found === undefined) return undefined;
  const { value, where } = found;
  const room = floors.has(limit.measure) ? value - limit.bound : limit.bound - value;
  return { value, room: room === 0 ? 0 : room, passes: room >= 0, ...(where === undefined ? {} : { where }) };
}

interface Found {
  readonly value: number;
  readonly where?: string;
}

function figureOf({ measure, underlying }: WhatIfLimit, state: BookState, market: MarketSnapshot): Found | undefined {
  const { figures } = state;
  switch (measure) {
    case "initial":
      return { value: figures.initialUsd };
    case "maintenance":
      return { value: figures.maintenanceUsd };
    case "available":
      return stated(figures.availableUsd);
    case "headroom":
      return stated(figures.headroomUsd);
    case "call-room":
      return stated(figures.callRoomUsd);
    case "delta":
      return { value: Math.abs(greek(state, "deltaUsd", underlying)) };
    case "gamma":
      return { value: Math.abs(greek(state, "gammaUsd", underlying)) };
    case "vega":
      return { value: Math.abs(greek(state, "vegaUsd", underlying)) };
    case "theta":
      return { value: greek(state, "thetaUsd", underlying) };
    case "stress-loss":
      return figures.worstStress && lossOf(figures.worstStress);
    case "wide-loss":
      return lossOf(figures.worstWide);
    case "gross-notional":
      return {
        value: totalOf(
          notionalBy(state, (one) => one.underlying),
          underlying,
        ),
      };
    case "notional-share":
      return largestShare(notionalBy(state, ({ symbol }) => symbol));
    case "open-interest-share":
      return openInterestShare(state, market);
  }
}

function stated(value: number | undefined): Found | undefined {
  return value === undefined ? undefined : { value };
}

function lossOf({ profitUsd, label }: { readonly profitUsd: number; readonly label: string }): Found {
  return { value: Math.max(0, -profitUsd), where: label };
}

function greek(
  { figures, exposures }: BookState,
  name: "deltaUsd" | "gammaUsd" | "vegaUsd" | "thetaUsd",
  underlying: string | undefined,
): number {
  if (underlying === undefined) return figures.exposure[name];
  return exposures.find((one) => one.underlying === underlying)?.[name] ?? 0;
}

/** |net quantity| at the index by a name of the instrument, USD. */
function notionalBy({ built }: BookState, nameOf: (instrument: Instrument) => string): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  for (const { position, terms } of built.book.positions) {
    const { instrument, quantity } = position;
    const name = nameOf(instrument);
    totals.set(name, (totals.get(name) ?? 0) + notionalOf({ instrument, terms, quantity }));
  }
  return totals;
}

function totalOf(amounts: ReadonlyMap<string, number>, name: string | undefined): number {
  if (name !== undefined) return amounts.get(name) ?? 0;
  let total = 0;
  for (const amount of amounts.values()) total += amount;
  return total;
}

/** The largest part of the whole; nothing held is no concentration. */
function largestShare(amounts: ReadonlyMap<string, number>): Found {
  const total = totalOf(amounts, undefined);
  let [largest, where] = [0, ""];
  for (const [name, amount] of amounts) if (amount > largest) [largest, where] = [amount, name];
  return total === 0 ? { value: 0 } : { value: largest / total, where };
}

/** The largest share of a contract's open interest; contracts without a stated one are not in it. */
function openInterestShare({ built }: BookState, market: MarketSnapshot): Found | undefined {
  const interest = openInterests(market);
  if (interest.size === 0) return undefined;
  const held = new Map<string, number>();
  const symbols = new Map<string, string>();
  for (const { position } of built.book.positions) {
    const { id, symbol } = position.instrument;
    held.set(id, (held.get(id) ?? 0) + position.quantity);
    symbols.set(id, symbol);
  }
  let found: Found | undefined;
  for (const [id, quantity] of held) {
    const open = interest.get(id);
    if (open === undefined) continue;
    const value = Math.abs(quantity) / open;
    if (found === undefined || value > found.value) found = { value, where: symbols.get(id) ?? id };
  }
  return found;
}

function openInterests(market: MarketSnapshot): ReadonlyMap<string, number> {
  const known = interests.get(market);
  if (known !== undefined) return known;
  const made = new Map<string, number>();
  for (const { instrument, openInterest } of market.quotes)
    if (openInterest !== undefined && openInterest > 0) made.set(instrument.id, openInterest);
  interests.set(market, made);
  return made;
}

const interests = new WeakMap<MarketSnapshot, ReadonlyMap<string, number>>();
