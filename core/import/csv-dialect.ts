const separators = [",", ";", "\t"];
const linesCounted = 20;

/**
 * Separator of a CSV text: the most frequent of `,` `;` TAB outside quotes in the first 20 lines.
 *
 * @param head beginning of the text
 * @returns `undefined` when none of them occurs
 * @source resources/docs/formats.md, section 1
 */
export function separatorOf(head: string): string | undefined {
  const counts = new Map(separators.map((separator) => [separator, 0]));
  let quoted = false;
  let lines = 0;
  for (const character of head) {
    if (character === '"') quoted = !quoted;
    if (quoted) continue;
    if (character === "\n") lines += 1;
    if (lines >= linesCounted) break;
    const count = counts.get(character);
    if (count !== undefined) counts.set(character, count + 1);
  }
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  return best === undefined || best[1] === 0 ? undefined : best[0];
}

/**
 * Whether cells write `0,5` for one half: only where the separator is not a comma, some cell is digits, comma, digits, and none is
 * digits, point, digits.
 */
export function usesDecimalComma(separator: string, records: readonly (readonly string[])[]): boolean {
  if (separator === ",") return false;
  const cells = records.flat().map((cell) => cell.trim());
  return cells.some(isDigitsCommaDigits) && !cells.some((cell) => /^-?\d+\.\d+$/.test(cell));
}

/** Whether every number with a decimal comma could as well have commas between its thousands: `1,000`, never `1,5` or `0,125`. */
export function couldBeThousands(records: readonly (readonly string[])[]): boolean {
  const cells = records.flat().map((cell) => cell.trim());
  return cells.filter(isDigitsCommaDigits).every((cell) => /^-?[1-9]\d{0,2},\d{3}$/.test(cell));
}

/** Whether a cell is whole digits, one comma and digits: `1,5`, `0,125` and `1,000`. */
export function isDigitsCommaDigits(cell: string): boolean {
  return /^-?\d+,\d+$/.test(cell.trim());
}
