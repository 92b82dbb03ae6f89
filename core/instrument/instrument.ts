import type { Brand } from "../base/index.ts";

/** `<venue>:<symbol>`: the same symbol is inverse on one venue and linear on another, so the venue is part of the identity. */
export type InstrumentId = Brand<string, "InstrumentId">;

/** How profit is paid: `inverse` in the underlying coin, `linear` in the quote currency. */
export type Payoff = "inverse" | "linear";

export type OptionType = "call" | "put";

interface Contract {
  readonly id: InstrumentId;
  readonly venue: string;
  readonly symbol: string;
  /** What the price moves with: `BTC`, `ETH`, `SOL`. Index prices and shocks are keyed by it. */
  readonly underlying: string;
  /** Currency of price and strike: `USD`, `USDC`, `USDT`. */
  readonly quote: string;
  readonly payoff: Payoff;
  /** Currency in which profit, value and margin arise: the underlying when inverse, the quote when linear. */
  readonly settlement: string;
  /**
   * Listed derivatives: money in `quote` of one contract for a price change of 1 (units of underlying of one contract); > 0.
   * The quantity of a position counts underlying units: contracts × contractSize (`contractsOf` goes back).
   */
  readonly contractSize?: number;
  /** Listed contracts: how a clearing house names it. */
  readonly listing?: Listing;
}

/** Product types of clearing houses: future, option on future, on physical or index, on combination; physical; combination. */
export const listedTypes = ["FUT", "OOF", "OOP", "OOC", "PHY", "CMB"] as const;

export type ListedType = (typeof listedTypes)[number];

/** The name of a listed contract at a clearing house; strike and right stand in the instrument. */
export interface Listing {
  /** Absent where the product code says it all. */
  readonly exchange?: string;
  readonly product: string;
  readonly type: ListedType;
  /** Contract month `CCYYMM`, with the suffix of weekly and flexible series: `201605S0`. Of the future for `FUT`, of the option for options. */
  readonly month: string;
  /** Month of the future an option on a future delivers, where it differs from `month`. */
  readonly futureMonth?: string;
}

export interface Spot extends Contract {
  readonly kind: "spot";
}

export interface Future extends Contract {
  readonly kind: "future";
  readonly expiryMs: number;
}

export interface Perpetual extends Contract {
  readonly kind: "perpetual";
}

export type Exercise = "european" | "american";

export interface Option extends Contract {
  readonly kind: "option";
  readonly expiryMs: number;
  readonly strike: number;
  readonly optionType: OptionType;
  /** Absent: European. */
  readonly exercise?: Exercise;
  /** What is delivered or settled against: the underlying itself (absent), or a future on it. */
  readonly on?: "future";
}

/** A share, a fund or another physical: valued in full like spot, quantity in units; its mark is its price. */
export interface Stock extends Contract {
  readonly kind: "stock";
}

/** Contract terms as data; nothing here knows how it is priced. */
export type Instrument = Spot | Future | Perpetual | Option | Stock;

export type InstrumentKind = Instrument["kind"];

/** `deribit:BTC-27MAR26-80000-C`: a symbol is unique at its venue only. */
export function instrumentId(venue: string, symbol: string): InstrumentId {
  return `${venue}:${symbol}` as InstrumentId;
}

/**
 * The unit in which a position's quantity counts.
 *
 * @returns the quote currency for inverse futures and perpetuals (their contract is a fixed amount of it),
 *          the underlying for everything else
 */
export function quantityUnit(instrument: Instrument): string {
  const countsQuote =
    instrument.payoff === "inverse" && (instrument.kind === "future" || instrument.kind === "perpetual");
  return countsQuote ? instrument.quote : instrument.underlying;
}

/**
 * Contracts of a listed position, signed as its quantity.
 *
 * @param quantity in `quantityUnit(instrument)`
 * @returns quantity / contractSize; the quantity itself where the instrument has no contract size
 */
export function contractsOf(instrument: Instrument, quantity: number): number {
  return quantity / (instrument.contractSize ?? 1);
}

/** Whether an instrument is listed at an exchange with a clearing house of its own, not at a crypto venue. */
export function isListed(instrument: Instrument): boolean {
  return instrument.kind === "stock" || instrument.contractSize !== undefined || instrument.listing !== undefined;
}

/** Expiry in UTC milliseconds; `undefined` for spot, stocks and perpetuals, which have none. */
export function expiryOf(instrument: Instrument): number | undefined {
  return instrument.kind === "future" || instrument.kind === "option" ? instrument.expiryMs : undefined;
}
