/** What one cell says where a number is expected. */
export type NumberReading = number | "absent" | "malformed";

const noValue = new Set(["", "null", "n/a", "--", "-", "nan", "none", "infinity", "-infinity", "inf", "-inf"]);
const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const grouped = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;
const groupedByDots = /^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d*)?$/;
const withDecimalComma = /^[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Reads a number as files write it: JSON number or text; exponents, leading dot or plus, blanks; money text with `$`, thousands
 * commas and parentheses for negative; a trailing `%`, which is removed and divides by nothing.
 *
 * @param raw          a JSON value or the text of a cell
 * @param decimalComma the file writes `0,5` for one half
 * @returns `absent` for empty cells, `null`, `N/A`, `--`, `NaN`, `None`, `Infinity`: never 0; `malformed` for anything else that is no number
 * @source resources/docs/formats.md, section 1
 */
export function readNumber(raw: unknown, decimalComma = false): NumberReading {
  if (typeof raw === "number") return Number.isFinite(raw) ? raw : "malformed";
  if (raw === undefined || raw === null) return "absent";
  if (typeof raw !== "string") return "malformed";
  const text = raw.trim();
  if (plain.test(text) && !(decimalComma && groupedByDots.test(text))) return finite(text);
  if (noValue.has(text.toLowerCase())) return "absent";
  return readMoney(text, decimalComma);
}

function readMoney(text: string, decimalComma: boolean): NumberReading {
  const inParentheses = /^\((.*)\)$/.exec(text);
  let digits = (inParentheses?.[1] ?? text).replace(/%$/, "").trim();
  digits = digits.replace(/^([+-]?)\$\s*/, "$1");
  if (decimalComma && (groupedByDots.test(digits) || withDecimalComma.test(digits))) {
    digits = digits.replaceAll(".", "").replace(",", ".");
  } else if (grouped.test(digits)) {
    digits = digits.replaceAll(",", "");
  }
  if (!plain.test(digits)) return "malformed";
  const value = finite(digits);
  return inParentheses !== null && typeof value === "number" ? -value : value;
}

function finite(text: string): NumberReading {
  const value = Number(text);
  return Number.isFinite(value) ? value : "malformed";
}

/** Percent as a fraction, without the noise of a division: 85.05 gives 0.8505. Fifteen significant digits are kept. */
export function fractionOfPercent(percent: number): number {
  return Number((percent / 100).toPrecision(15));
}
