import { sum } from "../../base/index.ts";
import { usdPerUnit } from "../../methodology/index.ts";
import { holdingsOf } from "../holdings.ts";
import type { BookMover, Displacement, UnderlyingShock } from "./moved-book.ts";

/** Loss of the positions on one underlying, USD at the rates of the moved market; loss > 0, gain < 0. */
export interface UnderlyingLoss {
  readonly underlying: string;
  /** With its price alone moved. */
  readonly price: number;
  /** With its volatilities alone moved. */
  readonly volatility: number;
  /** What the two make together beyond each alone: total − price − volatility. */
  readonly together: number;
  readonly total: number;
}

/**
 * Loss of a move split by underlying and factor. Positions depend on their own underlying only, so the totals add up to the loss of the book.
 *
 * @param mover  of the book
 * @param shocks the move
 * @returns underlyings with positions, in the order of the book
 */
export function lossSplit(mover: BookMover, shocks: ReadonlyMap<string, UnderlyingShock>): readonly UnderlyingLoss[] {
  const only = (keep: (shock: UnderlyingShock) => UnderlyingShock): Displacement => ({
    shocks: new Map([...shocks].map(([underlying, shock]) => [underlying, keep(shock)])),
  });
  const rates = mover.moved({ shocks }).book.indices;
  const whole = lossesAt(mover, { shocks }, rates);
  const price = lossesAt(
    mover,
    only((shock) => ({ price: shock.price, volatility: 0 })),
    rates,
  );
  const volatility = lossesAt(
    mover,
    only((shock) => ({ price: 0, volatility: shock.volatility })),
    rates,
  );
  return [...whole].map(([underlying, total]) => {
    const [byPrice, byVolatility] = [price.get(underlying) ?? 0, volatility.get(underlying) ?? 0];
    const together = total - byPrice - byVolatility;
    return { underlying, price: byPrice, volatility: byVolatility, together, total };
  });
}

function lossesAt(
  mover: BookMover,
  displacement: Displacement,
  rates: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const { instruments, quantities, moves } = holdingsOf(mover.book);
  const profits = mover.unitProfits(displacement);
  const losses = new Map<string, number[]>();
  for (const [row, { instrument }] of instruments.entries()) {
    const own = losses.get(instrument.underlying) ?? [];
    losses.set(instrument.underlying, own);
    if (moves[row])
      own.push(-(quantities[row] ?? 0) * (profits[row] ?? Number.NaN) * usdPerUnit(rates, instrument.settlement));
  }
  return new Map([...losses].map(([underlying, own]) => [underlying, sum(own)]));
}
