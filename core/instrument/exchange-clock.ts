import { isoDate, msPerDay } from "../base/index.ts";

const msPerMinute = 60_000;
/** Minutes after midnight in New York: the opening that AM-settled index options settle at, and the close of stock and options. */
export const [openMinutes, closeMinutes] = [9 * 60 + 30, 16 * 60];
const changeMinutes = 2 * 60;

/**
 * UTC milliseconds of a wall clock in New York: five hours behind UTC, four in summer (since 2007 from the second Sunday of March
 * to the first of November, from 1987 to 2006 from the first Sunday of April to the last of October, changes at 2:00).
 *
 * @param isoDay  `2026-03-30`
 * @param minutes after midnight; of an hour that comes twice the first is meant
 * @returns `undefined` when there is no such day
 */
export function newYorkMs(isoDay: string, minutes: number): number | undefined {
  const midnight = dayMs(isoDay);
  if (midnight === undefined) return undefined;
  const local = midnight + minutes * msPerMinute;
  const [from, to] = summerTime(new Date(midnight).getUTCFullYear());
  return local + (local >= from && local < to ? 4 : 5) * 60 * msPerMinute;
}

/** Midnight of an ISO day as if it were UTC; `undefined` when there is no such day. */
function dayMs(isoDay: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(isoDay)) return undefined;
  const midnight = Date.parse(`${isoDay}T00:00:00Z`);
  return Number.isNaN(midnight) || isoDate(midnight) !== isoDay ? undefined : midnight;
}

/** Beginning and end of summer time as local wall clocks. */
function summerTime(year: number): readonly [number, number] {
  const [march, april, october, november] = [2, 3, 9, 10];
  const days =
    year >= 2007
      ? [sundayFrom(year, march, 8), sundayFrom(year, november, 1)]
      : [sundayFrom(year, april, year >= 1987 ? 1 : 24), sundayFrom(year, october, 25)];
  const [from = 0, to = 0] = days.map((day) => day + changeMinutes * msPerMinute);
  return [from, to];
}

/** The first Sunday on or after a day of a month. */
function sundayFrom(year: number, month: number, day: number): number {
  const start = Date.UTC(year, month, day);
  return start + ((7 - new Date(start).getUTCDay()) % 7) * msPerDay;
}

/**
 * The last day a listed option could be traded, of the day its symbol carries: monthly options carried the Saturday after it
 * until January 2015, and some tools still write it.
 *
 * @returns for a Saturday the Friday before, or the Thursday when that is Good Friday; else the day itself
 * @source OCC, expiration dates moved from Saturday to Friday as of February 2015
 */
export function tradingDayOf(isoDay: string): string {
  const midnight = dayMs(isoDay);
  if (midnight === undefined || new Date(midnight).getUTCDay() !== 6) return isoDay;
  const friday = midnight - msPerDay;
  const isGoodFriday = friday === easterSunday(new Date(friday).getUTCFullYear()) - 2 * msPerDay;
  return isoDate(isGoodFriday ? friday - msPerDay : friday);
}

/** Whether a day is the third Friday of its month, when index options expire at the opening and at the close. */
export function isThirdFriday(isoDay: string): boolean {
  const midnight = dayMs(isoDay);
  if (midnight === undefined) return false;
  const date = new Date(midnight);
  return date.getUTCDay() === 5 && date.getUTCDate() >= 15 && date.getUTCDate() <= 21;
}

/**
 * Easter Sunday of a year of the Gregorian calendar, midnight UTC.
 *
 * @source J. Meeus, Astronomical Algorithms, chapter 8
 */
function easterSunday(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const days = epact + weekday - 7 * late + 114;
  return Date.UTC(year, Math.floor(days / 31) - 1, (days % 31) + 1);
}
