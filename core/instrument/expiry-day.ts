const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const expiryHourUtc = 8;

/**
 * Expiry on a day: 08:00 UTC.
 *
 * @param month counts from 0
 * @returns UTC ms; `undefined` when there is no such day
 */
export function expiryOn(year: number, month: number, day: number): number | undefined {
  const expiryMs = Date.UTC(year, month, day, expiryHourUtc);
  const found = new Date(expiryMs);
  return found.getUTCMonth() === month && found.getUTCDate() === day ? expiryMs : undefined;
}

/** Expiry of a day written `27MAR26`; `undefined` when there is no such day. */
export function namedExpiry(text: string): number | undefined {
  const [, day = "", month = "", year = ""] = /^(\d{1,2})([A-Z]{3})(\d{2})$/.exec(text) ?? [];
  return months.includes(month) ? expiryOn(2000 + Number(year), months.indexOf(month), Number(day)) : undefined;
}

/** Expiry of a day written `260327` (YYMMDD); `undefined` when there is no such day. */
export function compactExpiry(text: string): number | undefined {
  const [, year = "", month = "", day = ""] = /^(\d{2})(\d{2})(\d{2})$/.exec(text) ?? [];
  return year === "" ? undefined : expiryOn(2000 + Number(year), Number(month) - 1, Number(day));
}

/** 08:00 UTC of the last Friday of a month. Months count from 0. */
export function lastFridayExpiry(year: number, month: number): number {
  const lastDay = new Date(Date.UTC(year, month + 1, 0));
  const back = (lastDay.getUTCDay() + 2) % 7;
  return Date.UTC(year, month, lastDay.getUTCDate() - back, expiryHourUtc);
}
