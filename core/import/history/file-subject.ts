import { stemOf } from "./history-format.ts";

/** What a file of one series is about, as its name says. */
export interface FileSubject {
  /** `price:BTC`, `volatility:BTC:30d`, `funding:BTC`. */
  readonly factor: string;
  /** The layout writes percent; checked against the values. */
  readonly percent: boolean;
}

const indexNames: Readonly<Record<string, string>> = { SP500: "SPX", SPX: "SPX", GSPC: "SPX" };
/** Coins that a file name may say without a quote currency. */
const coins = new Set(["BTC", "ETH", "SOL", "XRP", "ADA", "BNB", "DOGE", "LTC", "AVAX", "PAXG"]);

/**
 * What a table or array of one series is about, by its name: `yahoo_BTC-USD` is a price of BTC, `dvol_btc` and `vix_daily` are 30-day
 * volatilities in percent, `funding_rate_btc` is funding in percent per 8 h.
 *
 * @param name of the file
 * @returns `undefined` when the name does not say it: the columns must be mapped
 */
export function subjectOf(name: string): FileSubject | undefined {
  const tokens = stemOf(name)
    .toUpperCase()
    .split(/[^A-Z0-9]+/);
  if (tokens.includes("VIX")) return { factor: "volatility:SPX:30d", percent: true };
  const underlying = underlyingOf(tokens);
  if (underlying === undefined) return undefined;
  if (tokens.includes("DVOL")) return { factor: `volatility:${underlying}:30d`, percent: true };
  if (tokens.includes("FUNDING")) return { factor: `funding:${underlying}`, percent: true };
  return { factor: `price:${underlying}`, percent: false };
}

/** A pair against the dollar (`SOL-USD`, `ADAUSDT`), else a known index or coin. */
function underlyingOf(tokens: readonly string[]): string | undefined {
  for (const [place, token] of tokens.entries()) {
    const pair = /^([A-Z][A-Z0-9]{1,9})USD[TC]?$/.exec(token)?.[1];
    if (pair !== undefined) return pair;
    if (/^[A-Z][A-Z0-9]{1,9}$/.test(token) && /^USD[TC]?$/.test(tokens[place + 1] ?? "")) return token;
  }
  const known = tokens.find((token) => coins.has(token) || indexNames[token] !== undefined);
  return known && (indexNames[known] ?? known);
}

/**
 * Whether values of a kind can be percent, by their median: volatilities above 3 (300 % as a fraction), funding above 0.001 in size (a
 * fraction of 0.1 % in 8 h is no usual rate).
 */
export function looksLikePercent(factor: string, values: readonly number[]): boolean {
  const sizes = values.map(Math.abs).sort((a, b) => a - b);
  const median = sizes[sizes.length >> 1] ?? 0;
  return factor.startsWith("volatility:") ? median > 3 : median > 0.001;
}
