import { expiryOf } from "../../instrument/index.ts";
import type { Book } from "../contract.ts";
import type { MarketColumns } from "../market-columns.ts";
import { deltaShockUsd } from "./extended-risk-matrix-delta-shock.ts";
import { takenAtIndex } from "./extended-risk-matrix-entries.ts";
import { type PairVector, pairVectorsOf } from "./extended-risk-matrix-pair-vector.ts";
import { rollRate } from "./extended-risk-matrix-roll.ts";
import type { MatrixRules } from "./extended-risk-matrix-rules.ts";
import { matrixSetId } from "./extended-risk-matrix-scenarios.ts";
import { oncePerBook } from "./once-per-book.ts";

/** What a pair vector holds, without what differs from market to market. */
export interface PlacedVector extends PairVector {
  /** Places of its positions in the book. */
  readonly places: readonly number[];
  /** Its instruments: the place of the first position in each, and the net quantity. */
  readonly slots: readonly { readonly place: number; readonly quantity: number; readonly expiry: number }[];
  /** Roll rate of each expiry, perpetuals among them. */
  readonly rates: readonly number[];
}

/** Pair vectors of a book at many markets, as `pairVectorsOf`. */
export const placedVectorsOf = oncePerBook((book: Book, rules: MatrixRules): readonly PlacedVector[] => {
  const placeOf = new Map(book.positions.map((held, place) => [held, place]));
  return pairVectorsOf(book, rules).map((vector): PlacedVector => {
    const places = vector.positions.map((held) => placeOf.get(held) ?? 0);
    const expiries = new Map<number, number>();
    const slots = new Map<string, { place: number; quantity: number; expiry: number }>();
    vector.positions.forEach(({ position: { instrument, quantity } }, at) => {
      const expiryMs = expiryOf(instrument) ?? 0;
      const expiry = expiries.get(expiryMs) ?? expiries.size;
      expiries.set(expiryMs, expiry);
      const slot = slots.get(instrument.id) ?? { place: places[at] ?? 0, quantity: 0, expiry };
      slot.quantity += quantity;
      slots.set(instrument.id, slot);
    });
    const own = [...slots.values()];
    const rates = [...expiries].map(([expiryMs, expiry]) => {
      const first = own.find((slot) => slot.expiry === expiry);
      const years = expiryMs === 0 ? 0 : (book.positions[first?.place ?? 0]?.terms.years ?? 0);
      return rollRate(vector.risk.rules, years);
    });
    return { ...vector, places, slots: own, rates };
  });
});

/**
 * Profit sums of a pair vector, settlement currency: positions in order, as `profitSums` to rounding.
 *
 * @param width scenarios of its matrix
 * @returns `[market * width + scenario]`; gain > 0
 */
export function vectorProfits(markets: MarketColumns, vector: PlacedVector, rules: MatrixRules, width: number) {
  const { count, book, indices, marks } = markets;
  const sums = new Float64Array(count * width);
  for (const place of vector.places) {
    const own = markets.profits(matrixSetId(vector.underlying), place);
    const held = book.positions[place];
    if (held !== undefined && takenAtIndex({ rules }, vector, held)) {
      const [index, mark] = [indices.get(vector.underlying), marks[place]];
      for (let market = 0; market < count; market++) {
        const inDollars = (index?.[market] as number) / (mark?.[market] as number);
        for (let i = market * width; i < (market + 1) * width; i++)
          sums[i] = (sums[i] as number) + inDollars * (own[i] as number);
      }
    } else for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (own[i] as number);
  }
  return sums;
}

/** Adds the delta and roll shock of a pair vector at each market: in the coin of the underlying, or in dollars. */
export function addShocks(
  into: Float64Array,
  markets: MarketColumns,
  vector: PlacedVector,
  rules: MatrixRules,
  inCoin: boolean,
): void {
  const { deltaUsd, rollCoins } = deltaColumns(markets, vector, rules);
  const index = markets.indices.get(vector.underlying) ?? new Float64Array();
  for (let at = 0; at < into.length; at++) {
    const [usd, coins, price] = [deltaUsd[at], rollCoins[at], index[at]] as [number, number, number];
    into[at] = (into[at] as number) + (inCoin ? usd / price + coins : usd + coins * price);
  }
}

/** Shocks on the deltas of a pair vector at each market. */
interface DeltaColumns {
  /** Delta shock, USD; see `deltaShockLine`. */
  readonly deltaUsd: Float64Array;
  /** Roll shock of all expiries, underlying units; see `rollLines`. */
  readonly rollCoins: Float64Array;
}

/** Delta and roll shock of a pair vector, to rounding. */
function deltaColumns(
  { count, book, indices, marks, deltas }: MarketColumns,
  { slots, rates, inverse, underlying, pair }: PlacedVector,
  { general }: MatrixRules,
): DeltaColumns {
  const nets = rates.map(() => new Float64Array(count));
  const longOptions = new Float64Array(count);
  const others = new Float64Array(count);
  for (const { place, quantity, expiry } of slots) {
    const isOption = book.positions[place]?.position.instrument.kind === "option";
    const [mark, delta, net] = [marks[place], deltas[place], nets[expiry]] as Float64Array[];
    if (mark === undefined || delta === undefined || net === undefined) continue;
    const side = isOption && quantity > 0 ? longOptions : others;
    const lessPremium = general.optionDelta === "net" && inverse;
    for (let at = 0; at < count; at++) {
      const price = mark[at] as number;
      const future = inverse ? 1 / price : 1;
      const unit = isOption ? (delta[at] as number) - (lessPremium ? price : 0) : future;
      const value = quantity * unit;
      net[at] = (net[at] as number) + value;
      side[at] = (side[at] as number) + value;
    }
  }
  const index = indices.get(underlying) ?? new Float64Array();
  const deltaUsd = others.map((other, at) =>
    deltaShockUsd(other, longOptions[at] as number, index[at] as number, pair.rules),
  );
  const rollCoins = new Float64Array(count);
  nets.forEach((net, expiry) => {
    const rate = rates[expiry] as number;
    for (let at = 0; at < count; at++) rollCoins[at] = (rollCoins[at] as number) + rate * Math.abs(net[at] as number);
  });
  return { deltaUsd, rollCoins };
}
