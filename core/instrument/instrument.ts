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

export interface Option extends Contract {
  readonly kind: "option";
  readonly expiryMs: number;
  readonly strike: number;
  readonly optionType: OptionType;
}

/** Contract terms as data; nothing here knows how it is priced. */
export type Instrument = Spot | Future | Perpetual | Option;

export type InstrumentKind = Instrument["kind"];

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

/** Expiry in UTC milliseconds; `undefined` for spot and perpetuals, which have none. */
export function expiryOf(instrument: Instrument): number | undefined {
  return instrument.kind === "future" || instrument.kind === "option" ? instrument.expiryMs : undefined;
}
