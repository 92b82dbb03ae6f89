import { formatDuration } from "../base/format.ts";
import { isoInstant, msPerDay, sum } from "../base/index.ts";
import { expiryOf } from "../instrument/index.ts";
import type { MarketSnapshot } from "../market/index.ts";
import type { Portfolio } from "../portfolio/index.ts";
import { type Intake, report } from "./intake.ts";

const namesShown = 5;
const apartMs = (5 * msPerDay) / (24 * 60);

/**
 * Checks of what the files hold together, as warnings with counts: expired positions, marks outside bid and ask, the sum of the
 * positions' deltas against the account's, market files of different times.
 *
 * @source resources/docs/formats.md, section 8
 */
export function checkTogether(
  intake: Intake,
  portfolio: Portfolio | undefined,
  market: MarketSnapshot | undefined,
): void {
  intake.row = undefined;
  if (portfolio !== undefined) {
    intake.file = portfolio.sources[0]?.name ?? intake.file;
    if (market !== undefined) checkExpired(intake, portfolio, market);
    checkDeltas(intake, portfolio);
  }
  if (market !== undefined) {
    intake.file = market.sources[0]?.name ?? intake.file;
    checkSpreads(intake, market);
    checkTimes(intake);
  }
}

function checkExpired(intake: Intake, { positions }: Portfolio, { asOfMs }: MarketSnapshot): void {
  const expired = positions.filter(({ instrument }) => (expiryOf(instrument) ?? Number.POSITIVE_INFINITY) <= asOfMs);
  if (expired.length === 0) return;
  const names = expired.slice(0, namesShown).map(({ instrument }) => instrument.symbol);
  const more = expired.length > namesShown ? ", …" : "";
  const message = `${expired.length} positions had expired at the time of the market, ${isoInstant(asOfMs)}: ${names.join(", ")}${more}`;
  report(intake, "warning", { rule: "expiry is after the snapshot", message });
}

/**
 * Deribit's identity: account delta + option value = delta of the positions (Black delta for options, coins for futures). Positions are
 * rounded to five decimals, so each may be off by half of the last one.
 */
function checkDeltas(intake: Intake, { positions }: Portfolio): void {
  for (const [currency, stated] of intake.accountDeltas) {
    const own = positions.filter(({ instrument }) => instrument.settlement === currency);
    const deltas = own.flatMap(({ stated: figures }) => figures?.delta ?? []);
    if (own.length === 0 || deltas.length < own.length) continue;
    const total = sum(deltas);
    if (Math.abs(total - stated) <= 1e-6 * Math.abs(stated) + 1e-5 * own.length) continue;
    const message = `the deltas of the ${currency} positions add up to ${total}, the account states ${stated}: positions are missing or of another time`;
    report(intake, "warning", { rule: "position deltas add up to the account's", message });
  }
}

function checkSpreads(intake: Intake, { quotes }: MarketSnapshot): void {
  const quoted = quotes.filter(({ mark, bid, ask }) => mark !== undefined && bid !== undefined && ask !== undefined);
  const outside = quoted.filter(({ mark = 0, bid = 0, ask = 0 }) => mark < bid || mark > ask);
  if (outside.length === 0) return;
  const message = `the mark is outside bid and ask in ${outside.length} of ${quoted.length} rows that have both`;
  report(intake, "warning", { rule: "bid ≤ mark ≤ ask", message });
}

/**
 * Market files more than five minutes apart become one market all the same, so the first line of the report says so: it must
 * not drown among the rows that stand in both.
 */
function checkTimes(intake: Intake): void {
  const files = [...intake.quoteTimes].sort(([, a], [, b]) => a - b);
  const [first, last] = [files[0], files.at(-1)];
  if (first === undefined || last === undefined || last[1] - first[1] <= apartMs) return;
  const ends = [first, last].map(([name, timeMs]) => `${name} of ${isoInstant(timeMs)}`).join(" and ");
  const between = files.length > 2 ? `, with ${files.length - 2} more between them` : "";
  const message = `the market files are ${formatDuration(last[1] - first[1])} apart: ${ends}${between}; together they are the market of no one moment`;
  intake.problems.unshift({ severity: "warning", file: first[0], rule: "market files are of one time", message });
}
