import type { Feed } from "../../market/index.ts";
import type { Book } from "../contract.ts";
import { usdPerUnit } from "./usd-per-unit.ts";

/** What Derive's oracles say beside prices, as a methodology asks for it. */
export interface DeriveFeeds {
  /** U: USD per unit of the cash currency; > 0. */
  readonly stablePrice: number;
  /** Smallest confidence of the feeds named, 0 to 1; 1 for a feed without one. */
  readonly confidence: (...feeds: readonly FeedKey[]) => number;
  /** Continuously compounded rate of an expiry; absent when the market has none. */
  readonly rate: (underlying: string, expiryMs: number) => number | undefined;
  /** Part of the forward the settlement average has fixed already; absent when the market does not say. */
  readonly fixedForward: (underlying: string, expiryMs: number) => number | undefined;
  /** Whether the market states any confidence at all. */
  readonly hasConfidences: boolean;
}

type FeedKey = Pick<Feed, "kind" | "underlying" | "expiryMs">;

/** The cash currency: wrapped USDC. */
export const cashCurrency = "USDC";

/** Feeds of a book by what they are about. */
export function feedsOf({ feeds = [], indices }: Pick<Book, "feeds" | "indices">): DeriveFeeds {
  const hasConfidences = feeds.some(({ confidence }) => confidence !== undefined);
  const byKey = new Map(feeds.map((feed) => [keyOf(feed), feed]));
  return {
    stablePrice: usdPerUnit(indices, cashCurrency),
    confidence: (...wanted) =>
      hasConfidences ? Math.min(1, ...wanted.map((feed) => byKey.get(keyOf(feed))?.confidence ?? 1)) : 1,
    rate: (underlying, expiryMs) => byKey.get(keyOf({ kind: "rate", underlying, expiryMs }))?.value,
    fixedForward: (underlying, expiryMs) => byKey.get(keyOf({ kind: "forward", underlying, expiryMs }))?.value,
    hasConfidences,
  };
}

/**
 * Deduction from initial margin because a feed is unsure.
 *
 *     (1 − c)·factor·amount where c < threshold, else 0
 *
 * @param amount     exposure, USD; ≥ 0
 * @param confidence c, 0 to 1
 * @returns USD; ≥ 0
 * @source resources/docs/methodology/derive-portfolio-2.md, section 5.3
 */
export function confidenceDeduction(
  amount: number,
  confidence: number,
  { threshold, factor }: { readonly threshold: number; readonly factor: number },
): number {
  return confidence < threshold ? (1 - confidence) * factor * amount : 0;
}

function keyOf({ kind, underlying, expiryMs }: FeedKey): string {
  return `${kind}:${underlying}@${expiryMs ?? ""}`;
}
