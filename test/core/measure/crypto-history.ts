import { goldenMeasures } from "./golden-case.ts";

interface CryptoFile {
  readonly series: {
    readonly btc_close: readonly number[];
    readonly eth_close: readonly number[];
    readonly btc_dvol_close: readonly number[];
  };
  readonly cases: readonly CryptoCase[];
}

export interface CryptoCase {
  readonly id: string;
  readonly expected: Record<string, number>;
  readonly tolerance: { readonly rel: number };
}

export const crypto = goldenMeasures<CryptoFile>("measures-crypto-historical.json");

/** Relative changes of consecutive closes. */
export function changes(closes: readonly number[]): Float64Array {
  return Float64Array.from(closes.slice(1), (close, i) => close / (closes[i] ?? 0) - 1);
}

export const lastOf = (closes: readonly number[]): number => closes[closes.length - 1] ?? 0;

export const btc = changes(crypto.series.btc_close);
export const eth = changes(crypto.series.eth_close);

/** Value of the book of the cases by asset: +2.5 BTC and +20 ETH. */
export const bookValues = [2.5 * lastOf(crypto.series.btc_close), 20 * lastOf(crypto.series.eth_close)] as const;

/** Losses of that book by asset, asset-major, for the changes of each. */
export function lossesByAsset(btcChanges: Float64Array, ethChanges: Float64Array): Float64Array {
  const [b, e] = bookValues;
  return Float64Array.from([...btcChanges.map((r) => -b * r), ...ethChanges.map((r) => -e * r)]);
}

/** Losses of that book, one a day. */
export function bookLossesOf(btcChanges: Float64Array, ethChanges: Float64Array): Float64Array {
  const [b, e] = bookValues;
  return btcChanges.map((r, day) => -b * r - e * (ethChanges[day] ?? 0));
}
