import type { Instrument } from "../../instrument/index.ts";
import { isRecord } from "../format.ts";
import { readNumber } from "../read-number.ts";

/** Prices a risk unit of a position-builder reply implies, though the reply does not state them. */
export interface ImpliedPrices {
  readonly underlying: string;
  readonly quote: string;
  /** USD per unit of the quote coin; absent where the profits do not tell. */
  readonly usdPerQuote?: number;
  /** Index of the pair in USD. */
  readonly pairUsd: number;
}

/**
 * With one linear contract in a unit,
 *
 *     u = upl of the unit in USD / floatPnl of the position in its quote coin
 *     index of the pair in USD = scenario profit / (move · coins)
 *
 * @param unit     a member of `riskUnitData`
 * @param position its only position, as the reply has it
 * @param held     what the position is
 * @returns `undefined` where the unit tells nothing
 * @source resources/docs/methodology/okx-portfolio.md, section 4.3: the printed grid of a linear contract is coins · move · index · u
 */
export function impliedPrices(
  unit: { readonly upl: unknown; readonly scenarios: unknown },
  position: { readonly floatPnl: unknown },
  held: { readonly instrument: Instrument; readonly quantity: number },
): ImpliedPrices | undefined {
  const { instrument, quantity } = held;
  const slope = slopeOf(unit.scenarios);
  if (instrument.payoff !== "linear" || instrument.kind === "option" || quantity === 0 || slope === undefined)
    return undefined;
  const pairUsd = slope / quantity;
  if (!(pairUsd > 0 && pairUsd < Number.POSITIVE_INFINITY)) return undefined;
  const [inUsd, inQuote] = [readNumber(unit.upl), readNumber(position.floatPnl)];
  const rate = typeof inUsd === "number" && typeof inQuote === "number" ? inUsd / inQuote : Number.NaN;
  const { underlying, quote } = instrument;
  // Only stablecoins quote here: a rate far from 1 is a profit too small to divide by.
  return { underlying, quote, pairUsd, ...(Math.abs(rate - 1) < 0.5 ? { usdPerQuote: rate } : {}) };
}

/** Profit per unit of move: of the largest move whose volatility stays, where rounding weighs least. */
function slopeOf(scenarios: unknown): number | undefined {
  const same = isRecord(scenarios) ? scenarios.volSame : undefined;
  if (!isRecord(same)) return undefined;
  const cells = Object.entries(same).flatMap(([move, profit]) => {
    const [k, amount] = [Number(move), readNumber(profit)];
    return Number.isFinite(k) && k !== 0 && typeof amount === "number" ? [{ k, amount }] : [];
  });
  const [largest] = cells.sort((a, b) => Math.abs(b.k) - Math.abs(a.k));
  return largest === undefined ? undefined : largest.amount / largest.k;
}
