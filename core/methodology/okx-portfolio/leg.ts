import type { Instrument } from "../../instrument/index.ts";
import type { PricingTerms } from "../../market/index.ts";
import type { PositionId } from "../../portfolio/index.ts";
import { blackDeltaKernel, logMoneyness, modelPrice } from "../../pricing/index.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";

/** A position, or all positions in one instrument together, in USD. */
export interface Leg {
  readonly instrument: Instrument;
  readonly terms: PricingTerms;
  readonly quantity: number;
  /** USD per unit of the quote currency of a linear contract; 1 for USD. */
  readonly usdPerQuote: number;
  /** Index of the pair in USD: S_q·u of a linear contract, S of everything else; > 0. */
  readonly pairIndexUsd: number;
  /** Delta in coins; options by Black delta. */
  readonly deltaCoins: number;
  /** USD, signed; futures and perpetuals at their mark, options at the index. */
  readonly cashDelta: number;
  /** USDT, USDC or USD: the money the delta is against. */
  readonly money: string;
  /** The position, when there is only one. */
  readonly positionId: PositionId | undefined;
}

/**
 * Puts a holding into USD.
 *
 *     linear    cash delta = coins·P·u,       delta = coins
 *     inverse   cash delta = USD notional,    delta = notional / P
 *     option    cash delta = delta·S,         delta = coins·(N(d1), less 1 for a put)
 *
 * @param indices underlying -> index in USD; `BTC-USDT` -> index of the pair in USDT; `USDT` -> USD
 * @param positionId of a single position
 * @source OKX, portfolio margin mode; notation of the document
 */
export function legOf(
  instrument: Instrument,
  terms: PricingTerms,
  quantity: number,
  indices: ReadonlyMap<string, number>,
  positionId?: PositionId,
): Leg {
  const { underlying, quote, payoff } = instrument;
  const linear = payoff === "linear";
  const usdPerQuote = linear ? usdPerUnit(indices, quote) : 1;
  const pair = linear ? indices.get(`${underlying}-${quote}`) : undefined;
  const pairIndexUsd = pair === undefined ? terms.index : pair * usdPerQuote;
  const money = linear ? quote : "USD";
  let deltaCoins = linear ? quantity : quantity / terms.mark;
  let cashDelta = linear ? quantity * terms.mark * usdPerQuote : quantity;
  if (instrument.kind === "option") {
    const { forward, volatility, years } = terms;
    const moneyness = logMoneyness(forward, instrument.strike);
    const delta = blackDeltaKernel(moneyness, volatility * Math.sqrt(years), instrument.optionType === "call");
    deltaCoins = quantity * delta;
    cashDelta = quantity * delta * terms.index;
  }
  return { instrument, terms, quantity, usdPerQuote, pairIndexUsd, deltaCoins, cashDelta, money, positionId };
}

/**
 * USD profit of a leg when the index moves by k and one unit of it gains `unitProfit` by the cube (options only).
 *
 *     linear    coins·k·S_q·u             (the basis stays the same amount)
 *     inverse   USD notional·k
 *     option    coins·(S(1+k)·c′ − S·c)   (c, c′ model value in coin: S/F discounts)
 *
 * @param valueNow   model value of one option before the shock, its own price unit
 * @param unitProfit change of that value, its own price unit
 */
export function profitUsd(leg: Leg, priceMove: number, valueNow: number, unitProfit: number): number {
  const { instrument, quantity, terms, pairIndexUsd } = leg;
  if (instrument.kind !== "option")
    return instrument.payoff === "linear" ? quantity * priceMove * pairIndexUsd : quantity * priceMove;
  if (instrument.payoff === "inverse")
    return quantity * terms.index * ((1 + priceMove) * unitProfit + priceMove * valueNow);
  return quantity * (pairIndexUsd / terms.forward) * unitProfit;
}

/**
 * Adds the profit of a leg in every cell of a row to their sums: as `profitUsd` cell by cell, the same bits.
 *
 * @param moves  price moves by column
 * @param values unit profits, from `start` on
 */
export function addProfits(
  leg: Leg,
  moves: Float64Array,
  valueNow: number,
  values: Float64Array,
  start: number,
  add: (column: number, value: number) => void,
): void {
  const { instrument, quantity, terms, pairIndexUsd } = leg;
  if (instrument.kind !== "option") {
    for (let column = 0; column < moves.length; column++)
      add(column, profitUsd(leg, moves[column] as number, valueNow, values[start + column] ?? Number.NaN));
    return;
  }
  const inverse = instrument.payoff === "inverse";
  const weight = inverse ? quantity * terms.index : quantity * (pairIndexUsd / terms.forward);
  for (let column = 0; column < moves.length; column++) {
    const move = moves[column] as number;
    const unit = values[start + column] ?? Number.NaN;
    add(column, inverse ? weight * ((1 + move) * unit + move * valueNow) : weight * unit);
  }
}

/** Model value of one option, its own price unit; 0 for everything else. */
export function optionValue({ instrument, terms }: Pick<Leg, "instrument" | "terms">, daysLater = 0): number {
  if (instrument.kind !== "option") return 0;
  return modelPrice(instrument, { ...terms, years: Math.max(0, terms.years - daysLater / 365) });
}
