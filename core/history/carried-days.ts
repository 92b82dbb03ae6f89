import { msPerDay } from "../base/index.ts";

interface Dated {
  readonly timeMs: number;
  readonly value: number;
}

/** Weekend days needed before anything is concluded of them. */
const leastWeekendDays = 10;
/** Share of weekend days without a move from which a price is taken to be carried over closed days. */
const carriedShare = 0.95;
/** A price that rests on this share of weekdays too, such as a pegged coin, rests by itself. */
const restingShare = 0.5;

/**
 * Leaves out the days of a daily price series that only repeat the last close because the market was shut: where nearly all weekend
 * days repeat it to the last digit, those days are no observations, nor are weekdays that do (holidays). They would lower every
 * volatility and make zero moves of days on which nothing was traded.
 *
 * @param observations one a time, ascending
 * @returns what stays and what was left out; all stays where weekends have moves of their own
 * @source resources/docs/history.md, "Days without trading"
 */
export function withoutCarried<T extends Dated>(
  observations: readonly T[],
): { readonly observed: readonly T[]; readonly carried: readonly T[] } {
  const weekend = (place: number) => isWeekend(observations[place]?.timeMs ?? Number.NaN);
  const still = (place: number) => place > 0 && observations[place]?.value === observations[place - 1]?.value;
  const counts = { weekend: { days: 0, still: 0 }, weekday: { days: 0, still: 0 } };
  for (let place = 1; place < observations.length; place += 1) {
    const of = weekend(place) ? counts.weekend : counts.weekday;
    of.days += 1;
    if (still(place)) of.still += 1;
  }
  const shut = counts.weekend.days >= leastWeekendDays && counts.weekend.still >= carriedShare * counts.weekend.days;
  const resting = counts.weekday.still >= restingShare * counts.weekday.days;
  if (!shut || resting) return { observed: observations, carried: [] };
  const observed: T[] = [];
  const carried: T[] = [];
  for (const [place, observation] of observations.entries()) {
    if (still(place) || (weekend(place) && place === 0)) carried.push(observation);
    else observed.push(observation);
  }
  return { observed, carried };
}

/** Whether an instant is on a Saturday or Sunday, UTC. */
export function isWeekend(ms: number): boolean {
  const day = dayOfWeek(Math.floor(ms / msPerDay));
  return day === 0 || day === 6;
}

/** 0 is Sunday. Day 0 of the count, 1970-01-01, was a Thursday. */
function dayOfWeek(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}
