export const msPerDay = 86_400_000;
export const msPerYear = 365 * msPerDay;

/**
 * Time between two instants, actual/365 to the millisecond.
 *
 * @param fromMs UTC milliseconds
 * @param toMs   UTC milliseconds
 * @returns years; ≥ 0, exactly 0 when `toMs` is not after `fromMs`
 * @source Deribit marks fit this day count and no other: resources/docs/glossary.md, "year"
 */
export function yearsBetween(fromMs: number, toMs: number): number {
  return Math.max(0, toMs - fromMs) / msPerYear;
}

/** ISO day (UTC) of an instant, e.g. `2026-11-22`. */
export function isoDate(ms: number): string {
  const known = isoDays.get(Math.floor(ms / msPerDay));
  if (known !== undefined) return known;
  const day = new Date(ms).toISOString().slice(0, 10);
  if (isoDays.size >= mostIsoDays) isoDays.clear();
  isoDays.set(Math.floor(ms / msPerDay), day);
  return day;
}

/** Days already written: a walk along a history asks for the same few thousand again and again. */
const isoDays = new Map<number, string>();
const mostIsoDays = 40_000;

/** Whether a text is a day of the calendar as `2026-11-22`; `2026-02-30` is none. */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(ms) && isoDate(ms) === text;
}

/** ISO instant (UTC) to the second, as shown on screen: `2026-11-22 14:05:09Z`. */
export function isoInstant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")}Z`;
}
