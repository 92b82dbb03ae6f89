/** Characters of a table's text that a line of paper holds, in the size that the sheet has. */
const lineOf = { upright: 100, across: 150 } as const;

/** Longer texts go on in the next line of their cell. */
const mostCharacters = 26;
/** What stands left and right of a cell, in characters. */
const padding = 2;

export interface PaperColumns {
  readonly landscape: boolean;
  /** Places of columns, a table after the other; each begins with the column that names the rows. */
  readonly bands: readonly (readonly number[])[];
}

/**
 * How a table stands on paper: without columns that are empty, the page turned where that helps, and what is still too wide in
 * several tables below each other.
 *
 * @param header names of the columns
 * @param rows   cells as they are printed
 */
export function paperColumns(header: readonly string[], rows: readonly (readonly string[])[]): PaperColumns {
  const key = keyOf(header, rows);
  const kept = header.map((_, at) => at).filter((at) => at === key || rows.some((row) => (row[at] ?? "") !== ""));
  const widths = header.map((name, at) => widthOf(name, rows, at));
  const others = kept.filter((at) => at !== key);
  const fill = (line: number): readonly (readonly number[])[] => {
    const first = widths[key] ?? 0;
    const bands: number[][] = [];
    let room = 0;
    for (const at of others) {
      const width = widths[at] ?? 0;
      const last = bands.at(-1);
      if (last === undefined || width > room) {
        bands.push([key, at]);
        room = line - first - width;
      } else {
        last.push(at);
        room -= width;
      }
    }
    return bands.length === 0 ? [[key]] : bands;
  };
  const upright = fill(lineOf.upright);
  return upright.length === 1 ? { landscape: false, bands: upright } : { landscape: true, bands: fill(lineOf.across) };
}

function widthOf(name: string, rows: readonly (readonly string[])[], at: number): number {
  const longestWord = Math.max(...name.split(" ").map((word) => word.length));
  const longest = rows.reduce((most, row) => Math.max(most, row[at]?.length ?? 0), longestWord);
  return Math.min(mostCharacters, longest) + padding;
}

/** The column that names a row wherever it stands: the first in which no text comes twice, or else the first of all. */
function keyOf(header: readonly string[], rows: readonly (readonly string[])[]): number {
  const isName = (at: number): boolean =>
    new Set(rows.map((row) => row[at])).size === rows.length && rows.some((row) => /[a-z]/i.test(row[at] ?? ""));
  const found = header.findIndex((_, at) => isName(at));
  return Math.max(0, found);
}
