import { type Failure, failure, finish, type Steps } from "../base/index.ts";
import type { SourceFile } from "../portfolio/index.ts";
import { groupByExpiry } from "./expiry-group.ts";
import { forwardOf } from "./forward.ts";
import { indexPrices } from "./index-price.ts";
import { smileOf } from "./smile.ts";
import type { Feed, Forward, IndexPrice, MarketSnapshot, Quote, Smile } from "./snapshot.ts";
import { type ExpiryFit, tornWarnings } from "./torn.ts";

export interface SnapshotInput {
  readonly name: string;
  readonly venue: string;
  /** UTC milliseconds. */
  readonly asOfMs: number;
  /** One row an instrument; prices in the instrument's price unit. */
  readonly quotes: readonly Quote[];
  /** Index prices known from elsewhere; they win over those found in the quotes. */
  readonly indices?: readonly IndexPrice[];
  /** Confidences and interest rates, where the venue publishes them. */
  readonly feeds?: readonly Feed[];
  readonly sources: readonly SourceFile[];
  readonly synthetic?: boolean;
}

/**
 * A market snapshot from its rows: index of each underlying, forward and smile of each expiry, and warnings for every fallback taken
 * and every sign that the rows are not of one instant.
 *
 * @param input rows and where they come from
 * @returns the snapshot; expiries at or before `asOfMs` keep their quotes but have no forward and no smile
 */
export function buildSnapshot(input: SnapshotInput): MarketSnapshot {
  return finish(snapshotSteps(input));
}

/** `buildSnapshot` in steps of one expiry each, for work that pauses. */
export function* snapshotSteps(input: SnapshotInput): Steps<MarketSnapshot> {
  const { name, venue, asOfMs, quotes, sources, synthetic, feeds } = input;
  const warnings: Failure[] = [];
  const found = indexPrices(quotes, input.indices ?? []);
  warnings.push(...found.warnings);
  yield;
  const groups = yield* groupByExpiry(quotes);
  yield;
  const forwards: Forward[] = [];
  const smiles: Smile[] = [];
  const fits: ExpiryFit[] = [];
  const expired = groups.filter(({ expiryMs, options }) => expiryMs <= asOfMs && options.length > 0);
  if (expired.length > 0) {
    const rows = expired.reduce((total, { options }) => total + options.length, 0);
    warnings.push(
      failure("not-applicable", `${rows} rows are of options that had expired at the time of the snapshot`),
    );
  }
  for (const group of groups) {
    if (group.expiryMs <= asOfMs) continue;
    const index = found.indices.find(({ underlying }) => underlying === group.underlying)?.price;
    const { forward, parity, warnings: own } = forwardOf(group, index);
    warnings.push(...own);
    if (forward !== undefined) forwards.push(forward);
    yield;
    const smile = smileOf(group, forward?.value);
    if (smile.points.length > 0) smiles.push(smile);
    if (group.options.length > 0) fits.push({ group, parity });
    yield;
  }
  warnings.push(...tornWarnings(quotes, found.ranges, fits));
  const kept = quotes.map(withoutRoundedMark);
  const built = { name, venue, asOfMs, indices: found.indices, quotes: kept, forwards, smiles, warnings, sources };
  return {
    ...built,
    ...(feeds === undefined ? {} : { feeds }),
    ...(synthetic === undefined ? {} : { synthetic }),
  };
}

function withoutRoundedMark(quote: Quote): Quote {
  if (quote.markRounded !== true || quote.markVolatility === undefined) return quote;
  const { mark: _, ...rest } = quote;
  return rest;
}
