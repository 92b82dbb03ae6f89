import { type Failure, failure } from "../base/index.ts";
import { isAccountStatement, isPositionStatement, openPositionStatement } from "./broker/thinkorswim-text.ts";
import { couldBeThousands, separatorOf, usesDecimalComma } from "./csv-dialect.ts";
import { type CsvRecord, CsvSplitter } from "./csv-record.ts";
import type { ImportFile } from "./import-result.ts";
import { type JsonReply, openReply } from "./json-reply.ts";
import { isGzip, textPieces } from "./text-pieces.ts";

export interface CsvTable {
  readonly type: "csv";
  readonly columns: readonly string[];
  /** Lines before the header that begin with `# `, as they stand. */
  readonly comments: readonly string[];
  readonly separator: string;
  readonly decimalComma: boolean;
  /** The commas of the sample could be those of thousands as well. */
  readonly isDecimalCommaDoubtful: boolean;
  /** First records after the header, for showing. */
  readonly sample: readonly (readonly string[])[];
  /** Number of records, estimated from the beginning of the file and its size. */
  readonly estimatedRecords: number;
  /** All records after the header; `undefined` between pieces of the file. Returns a failure when the file breaks off. */
  readonly records: () => Generator<CsvRecord | undefined, Failure | undefined, undefined>;
}

export interface JsonDocument extends JsonReply {
  readonly type: "json";
}

const headSize = 64 * 1024;
const sampleRecords = 200;

/**
 * Opens a file: unpacks it, tells JSON from CSV, reads the whole JSON (or statement of a broker) or the header of the CSV. In steps of one piece of the file.
 *
 * @returns (of the generator) the document or table, or why it cannot be read
 */
export function* openFile(file: ImportFile): Generator<undefined, JsonDocument | CsvTable | Failure, undefined> {
  const pieces = textPieces(file.bytes);
  let head = "";
  let ended = false;
  while (head.length < headSize && !ended) {
    const piece = pieces.next();
    if (!piece.done) head += piece.value;
    else if (piece.value !== undefined) return piece.value;
    else ended = true;
    yield;
  }
  const start = head.trimStart()[0];
  if (isParameterFile(head))
    return failure(
      "unsupported",
      "the file is a clearing house's parameter file: keep it with parameter-file.import, or name it as `parameterFile` of a run",
    );
  if (start === undefined && ended) return failure("parse-error", "the file is empty");
  if (isAccountStatement(head))
    return failure(
      "unsupported",
      "the file is an account statement (cash, orders, trades): export a position statement",
    );
  const statement = isPositionStatement(head);
  if (statement || start === "{" || start === "[" || start === "<") {
    const parts = [head];
    while (!ended) {
      const piece = pieces.next();
      if (!piece.done) parts.push(piece.value);
      else if (piece.value !== undefined) return piece.value;
      else ended = true;
      yield;
    }
    const text = parts.join("");
    if (statement) {
      const content = openPositionStatement(text);
      return "reason" in content ? content : { type: "json", testnet: false, content };
    }
    const reply = openReply(text);
    return "reason" in reply ? reply : { type: "json", ...reply };
  }
  return openTable(file, head, ended);
}

/** Whether a file is a clearing house's parameter file, by its first bytes. */
export function beginsAsParameterFile(file: ImportFile): boolean {
  const first = textPieces(file.bytes).next();
  return !first.done && isParameterFile(first.value);
}

/** XML with the root element `spanFile`, or the header record of a positional file. */
function isParameterFile(head: string): boolean {
  return /^\s*(<\?xml[^>]*>\s*)?<spanFile>/.test(head) || /^0 [A-Z0-9 ]{6}\d{8}[SI]/.test(head);
}

function openTable(file: ImportFile, head: string, whole: boolean): CsvTable | Failure {
  const comments = leadingComments(head);
  const text = head.slice(comments.length);
  const separator = separatorOf(text);
  if (separator === undefined) {
    return failure("parse-error", "the file is neither JSON nor a CSV table: its first lines have no separator");
  }
  const [header, ...sample] = firstRecords(text, separator, whole);
  if (header === undefined) return failure("parse-error", "the file is empty");
  if (sample.length === 0) return failure("missing-data", "the file has a header but no rows");
  const cells = sample.map((record) => record.cells);
  const characters = header.cells.length + cells.flat().reduce((total, cell) => total + cell.length + 1, 0);
  return {
    type: "csv",
    columns: header.cells.map((cell) => cell.trim()),
    comments: comments.split(/\r\n|\r|\n/).slice(0, -1),
    separator,
    decimalComma: usesDecimalComma(separator, cells),
    isDecimalCommaDoubtful: couldBeThousands(cells),
    sample: cells,
    estimatedRecords: whole ? sample.length : Math.round((textSize(file.bytes) / characters) * sample.length),
    records: () => recordsOf(file, separator, comments),
  };
}

/**
 * Lines before the header that begin with `# `, with their line ends. They are taken off before records are read: a first record of another
 * length would make the package build an error for each row after it.
 */
function leadingComments(head: string): string {
  return /^(?:# [^\r\n]*(?:\r\n|\r|\n))*/.exec(head)?.[0] ?? "";
}

function firstRecords(head: string, separator: string, whole: boolean): CsvRecord[] {
  const found: CsvRecord[] = [];
  for (const record of new CsvSplitter(separator).push(head, whole)) {
    found.push(record);
    if (!whole && found.length > sampleRecords) break;
  }
  return found;
}

function* recordsOf(
  file: ImportFile,
  separator: string,
  comments: string,
): Generator<CsvRecord | undefined, Failure | undefined, undefined> {
  const splitter = new CsvSplitter(separator, comments.split(/\r\n|\r|\n/).length);
  const pieces = textPieces(file.bytes);
  let header = true;
  let skipped = 0;
  for (;;) {
    const piece = pieces.next();
    const text = piece.done ? "" : piece.value;
    const skip = Math.min(comments.length - skipped, text.length);
    skipped += skip;
    for (const record of splitter.push(text.slice(skip), piece.done === true)) {
      if (!header) yield record;
      header = false;
    }
    if (piece.done) return piece.value;
    yield undefined;
  }
}

/** Unpacks a gzip file once to its end, so that a truncated one is refused before any row of it is taken. */
export function* damageOf(file: ImportFile): Generator<undefined, Failure | undefined, undefined> {
  if (!isGzip(file.bytes)) return undefined;
  const pieces = textPieces(file.bytes);
  for (;;) {
    const piece = pieces.next();
    if (piece.done) return piece.value;
    yield;
  }
}

/** Size of the text in bytes: stated at the end of a gzip file, else that of the file. */
function textSize(bytes: Uint8Array): number {
  if (!isGzip(bytes)) return bytes.length;
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
}
