import type { InstrumentId } from "../instrument/index.ts";
import { expiryKey } from "./expiry-group.ts";
import type { Forward, IndexPrice, MarketSnapshot, Quote, Smile } from "./snapshot.ts";

/** What a snapshot holds, by key. */
export interface QuoteIndex {
  readonly quote: (id: InstrumentId) => Quote | undefined;
  readonly index: (underlying: string) => IndexPrice | undefined;
  readonly forward: (underlying: string, quote: string, expiryMs: number) => Forward | undefined;
  readonly smile: (underlying: string, quote: string, expiryMs: number) => Smile | undefined;
}

const built = new WeakMap<MarketSnapshot, QuoteIndex>();

/**
 * Look-ups of a snapshot by instrument, underlying and expiry. Built on the first call and kept as long as the snapshot lives.
 *
 * @param snapshot never changed after it is built
 * @returns functions that answer `undefined` for what the snapshot does not hold
 */
export function quoteIndex(snapshot: MarketSnapshot): QuoteIndex {
  const known = built.get(snapshot);
  if (known !== undefined) return known;
  const quotes = new Map(snapshot.quotes.map((quote) => [quote.instrument.id, quote]));
  const indices = new Map(snapshot.indices.map((index) => [index.underlying, index]));
  const forwards = new Map(snapshot.forwards.map((f) => [expiryKey(f.underlying, f.quote, f.expiryMs), f]));
  const smiles = new Map(snapshot.smiles.map((s) => [expiryKey(s.underlying, s.quote, s.expiryMs), s]));
  const index: QuoteIndex = {
    quote: (id) => quotes.get(id),
    index: (underlying) => indices.get(underlying),
    forward: (underlying, quote, expiryMs) => forwards.get(expiryKey(underlying, quote, expiryMs)),
    smile: (underlying, quote, expiryMs) => smiles.get(expiryKey(underlying, quote, expiryMs)),
  };
  built.set(snapshot, index);
  return index;
}
