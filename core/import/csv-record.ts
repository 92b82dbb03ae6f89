/** One record of a CSV text. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** 1-based line on which the record begins. */
  readonly line: number;
  /** The text ended inside a quoted cell. */
  readonly cut: boolean;
}

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
/** A quoted cell that has not ended after this many characters was never closed: the record is cut at its first line. */
const longestRecord = 1_000_000;

/**
 * Splits CSV text that arrives in pieces into records (RFC 4180): quoted cells with separators, doubled quotes and line breaks; CR LF,
 * LF or CR at line ends; blank lines are left out. A quote inside an unquoted cell is an ordinary character.
 *
 * Written here rather than taken from a package because it must stop between any two records and keep 200,000 rows under a second.
 */
export class CsvSplitter {
  private rest = "";
  private line = 1;
  private readonly separator: number;

  /** @param separator one character: `,` `;` or TAB */
  constructor(separator: string) {
    this.separator = separator.charCodeAt(0);
  }

  /** Records completed by this piece of text; `last` also ends an unfinished record. */
  *push(piece: string, last: boolean): Generator<CsvRecord, void, undefined> {
    const text = this.rest + piece;
    let start = 0;
    while (start < text.length) {
      const end = this.recordEnd(text, start, last);
      if (end === undefined) break;
      const record = this.split(text, start, end.at);
      const line = this.line;
      this.line += end.lines;
      start = end.next;
      if (record.cells.length > 1 || (record.cells[0] ?? "") !== "") yield { ...record, line };
    }
    this.rest = text.slice(start);
  }

  /** Where the record that begins at `start` ends: the first line break outside quotes. */
  private recordEnd(
    text: string,
    start: number,
    last: boolean,
  ): { readonly at: number; readonly next: number; readonly lines: number } | undefined {
    let quoted = false;
    let cellStart = true;
    let lines = 0;
    let firstBreak = -1;
    for (let i = start; i < text.length; i += 1) {
      if (quoted && i - start > longestRecord && firstBreak >= 0)
        return { at: firstBreak, next: firstBreak + 1, lines: 1 };
      const code = text.charCodeAt(i);
      if (code === quote) {
        if (quoted && text.charCodeAt(i + 1) === quote) i += 1;
        else if (quoted || cellStart) quoted = !quoted;
        cellStart = false;
      } else if (quoted) {
        if (code !== lineFeed) continue;
        lines += 1;
        if (firstBreak < 0) firstBreak = i;
      } else if (code === lineFeed) {
        return { at: i, next: i + 1, lines: lines + 1 };
      } else if (code === carriageReturn) {
        if (i + 1 === text.length && !last) return undefined;
        const two = text.charCodeAt(i + 1) === lineFeed;
        return { at: i, next: i + (two ? 2 : 1), lines: lines + 1 };
      } else {
        cellStart = code === this.separator;
      }
    }
    return last ? { at: text.length, next: text.length, lines: lines + 1 } : undefined;
  }

  private split(text: string, start: number, end: number): { cells: string[]; cut: boolean } {
    const cells: string[] = [];
    let at = start;
    for (;;) {
      if (text.charCodeAt(at) === quote && at < end) {
        const closing = closingQuote(text, at + 1, end);
        const cell = text.slice(at + 1, closing).replaceAll('""', '"');
        if (closing === end) return { cells: [...cells, cell], cut: true };
        let next = closing + 1;
        while (next < end && text.charCodeAt(next) !== this.separator) next += 1;
        cells.push(cell + text.slice(closing + 1, next));
        at = next;
      } else {
        let next = at;
        while (next < end && text.charCodeAt(next) !== this.separator) next += 1;
        cells.push(text.slice(at, next));
        at = next;
      }
      if (at >= end) return { cells, cut: false };
      at += 1;
    }
  }
}

function closingQuote(text: string, from: number, end: number): number {
  for (let i = from; i < end; i += 1) {
    if (text.charCodeAt(i) !== quote) continue;
    if (text.charCodeAt(i + 1) !== quote || i + 1 >= end) return i;
    i += 1;
  }
  return end;
}
