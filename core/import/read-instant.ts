/** What one cell says where a time is expected. */
export type InstantReading =
  | { readonly kind: "absent" }
  | { readonly kind: "malformed" }
  /** `zoned` is false for text without a zone; `dateOnly` text is at midnight of its day. */
  | { readonly kind: "instant"; readonly ms: number; readonly zoned: boolean; readonly dateOnly: boolean };

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i;
const compactDay = /^(19|20)(\d{2})(\d{2})(\d{2})$/;
const namedDay = /^(\d{1,2})([A-Z]{3})(\d{2})$/;
const digits = /^\d+(?:\.\d+)?$/;
const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
/** Files repeat a few times in every row: the last texts read are kept with their meaning. */
const recentTexts = 64;
const recent = new Map<string, InstantReading>();
const absentTexts = new Set(["", "null", "n/a", "--", "-", "nan", "none"]);

/**
 * Reads an instant: ISO 8601 text, or a count since 1970 whose size tells seconds, milliseconds, microseconds or nanoseconds.
 * Also days as `20260327` and `27MAR26`. Whole milliseconds; smaller parts are cut off.
 *
 * @param raw a JSON value or the text of a cell
 * @source resources/docs/formats.md, section 3
 */
export function readInstant(raw: unknown): InstantReading {
  if (raw === undefined || raw === null) return { kind: "absent" };
  if (typeof raw === "number") return fromCount(raw);
  if (typeof raw !== "string") return { kind: "malformed" };
  const known = recent.get(raw);
  if (known !== undefined) return known;
  const reading = readText(raw.trim());
  if (recent.size >= recentTexts) recent.clear();
  recent.set(raw, reading);
  return reading;
}

function readText(text: string): InstantReading {
  if (absentTexts.has(text.toLowerCase())) return { kind: "absent" };
  const isoMatch = iso.exec(text);
  if (isoMatch) return fromIso(isoMatch);
  const compact = compactDay.exec(text);
  if (compact) return day(Number(`${compact[1]}${compact[2]}`), Number(compact[3]) - 1, Number(compact[4]));
  const named = namedDay.exec(text.toUpperCase());
  if (named) return day(2000 + Number(named[3]), months.indexOf(named[2] ?? ""), Number(named[1]));
  return digits.test(text) ? fromCount(Number(text)) : { kind: "malformed" };
}

function fromCount(count: number): InstantReading {
  if (!Number.isFinite(count) || count <= 0) return { kind: "malformed" };
  const ms = count < 1e11 ? count * 1000 : count < 1e14 ? count : count < 1e17 ? count / 1000 : count / 1e6;
  return { kind: "instant", ms: Math.floor(ms), zoned: true, dateOnly: false };
}

function fromIso(match: RegExpExecArray): InstantReading {
  const [, year, month, dayOfMonth, hour, minute, second, fraction, zone] = match;
  const start = day(Number(year), Number(month) - 1, Number(dayOfMonth));
  if (start.kind !== "instant" || hour === undefined) return start;
  const [h, m, s] = [Number(hour), Number(minute), Number(second ?? 0)];
  // 24:00 is midnight at the end of a day; nothing comes after it.
  if (h > 24 || m > 59 || s > 60 || (h === 24 && (m > 0 || s > 0 || Number(fraction ?? 0) > 0)))
    return { kind: "malformed" };
  const milliseconds = Number((fraction ?? "").padEnd(3, "0").slice(0, 3));
  const ms = start.ms + ((h * 60 + m) * 60 + s) * 1000 + milliseconds - zoneOffset(zone);
  return { kind: "instant", ms, zoned: zone !== undefined, dateOnly: false };
}

function zoneOffset(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? "");
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === "-" ? -minutes : minutes) * 60_000;
}

function day(year: number, month: number, dayOfMonth: number): InstantReading {
  const ms = Date.UTC(year, month, dayOfMonth);
  const date = new Date(ms);
  if (month < 0 || date.getUTCMonth() !== month || date.getUTCDate() !== dayOfMonth) return { kind: "malformed" };
  return { kind: "instant", ms, zoned: false, dateOnly: true };
}
