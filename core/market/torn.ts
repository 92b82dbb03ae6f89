import { formatDuration } from "../base/format.ts";
import { type Failure, failure, unitOfPlace } from "../base/index.ts";
import { type ExpiryGroup, expiryName } from "./expiry-group.ts";
import type { ParityForward } from "./parity-forward.ts";
import { unequalVolatilities } from "./smile.ts";
import type { Quote } from "./snapshot.ts";

const secondsAllowed = 10;
const indexRangeAllowed = 0.001;
const forwardSpreadAllowed = 0.0001;
const unequalAllowed = 0.005;
const listed = 5;

const tornWords = "torn snapshot";

/** Whether a warning of a snapshot says that its rows are not of one instant. */
export function isTorn({ message }: Failure): boolean {
  return message.startsWith(tornWords);
}

export interface ExpiryFit {
  readonly group: ExpiryGroup;
  readonly parity: ParityForward | undefined;
}

/**
 * Signs that the rows of a snapshot are not of one instant, each as one sentence: times more than 10 s apart, an index that moves
 * by more than 10 basis points inside the rows, parity forwards of one expiry that differ by more than 1 basis point (beyond what
 * the rounding of the marks explains), more than 0.5 % of strikes whose call and put state different mark volatilities.
 *
 * @source resources/docs/formats.md, section 8
 */
export function tornWarnings(
  quotes: readonly Quote[],
  indexRanges: ReadonlyMap<string, number>,
  fits: readonly ExpiryFit[],
): readonly Failure[] {
  const signs: string[] = [];
  const [first, last] = timeRange(quotes);
  if (last - first > secondsAllowed * 1000) {
    const length = last - first < 3_600_000 ? `${((last - first) / 1000).toFixed(0)} s` : formatDuration(last - first);
    signs.push(`the rows were taken over ${length}`);
  }
  for (const [underlying, range] of indexRanges) {
    if (range > indexRangeAllowed) {
      signs.push(`the ${underlying} index moves by ${basisPoints(range)} basis points inside the rows`);
    }
  }
  const spread = fits.filter((fit) => fit.parity !== undefined && fit.parity.spread > allowedSpread(fit));
  if (spread.length > 0) {
    const worst = [...spread].sort((a, b) => (b.parity?.spread ?? 0) - (a.parity?.spread ?? 0)).slice(0, listed);
    const names = worst.map(({ group, parity }) => `${expiryName(group)} ${basisPoints(parity?.spread ?? 0)}`);
    const count = `parity forwards of single strikes disagree in ${spread.length} of ${fits.length} expiries`;
    signs.push(`${count} (basis points: ${names.join(", ")}${spread.length > listed ? ", …" : ""})`);
  }
  const { pairs, unequal } = fits.reduce(
    (total, { group }) => {
      const own = unequalVolatilities(group);
      return { pairs: total.pairs + own.pairs, unequal: total.unequal + own.unequal };
    },
    { pairs: 0, unequal: 0 },
  );
  if (unequal > unequalAllowed * pairs)
    signs.push(`${unequal} of ${pairs} strikes have different mark volatilities for call and put`);
  return signs.map((sign) => failure("conflict", `${tornWords}: ${sign}`));
}

/** One basis point, plus what one unit of the last digit on call and put explains. */
function allowedSpread({ group }: ExpiryFit): number {
  let unit = 1;
  for (const { mark } of group.options) {
    if (mark !== undefined && mark > 0) unit = Math.min(unit, lastDigit(mark));
  }
  const relative = group.payoff === "inverse" ? unit : unit / (group.strikes[0]?.strike ?? 1);
  return forwardSpreadAllowed + 2 * relative;
}

/** Value of one unit of the last decimal place, at least 1e-8: 0.0535 → 0.0001. */
function lastDigit(value: number): number {
  for (let places = 0; places < 8; places += 1) {
    const scaled = value * 10 ** places;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6) return unitOfPlace(places);
  }
  return 1e-8;
}

function timeRange(quotes: readonly Quote[]): readonly [number, number] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { timestampMs } of quotes) {
    if (timestampMs === undefined) continue;
    first = Math.min(first, timestampMs);
    last = Math.max(last, timestampMs);
  }
  return [first, last];
}

function basisPoints(fraction: number): string {
  return (fraction * 10_000).toFixed(1);
}
