import type { Instrument } from "../instrument/index.ts";
import type { Balance, Position, PositionId } from "../portfolio/index.ts";

/** What a trade gains at once against its mark: 0 at the mark, below 0 when it is bought dearer or sold cheaper. */
export interface TradeGain {
  /** Settlement currency of the instrument. */
  readonly currency: string;
  readonly amount: number;
  /** At the market's index; absent where the currency has no rate to USD. */
  readonly usd?: number;
}

/** A trade added to a portfolio for one run. */
export interface AddedLeg {
  readonly instrument: Instrument;
  /** Signed, long > 0, in `quantityUnit(instrument)`; finite. */
  readonly quantity: number;
  /** Absent: the first position in the instrument takes it, whatever its account. */
  readonly account?: string;
  /** Absent: traded at mark. */
  readonly gain?: TradeGain;
}

/**
 * Positions after trades. Legs in one instrument are added up first; the sum goes to the first position held in it (of the account, where
 * the leg names one), which is left out at 0, or becomes a position of its own behind the others.
 *
 * @returns the same array when nothing is traded
 */
export function withLegs(positions: readonly Position[], legs: readonly AddedLeg[]): readonly Position[] {
  const sums = new Map<string, { readonly leg: AddedLeg; quantity: number }>();
  for (const leg of legs) {
    const key = keyOf(leg);
    const known = sums.get(key);
    if (known === undefined) sums.set(key, { leg, quantity: leg.quantity });
    else known.quantity += leg.quantity;
  }
  const traded = [...sums.values()].filter(({ quantity }) => quantity !== 0);
  if (traded.length === 0) return positions;
  const places = placesOfInstruments(positions, new Set<string>(traded.map(({ leg }) => leg.instrument.id)));
  const changes = new Map<number, number>();
  const added: Position[] = [];
  for (const { leg, quantity } of traded) {
    const { instrument, account } = leg;
    const holder = places
      .get(instrument.id)
      ?.find((place) => account === undefined || positions[place]?.account === account);
    if (holder !== undefined) changes.set(holder, (changes.get(holder) ?? 0) + quantity);
    else
      added.push({
        ...{ id: `leg ${keyOf(leg)}` as PositionId, instrument, quantity },
        ...(account === undefined ? {} : { account }),
      });
  }
  const quantities = new Map([...changes].map(([place, change]) => [place, quantityAt(positions, place) + change]));
  return [...withQuantities(positions, quantities), ...added];
}

function quantityAt(positions: readonly Position[], place: number): number {
  return (positions[place] as Position).quantity;
}

function placesOfInstruments(
  positions: readonly Position[],
  ids: ReadonlySet<string>,
): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [place, { instrument }] of positions.entries()) {
    if (!ids.has(instrument.id)) continue;
    const own = places.get(instrument.id);
    if (own === undefined) places.set(instrument.id, [place]);
    else own.push(place);
  }
  return places;
}

/** Positions with other quantities at some places; 0 leaves the position out. */
export function withQuantities(
  positions: readonly Position[],
  quantities: ReadonlyMap<number, number>,
): readonly Position[] {
  const changed = positions.slice();
  let isLeftOut = false;
  for (const [place, quantity] of quantities) {
    isLeftOut ||= quantity === 0;
    changed[place] = { ...(positions[place] as Position), quantity };
  }
  return isLeftOut ? changed.filter((_, place) => quantities.get(place) !== 0) : changed;
}

/** Whether legs change anything: what is held, or what was paid. */
export function trades(legs: readonly AddedLeg[]): boolean {
  const sums = new Map<string, number>();
  for (const leg of legs) sums.set(keyOf(leg), (sums.get(keyOf(leg)) ?? 0) + leg.quantity);
  return [...sums.values()].some((quantity) => quantity !== 0) || legs.some(({ gain }) => (gain?.amount ?? 0) !== 0);
}

/**
 * Balances after what trades gain against their marks. The balance of the settlement currency takes it, or the whole account in USD where
 * that is all the portfolio states; a currency without a balance has one of this amount then. A portfolio without balances has no equity,
 * before or after.
 *
 * @param balances after what the user set
 */
export function withGains(balances: readonly Balance[], legs: readonly AddedLeg[]): readonly Balance[] {
  if (balances.length === 0) return balances;
  const gains = new Map<string, { amount: number; usd: number }>();
  for (const { gain } of legs) {
    if (gain === undefined || gain.amount === 0) continue;
    const known = gains.get(gain.currency) ?? { amount: 0, usd: 0 };
    gains.set(gain.currency, { amount: known.amount + gain.amount, usd: known.usd + (gain.usd ?? 0) });
  }
  let after = balances;
  for (const [currency, { amount, usd }] of gains) {
    const own = after.findIndex((balance) => balance.currency === currency && balance.wholeAccount !== true);
    const place = own >= 0 ? own : after.findIndex(({ wholeAccount }) => wholeAccount === true);
    if (place < 0) after = [...after, { currency, equity: amount, basis: "computed" }];
    else after = after.map((balance, at) => (at === place ? moved(balance, own >= 0 ? amount : usd) : balance));
  }
  return after;
}

function moved(balance: Balance, gain: number): Balance {
  return { ...balance, equity: balance.equity + gain };
}

function keyOf({ instrument: { id }, account }: AddedLeg): string {
  return account === undefined ? id : `${id} @ ${account}`;
}
