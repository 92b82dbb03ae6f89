import { CsvError, parse } from "csv-parse/sync";

/** One record of a CSV text. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** 1-based line on which the record begins. */
  readonly line: number;
  /** The text ended inside a quoted cell. */
  readonly cut: boolean;
}

/** Parsed at once: some 10 ms of work. A record that has not ended after this many characters was never closed: it is cut at its first line. */
const longestRecord = 128 * 1024;

const lineBreak = /\r\n|\r|\n/g;

interface ParsedRecord extends CsvRecord {
  /** UTF-8 bytes of the chunk up to the end of the record. */
  readonly endByte: number;
}

/**
 * Splits CSV text that arrives in pieces into records (RFC 4180): quoted cells with separators, doubled quotes and line breaks; CR LF,
 * LF or CR at line ends; blank lines are left out. A quote inside an unquoted cell is an ordinary character.
 *
 * The package csv-parse reads the records; here the text is only handed to it in chunks of whole lines, so that work can stop between
 * any two of them, and a chunk that ends inside a quoted cell is taken up again from the beginning of that record.
 */
export class CsvSplitter {
  private rest = "";
  private line: number;
  private readonly separator: string;

  /**
   * @param separator one character: `,` `;` or TAB
   * @param firstLine number of the line on which the text begins
   */
  constructor(separator: string, firstLine = 1) {
    this.separator = separator;
    this.line = firstLine;
  }

  /** Records completed by this piece of text; `last` also ends an unfinished record. */
  *push(piece: string, last: boolean): Generator<CsvRecord, void, undefined> {
    const text = this.rest + piece;
    let start = 0;
    while (start < text.length) {
      const end = chunkEnd(text, start, last);
      if (end === undefined) break;
      const chunk = text.slice(start, end);
      const { records, open } = this.parsed(chunk);
      yield* records.filter(({ cells }) => cells.length > 1 || (cells[0] ?? "") !== "");
      let taken = open ? charactersOf(chunk, records.at(-1)?.endByte ?? 0) : chunk.length;
      if (open && taken === 0) {
        const whole = last && end === text.length;
        if (!whole && text.length - start < longestRecord) break;
        taken = whole ? chunk.length : endOfFirstLine(chunk);
        yield this.closed(chunk.slice(0, taken));
      }
      this.line += chunk.slice(0, taken).match(lineBreak)?.length ?? 0;
      start += taken;
    }
    this.rest = text.slice(start);
  }

  /** Records of a chunk; `open` when the chunk ends inside a quoted cell, whose record is left out. */
  private parsed(chunk: string): { readonly records: readonly ParsedRecord[]; readonly open: boolean } {
    const records: ParsedRecord[] = [];
    // Lines counted too many so far: csv-parse takes a CR LF inside a quoted cell for two.
    let surplus = 0;
    let lastLine = 0;
    const onRecord = (cells: string[], { lines, bytes }: { readonly lines: number; readonly bytes: number }) => {
      let within = 0;
      const begun = surplus;
      if (lines - lastLine > 1) {
        const text = cells.join("");
        within = text.match(/[\r\n]/g)?.length ?? 0;
        surplus += within - (text.match(lineBreak)?.length ?? 0);
      }
      records.push({ cells, line: this.line + lines - 1 - within - begun, cut: false, endByte: bytes });
      lastLine = lines;
      return null;
    };
    const options = {
      delimiter: this.separator,
      record_delimiter: ["\r\n", "\n", "\r"],
      ...{ relax_column_count: true, relax_quotes: true, skip_empty_lines: true, on_record: onRecord },
    };
    try {
      parse(chunk, options);
      return { records, open: false };
    } catch (error) {
      if (error instanceof CsvError && error.code === "CSV_QUOTE_NOT_CLOSED") return { records, open: true };
      throw error;
    }
  }

  /** The one record of a text that ends inside a quoted cell. */
  private closed(text: string): CsvRecord {
    const { cells } = this.parsed(`${text}"`).records[0] ?? { cells: [text] };
    return { cells, line: this.line, cut: true };
  }
}

/** End of the last whole line that begins a chunk of the longest record's size, or of a longer line; `undefined` while the text has none. */
function chunkEnd(text: string, start: number, last: boolean): number | undefined {
  for (let limit = start + longestRecord; ; limit += longestRecord) {
    if (limit >= text.length && last) return text.length;
    const lineFeed = text.lastIndexOf("\n", limit - 1);
    if (lineFeed >= start) return lineFeed + 1;
    // Whether a CR at the very end of the text is the half of a CR LF is not yet known.
    const carriageReturn = text.slice(start, Math.min(limit, text.length) - 1).lastIndexOf("\r");
    if (carriageReturn >= 0) return start + carriageReturn + 1;
    if (limit >= text.length) return undefined;
  }
}

function endOfFirstLine(text: string): number {
  const found = text.search(/[\r\n]/);
  if (found < 0) return text.length;
  return found + (text.startsWith("\r\n", found) ? 2 : 1);
}

/** How many characters of a text have the given size in UTF-8. */
function charactersOf(text: string, bytes: number): number {
  let at = 0;
  for (let size = 0; size < bytes; at += 1) {
    const code = text.charCodeAt(at);
    // A character outside the basic plane is four bytes and two code units.
    const surrogate = code >= 0xd800 && code < 0xe000;
    size += code < 0x80 ? 1 : code < 0x800 || surrogate ? 2 : 3;
  }
  return at;
}
