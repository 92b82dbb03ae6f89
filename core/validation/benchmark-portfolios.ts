import { type Failure, failure, type Result, success } from "../base/index.ts";
import { quantityUnit } from "../instrument/index.ts";
import type { MarketSnapshot } from "../market/index.ts";
import { randomStream } from "../measure/index.ts";
import type { Portfolio, PositionId } from "../portfolio/index.ts";
import { type BenchmarkQuotes, benchmarkQuotes, type QuotedContract, strikeNear } from "./benchmark-quotes.ts";

/** How benchmark books are made. */
export interface BenchmarkTerms {
  /** `BTC`. */
  readonly underlying: string;
  /** Size of a leg, units of underlying; > 0. */
  readonly size: number;
  /** Days to expiry the options are nearest to; > 0. */
  readonly days: number;
  /** Distance of outer strikes from the forward, fraction in (0, 1): 0.1. */
  readonly width: number;
  /** Random books, and legs of each. */
  readonly random: number;
  readonly legs: number;
  readonly seed: number;
}

export const defaultBenchmarkTerms: Omit<BenchmarkTerms, "underlying"> = {
  ...{ size: 1, days: 30, width: 0.1, random: 5, legs: 20, seed: 1 },
};

/** A book of a known shape. */
export interface BenchmarkBook {
  /** `straddle-short`; unique. */
  readonly id: string;
  readonly title: string;
  readonly portfolio: Portfolio;
}

/** Books, and the shapes that the market's contracts do not allow. */
export interface BenchmarkBooks {
  readonly books: readonly BenchmarkBook[];
  readonly leftOut: readonly Failure[];
}

/** A contract and how many units of underlying of it; long > 0. */
type Leg = readonly [contract: QuotedContract | undefined, units: number];

/**
 * Books that show where a margin model is weak: outright, calendar, straddle and strangle (delta-neutral, long and short), risk
 * reversal, box, and random inventories. A model that covers only a whole account hides its offsets.
 *
 * @param market quotes of the contracts
 * @param terms  underlying, sizes, days, width, seed of the random books
 * @returns portfolios marked as synthetic; `missing-data` when the market quotes no call and put of one strike
 */
export function benchmarkPortfolios(market: MarketSnapshot, terms: BenchmarkTerms): Result<BenchmarkBooks> {
  const quotes = benchmarkQuotes(market, terms.underlying, terms.days);
  if (!quotes.ok) return quotes;
  const books: BenchmarkBook[] = [];
  const leftOut: Failure[] = [];
  for (const [id, title, legs] of [...shapes(quotes.value, terms), ...randomShapes(quotes.value, terms)]) {
    const held = legs.flatMap(([contract, units]) => (contract === undefined ? [] : [[contract, units] as const]));
    if (held.length === legs.length) books.push({ id, title, portfolio: portfolioOf(id, market, terms, held) });
    else leftOut.push(failure("missing-data", `${title}: the market does not quote all of its contracts`, id));
  }
  return success({ books, leftOut });
}

type Shape = readonly [id: string, title: string, legs: readonly Leg[]];

function shapes(quotes: BenchmarkQuotes, { size, width }: BenchmarkTerms): readonly Shape[] {
  const { near, far, forward, outright, futures } = quotes;
  const centre = strikeNear(near, forward);
  const [low, high] = [strikeNear(near, forward * (1 - width)), strikeNear(near, forward * (1 + width))];
  const later = centre === undefined ? undefined : strikeNear(far, centre.strike);
  const [first, second] = futures;
  const wings = low === high ? undefined : { low, high };
  const straddle = neutral(centre?.call, centre?.put, size);
  const strangle = neutral(wings?.high?.call, wings?.low?.put, size);
  return [
    ...bothWays("outright", "Outright", [[outright, size]]),
    ...bothWays("future-calendar", "Calendar of futures", [
      [second, size],
      [second === undefined ? undefined : first, -size],
    ]),
    ...bothWays("option-calendar", "Calendar of calls", [
      [later?.call, size],
      [centre?.call, -size],
    ]),
    ...bothWays("straddle", "Delta-neutral straddle", straddle),
    ...bothWays("strangle", "Delta-neutral strangle", strangle),
    ...bothWays("risk-reversal", "Risk reversal", [
      [wings?.high?.call, size],
      [wings?.low?.put, -size],
    ]),
    ...bothWays("box", "Box", [
      [wings?.low?.call, size],
      [wings?.low?.put, -size],
      [wings?.high?.call, -size],
      [wings?.high?.put, size],
    ]),
  ];
}

function bothWays(id: string, title: string, legs: readonly Leg[]): readonly Shape[] {
  return [
    [`${id}-long`, `${title}, long`, legs],
    [`${id}-short`, `${title}, short`, legs.map(([contract, units]) => [contract, -units] as const)],
  ];
}

/** A call and as many puts as take its delta away. */
function neutral(call: QuotedContract | undefined, put: QuotedContract | undefined, size: number): readonly Leg[] {
  const ratio = call === undefined || put === undefined || put.delta === 0 ? 1 : call.delta / -put.delta;
  return [
    [call, size],
    [put, size * (ratio > 0 ? ratio : 1)],
  ];
}

/** Options drawn with replacement, sizes to both sides, in tenths of the size. */
function randomShapes({ options }: BenchmarkQuotes, { random, legs, size, seed }: BenchmarkTerms): readonly Shape[] {
  const stream = randomStream(seed);
  return Array.from({ length: random }, (_, book): Shape => {
    const drawn = Array.from({ length: legs }, (): Leg => {
      const contract = options[stream.nextBelow(options.length)];
      const tenths = 1 + stream.nextBelow(10);
      return [contract, ((stream.nextBelow(2) === 0 ? -1 : 1) * tenths * size) / 10];
    });
    return [`random-${book + 1}`, `Random book ${book + 1}, seed ${seed}`, drawn];
  });
}

function portfolioOf(
  id: string,
  market: MarketSnapshot,
  { underlying }: BenchmarkTerms,
  legs: readonly (readonly [QuotedContract, number])[],
): Portfolio {
  const positions = legs.map(([{ instrument, terms }, units], at) => ({
    id: `${id}-${at + 1}` as PositionId,
    instrument,
    // contracts counted in quote currency hold as much of it as the units are worth
    quantity: quantityUnit(instrument) === instrument.quote ? units * terms.mark : units,
  }));
  return {
    ...{ name: `${underlying} ${id}`, venue: market.venue, positions, balances: [], components: [], sources: [] },
    ...{ asOfMs: market.asOfMs, synthetic: true },
  };
}
