import { DomainError } from "../../base/index.ts";
import type { Book, BookPosition } from "../contract.ts";
import {
  type CurrencyRules,
  currencyOf,
  type Found,
  type MatrixRules,
  type PairRules,
  pairOf,
  riskCurrency,
} from "./extended-risk-matrix-rules.ts";

/** The positions of one underlying that settle in one currency: the venue's pair vector (`btc_btc`, `btc_usdc`). */
export interface Holding {
  readonly id: string;
  readonly underlying: string;
  readonly settlement: string;
  /** Profit arises in the underlying coin. */
  readonly inverse: boolean;
  /** Index of the underlying, USD; > 0. */
  readonly index: number;
  readonly positions: readonly BookPosition[];
  readonly pair: Found<PairRules>;
  /** Parameters of the underlying: profit offset and correlation. */
  readonly base: Found<CurrencyRules>;
  /** Parameters that give roll rates and dampener. */
  readonly risk: Found<CurrencyRules>;
}

/**
 * Positions of a book grouped into pair vectors, in order of first appearance.
 *
 * @throws DomainError when the book holds a position that `matrixExclusion` refuses, or no index for an underlying
 */
export function holdingsOf(book: Book, rules: MatrixRules): Holding[] {
  const groups = new Map<string, Map<string, BookPosition[]>>();
  for (const held of book.positions) {
    const { underlying, settlement } = held.position.instrument;
    let bySettlement = groups.get(underlying);
    if (bySettlement === undefined) {
      bySettlement = new Map();
      groups.set(underlying, bySettlement);
    }
    const group = bySettlement.get(settlement);
    if (group === undefined) bySettlement.set(settlement, [held]);
    else group.push(held);
  }
  return [...groups].flatMap(([underlying, bySettlement]) =>
    [...bySettlement].map(([settlement, positions]) => {
      const id = `${underlying}_${settlement}`.toLowerCase();
      return {
        id,
        underlying,
        settlement,
        inverse: settlement === underlying,
        index: known(book.indices.get(underlying), `index of ${underlying}`),
        positions,
        pair: known(pairOf(rules, underlying), `parameters of the pair of ${underlying}`),
        base: known(currencyOf(rules, underlying), `parameters of ${underlying}`),
        risk: known(currencyOf(rules, riskCurrency(rules, underlying, settlement)), `roll parameters of ${id}`),
      };
    }),
  );
}

/**
 * US dollars per unit of a currency at the book's market.
 *
 * @returns the index when the book has one, 1 for dollars and dollar coins, else `undefined`
 */
export function usdPerUnitOf(book: Book, currency: string): number | undefined {
  return book.indices.get(currency) ?? (/^USD[CT]?$/.test(currency) ? 1 : undefined);
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new DomainError(`the book needs the ${what}`, value);
  return value;
}
