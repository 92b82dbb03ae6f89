/** Text of columns `from` to `to`, counted from 1, ends included, without trailing blanks. */
export function cut(line: string, from: number, to: number): string {
  return line.slice(from - 1, to).trim();
}

/**
 * Number of columns of digits with an implied decimal point.
 *
 * @param decimals digits after the implied point
 * @returns ≥ 0; `undefined` for blank columns and for anything but digits
 */
export function digits(line: string, from: number, to: number, decimals = 0): number | undefined {
  const text = line.slice(from - 1, to).trim();
  return /^\d+$/.test(text) ? Number(text) / 10 ** decimals : undefined;
}

/** As `digits`, with a sign in the column after them; `-` is negative. */
export function signed(line: string, from: number, to: number, decimals = 0): number | undefined {
  const value = digits(line, from, to, decimals);
  return value !== undefined && line[to] === "-" ? -value || 0 : value;
}

/**
 * An exponent of ten.
 *
 * @param signAt column of its sign, counted from 1, before or after the digits; `-` is negative
 * @returns 0 for blank columns
 */
export function exponent(line: string, from: number, to: number, signAt: number): number {
  const value = digits(line, from, to) ?? 0;
  return line[signAt - 1] === "-" ? -value || 0 : value;
}
