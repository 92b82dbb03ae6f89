import { DomainError } from "../../base/index.ts";
import type { Book, BookPosition } from "../contract.ts";
import {
  type CurrencyRules,
  currencyOf,
  type Found,
  type MatrixRules,
  type PairRules,
  pairOf,
  parameterCurrencies,
} from "./extended-risk-matrix-rules.ts";
import { placesBy } from "./groups.ts";
import { type AboutContract, nothingElse, oncePerContracts } from "./once-per-contracts.ts";
import { oncePerPositions } from "./once-per-positions.ts";

/** The positions of one underlying that settle in one currency: the venue's pair vector (`btc_btc`, `btc_usdc`). */
export interface PairVector {
  readonly id: string;
  readonly underlying: string;
  readonly settlement: string;
  /** Profit arises in the underlying coin. */
  readonly inverse: boolean;
  /** Index of the underlying, USD; > 0. */
  readonly index: number;
  readonly positions: readonly BookPosition[];
  readonly pair: Found<PairRules>;
  /** Parameters that give profit offset and correlation set. */
  readonly offset: Found<CurrencyRules>;
  /** Parameters that give roll rates and dampener. */
  readonly risk: Found<CurrencyRules>;
}

/**
 * Positions of a book grouped into pair vectors, in order of first appearance.
 *
 * @throws DomainError when the book holds a position that `matrixExclusion` refuses, or no index for an underlying
 */
export function pairVectorsOf(book: Book, rules: MatrixRules): PairVector[] {
  return placesByPair(book.positions, nothingElse).flatMap(([underlying, bySettlement]) =>
    bySettlement.map(([settlement, places]) => {
      const currencies = parameterCurrencies(rules, underlying, settlement);
      const id = `${underlying}_${settlement}`.toLowerCase();
      return {
        id,
        underlying,
        settlement,
        inverse: settlement === underlying,
        index: known(book.indices.get(underlying), `index of ${underlying}`),
        positions: places.map((place) => book.positions[place] as BookPosition),
        pair: known(pairOf(rules, underlying), `parameters of the pair of ${underlying}`),
        offset: known(currencyOf(rules, currencies.offset), `parameters of ${currencies.offset}`),
        risk: known(currencyOf(rules, currencies.risk), `parameters of ${currencies.risk}`),
      };
    }),
  );
}

/** Places of positions by underlying and settlement currency, in order of first appearance. */
const placesByPair = oncePerPositions(
  oncePerContracts((list) => {
    const byUnderlying = placesBy(list, ({ instrument }) => instrument.underlying);
    return [...byUnderlying].map(([underlying, places]) => {
      const own = placesBy(places, (place) => (list[place] as AboutContract).instrument.settlement);
      const bySettlement = [...own].map(
        ([settlement, at]) => [settlement, at.map((place) => places[place] as number)] as const,
      );
      return [underlying, bySettlement] as const;
    });
  }),
);

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new DomainError(`the book needs the ${what}`, value);
  return value;
}
