/**
 * The one module that turns numbers and times into text for people. Values keep full precision; rounding is display only,
 * ties away from zero. Missing, NaN and infinite values show as `—`, never as a number.
 */

export { accountName, accountsOf, withoutAccountIds } from "./account-mask.ts";

export interface NumberFormat {
  readonly locale: string;
  /** Accountants write (1.00) for −1.00. */
  readonly negative: "minus" | "parentheses";
}

export interface NumberOptions {
  /** Fixed decimals. */
  readonly decimals?: number;
  /** Significant digits instead of decimals. */
  readonly significant?: number;
  /** Always show the sign: for changes. */
  readonly signed?: boolean;
  /** Follows the number after a space: a currency or unit. */
  readonly unit?: string;
  /** `K`, `M`, `B`: only where space forces it. */
  readonly compact?: boolean;
}

export const missing = "—";

/** Stands beside every margin this program computes, on screen and in files. */
export const estimateNotice = "non-binding estimate: what the venue itself calculates decides";

const minus = "−";
const preference: { current: NumberFormat } = { current: { locale: "en-US", negative: "minus" } };
const formatters = new Map<string, Intl.NumberFormat>();

/**
 * Sets separators and the look of negatives for everything formatted from now on.
 *
 * @throws RangeError for a locale that is not a language tag
 */
export function setNumberFormat(format: NumberFormat): void {
  new Intl.NumberFormat(format.locale);
  preference.current = format;
}

/**
 * A number as people read it.
 *
 * @param value any unit; `undefined`, `null`, NaN, infinities and the sentinels ±1.797e308 are missing
 * @param options two decimals when neither decimals nor significant digits are given
 * @returns `1,234.50`, `−0.75`, `+12.50`, `~0.00` when it rounds to zero but is not, `—` when missing
 */
export function formatNumber(value: number | null | undefined, options: NumberOptions = {}): string {
  if (isMissing(value)) return missing;
  const text = decorate(value, digitsOf(value, options), options.signed === true);
  return options.unit === undefined ? text : `${text} ${options.unit}`;
}

/** Decimals of money by currency: USD-like 2, BTC 8, ETH 6, other coins 6. */
export function moneyDecimals(currency: string): number {
  if (/^(USD|USDC|USDT|USDE|EUR|EURR|GBP|CHF)$/.test(currency)) return 2;
  return currency === "BTC" ? 8 : 6;
}

/**
 * An amount with its currency after it: `1,234.50 USD`, `0.12345678 BTC`.
 *
 * @param amount in `currency`
 */
export function formatMoney(amount: number | null | undefined, currency: string, options: NumberOptions = {}): string {
  return formatNumber(amount, { decimals: moneyDecimals(currency), unit: currency, ...options });
}

/**
 * A fraction as a percentage: 0.1534 is `15.34 %`.
 *
 * @param fraction fraction, not percent
 */
export function formatPercent(fraction: number | null | undefined, options: NumberOptions = {}): string {
  const percent = isMissing(fraction) ? undefined : fraction * 100;
  return formatNumber(percent, { decimals: 2, unit: "%", ...options });
}

/**
 * A volatility in points: 0.6125 is `61.25`; the unit stands in the header.
 *
 * @param volatility fraction per √year
 */
export function formatVolatility(volatility: number | null | undefined, options: NumberOptions = {}): string {
  const points = isMissing(volatility) ? undefined : volatility * 100;
  return formatNumber(points, { decimals: 2, ...options });
}

/** A greek with four significant digits. */
export function formatGreek(value: number | null | undefined, options: NumberOptions = {}): string {
  return formatNumber(value, { significant: 4, ...options });
}

/** A quantity or price with as many decimals as it has, at most eight. */
export function formatQuantity(value: number | null | undefined, options: NumberOptions = {}): string {
  if (isMissing(value)) return missing;
  // Rounded first: 7.140000000000001 has two decimals, not eight.
  return formatNumber(value, { decimals: decimalsOf(Number(value.toFixed(8))), ...options });
}

const zone: { offset: ((ms: number) => number) | undefined } = { offset: undefined };

/**
 * Sets the zone of instants and times of day shown from now on; days stay UTC.
 *
 * @param offset minutes east of UTC at an instant (UTC milliseconds); `undefined`: UTC
 */
export function setTimeZone(offset: ((ms: number) => number) | undefined): void {
  zone.offset = offset;
}

/** ISO instant to the second, UTC: `2026-11-22 14:05:09Z`; in a zone of the user's with its offset: `2026-11-22 15:05:09+01:00`. */
export function formatInstant(ms: number | null | undefined): string {
  if (isMissing(ms) || Math.abs(ms) > 8.64e15) return missing;
  const minutes = zone.offset?.(ms);
  if (minutes === undefined || Math.abs(ms + minutes * 60_000) > 8.64e15) return utc(ms);
  const size = Math.abs(minutes);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${utc(ms + minutes * 60_000).slice(0, -1)}${minutes < 0 ? "-" : "+"}${two(size / 60)}:${two(size % 60)}`;
}

const utc = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")}Z`;

/** ISO day, UTC: `2026-11-22`. */
export function formatDay(ms: number | null | undefined): string {
  return isMissing(ms) || Math.abs(ms) > 8.64e15 ? missing : utc(ms).slice(0, 10);
}

/** Time of day, UTC: `14:05:09Z`. */
export function formatTime(ms: number | null | undefined): string {
  return isMissing(ms) ? missing : formatInstant(ms).slice(11);
}

/**
 * Time from one instant to another in the largest fitting unit: `42 s`, `5 min`, `3 h`, `12 days`.
 *
 * @param ms length, milliseconds; a negative length is of the future and shows as `in 42 s`
 */
export function formatDuration(ms: number | null | undefined): string {
  if (isMissing(ms)) return missing;
  const length = Math.abs(ms);
  const [size, name] = durations.find(([limit]) => length < limit * 120) ?? [86_400_000, "days"];
  const text = `${formatNumber(Math.floor(length / size), { decimals: 0 })} ${name}`;
  return ms < 0 ? `in ${text}` : text;
}

/** Bytes in KB, MB or GB of 1,000. */
export function formatBytes(bytes: number | null | undefined): string {
  if (isMissing(bytes)) return missing;
  const power = bytes < 1000 ? 0 : bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : 3;
  const unit = ["B", "KB", "MB", "GB"][power] ?? "B";
  return formatNumber(bytes / 1000 ** power, { decimals: power === 0 ? 0 : 1, unit });
}

/** The number as files and the clipboard have it: full precision, `.`, no grouping; empty when missing. */
export function rawNumber(value: number | null | undefined): string {
  if (isMissing(value)) return "";
  return String(value === 0 ? 0 : value);
}

/**
 * One cell of a CSV file (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe; numbers are left alone.
 */
export function csvCell(value: string | number | boolean | null | undefined): string {
  if (typeof value === "number") return rawNumber(value);
  const text = value === null || value === undefined ? "" : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as a CSV file with CRLF line ends. */
export function csvText(rows: readonly (readonly (string | number | boolean | null | undefined)[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

/** Whether a value shows as `—`: absent, not finite, or the sentinel ±1.797e308 that vendors write for "none". */
export function isMissing(value: number | null | undefined): value is null | undefined {
  return value === null || value === undefined || !Number.isFinite(value) || Math.abs(value) >= 1.797e308;
}

const durations: readonly (readonly [number, string])[] = [
  [1000, "s"],
  [60_000, "min"],
  [3_600_000, "h"],
];

/** Puts the sign before the digits; a value that shows as zero has none. */
function decorate(value: number, digits: string, signed: boolean): string {
  if (digits.startsWith("~")) return digits;
  if (value < 0 && preference.current.negative === "parentheses") return `(${digits})`;
  if (value < 0) return `${minus}${digits}`;
  return signed && value > 0 ? `+${digits}` : digits;
}

/** The digits of |value|, with `~` before a zero that is not one. */
function digitsOf(value: number, options: NumberOptions): string {
  const magnitude = Math.abs(value);
  const text = formatter(options).format(magnitude);
  return magnitude > 0 && !/[1-9]/.test(text) ? `~${text}` : text;
}

function formatter({ decimals = 2, significant, compact }: NumberOptions): Intl.NumberFormat {
  const { locale } = preference.current;
  const key = `${locale} ${decimals} ${significant} ${compact}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale, {
      ...(significant === undefined
        ? { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
        : { minimumSignificantDigits: significant, maximumSignificantDigits: significant }),
      ...(compact === true && { notation: "compact" as const }),
    });
    formatters.set(key, found);
  }
  return found;
}

function decimalsOf(value: number): number {
  const [digits = "", exponent = "0"] = Math.abs(value).toString().split("e");
  return Math.max(0, (digits.split(".")[1] ?? "").length - Number(exponent));
}
