import type { InstrumentId } from "../instrument/index.ts";
import type { Forward, IndexPrice, MarketSnapshot, Quote, Smile } from "../market/index.ts";

/** A snapshot by the keys that resolving asks for. */
export interface SnapshotIndex {
  readonly quotes: ReadonlyMap<InstrumentId, Quote>;
  readonly indices: ReadonlyMap<string, IndexPrice>;
  readonly forwards: ReadonlyMap<string, Forward>;
  /** Smiles of one underlying and quote, expiries ascending; smiles without points left out. */
  readonly smiles: ReadonlyMap<string, readonly Smile[]>;
}

const known = new WeakMap<MarketSnapshot, SnapshotIndex>();

/** The index of a snapshot; made once for each, because snapshots never change. */
export function indexOf(snapshot: MarketSnapshot): SnapshotIndex {
  const found = known.get(snapshot);
  if (found !== undefined) return found;
  const smiles = new Map<string, Smile[]>();
  for (const smile of snapshot.smiles) {
    if (smile.points.length === 0) continue;
    const key = surfaceKey(smile);
    smiles.set(key, [...(smiles.get(key) ?? []), smile]);
  }
  for (const expiries of smiles.values()) expiries.sort((a, b) => a.expiryMs - b.expiryMs);
  const index = {
    quotes: new Map(snapshot.quotes.map((quote) => [quote.instrument.id, quote])),
    indices: new Map(snapshot.indices.map((price) => [price.underlying, price])),
    forwards: new Map(snapshot.forwards.map((forward) => [forwardKey(forward), forward])),
    smiles,
  };
  known.set(snapshot, index);
  return index;
}

/** Options that share forwards and smiles: the same underlying in the same quote currency. */
export function surfaceKey(of: { readonly underlying: string; readonly quote: string }): string {
  return `${of.underlying}/${of.quote}`;
}

export function forwardKey(of: {
  readonly underlying: string;
  readonly quote: string;
  readonly expiryMs: number;
}): string {
  return `${surfaceKey(of)}@${of.expiryMs}`;
}
