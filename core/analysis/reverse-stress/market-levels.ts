import { factorName, marketFactors, type surfaceTenors } from "../../history/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { MovingUnderlying } from "./moved-book.ts";

/** Where an underlying stands before any move, so that a relative move can be told as a level. */
export interface MarketLevel {
  readonly underlying: string;
  /** Index price, quote currency. */
  readonly price: number;
  /** Implied, at the money; absent without options on it in the book or without a smile in the market. */
  readonly volatility?: {
    /** Fraction per √year. */
    readonly level: number;
    readonly tenorDays: number;
  };
}

/** Tenors of the history's surfaces, the one that stands for a surface first. */
const tenors = [30, 90, 7, 180] as const satisfies readonly (typeof surfaceTenors)[number][];

/**
 * Levels of what moves a book.
 *
 * @param underlyings of the mover, in their order
 * @param market      unmoved
 * @returns one for each underlying
 */
export function marketLevels(underlyings: readonly MovingUnderlying[], market: MarketSnapshot): readonly MarketLevel[] {
  const factors = new Map(marketFactors(market).map(({ factor, value }) => [factor, value]));
  return underlyings.map(({ underlying, price, hasOptions }) => {
    const known = tenors.flatMap((tenorDays) => {
      const level = factors.get(factorName({ kind: "volatility", underlying, tenorDays }));
      return level === undefined ? [] : [{ level, tenorDays }];
    });
    const [volatility] = hasOptions ? known : [];
    return { underlying, price, ...(volatility && { volatility }) };
  });
}
