import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Failure, Steps } from "../base/index.ts";
import { type Cells, rowReader } from "./cells.ts";
import { isDigitsCommaDigits } from "./csv-dialect.ts";
import type { Format } from "./format.ts";
import type { ImportFile } from "./import-result.ts";
import { decide, type Intake, reject, report, warn } from "./intake.ts";
import type { CsvTable, JsonDocument } from "./open-file.ts";

export interface RowCounts {
  readonly rows: number;
  readonly rejected: number;
  readonly leftOut: number;
  readonly incomplete: boolean;
}

const rowsAtOnce = 500;
const hashedAtOnce = 1024 * 1024;
const separatorNames: Readonly<Record<string, string>> = { ",": "comma", ";": "semicolon", "\t": "tab" };

/**
 * Reads all rows of an opened file into the intake, in steps of 500 rows.
 *
 * @param onRows told how many rows are done and how many there are (estimated for CSV)
 */
export function* readRows(
  document: JsonDocument | CsvTable,
  format: Format,
  intake: Intake,
  onRows: (done: number, total: number) => void,
): Steps<RowCounts> {
  intake.rejected = 0;
  intake.leftOut = 0;
  const read =
    document.type === "json" ? readJson(document, format, intake, onRows) : readCsv(document, format, intake, onRows);
  const counts = yield* read;
  if (format.finish !== undefined) yield* format.finish(intake);
  intake.row = undefined;
  return { ...counts, rejected: intake.rejected, leftOut: intake.leftOut };
}

function* readJson(
  document: JsonDocument,
  format: Format,
  intake: Intake,
  onRows: (done: number, total: number) => void,
): Steps<Pick<RowCounts, "rows" | "incomplete">> {
  if (document.testnet) {
    const message = "the reply is of the venue's test network: its prices and margins are not those of the market";
    warn(intake, { rule: "data are of the real market", message });
  }
  if (document.answeredMs !== undefined) intake.instants.push(document.answeredMs);
  const rows = format.rows?.(document.content) ?? [];
  for (const [index, { row, outer, line }] of rows.entries()) {
    if (index % rowsAtOnce === 0) {
      onRows(index, rows.length);
      yield;
    }
    intake.row = line ?? index + 1;
    const raw = (column: string) => (Object.hasOwn(row, column) ? row[column] : undefined);
    format.read(rowReader({ raw, decimalComma: false }, intake), intake, outer ?? {});
  }
  return { rows: rows.length, incomplete: false };
}

function* readCsv(
  table: CsvTable,
  format: Format,
  intake: Intake,
  onRows: (done: number, total: number) => void,
): Steps<Pick<RowCounts, "rows" | "incomplete">> {
  const { columns, separator, decimalComma } = table;
  decide(intake, "separator", separatorNames[separator] ?? separator, "the most frequent one in the first lines");
  if (decimalComma) decide(intake, "decimal mark", "comma", "cells are digits, comma, digits and none has a point");
  if (decimalComma && table.isDecimalCommaDoubtful) warn(intake, doubtfulComma(table.sample));
  const placesOf = placesByColumn(columns);
  const records = table.records();
  let rows = 0;
  let cells: readonly string[] = [];
  const row: Cells = {
    raw: (column) => cells[placesOf.get(column)?.[0] ?? -1],
    ...(placesOf.size === columns.length
      ? {}
      : { others: (column: string) => (placesOf.get(column) ?? []).slice(1).map((place) => cells[place]) }),
    decimalComma,
  };
  let short: { readonly row: number; readonly count: number; readonly cut: boolean } | undefined;
  let broken: Failure | undefined;
  const rejectShort = () => {
    if (short === undefined) return;
    intake.row = short.row;
    reject(intake, cellCount(short.count, columns.length));
  };
  for (;;) {
    const next = records.next();
    if (next.done) {
      broken = next.value;
      break;
    }
    if (next.value === undefined) {
      yield;
      continue;
    }
    if (rows % rowsAtOnce === 0) {
      onRows(rows, Math.max(rows, table.estimatedRecords));
      yield;
    }
    rejectShort();
    short = undefined;
    rows += 1;
    cells = next.value.cells;
    intake.row = next.value.line;
    if (next.value.cut || cells.length < columns.length) {
      short = { row: next.value.line, count: cells.length, cut: next.value.cut };
    } else if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell.trim() !== "")) {
      reject(intake, cellCount(cells.length, columns.length));
    } else {
      format.read(rowReader(row, intake), intake, {});
    }
  }
  if (short !== undefined) {
    intake.row = short.row;
    const message = `the last row has ${short.count} of ${columns.length} cells: the end of the file is missing; the rows before it are kept`;
    reject(intake, { rule: "the file is complete", message });
  }
  intake.row = undefined;
  if (broken !== undefined) report(intake, "error", { rule: "the file is complete", message: broken.message });
  return { rows, incomplete: short !== undefined || broken !== undefined };
}

/** Places of each column; more than one where the header names it again. */
function placesByColumn(columns: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  columns.forEach((column, place) => {
    const known = places.get(column);
    if (known === undefined) places.set(column, [place]);
    else known.push(place);
  });
  return places;
}

function doubtfulComma(sample: CsvTable["sample"]) {
  const value = sample.flat().find((cell) => isDigitsCommaDigits(cell)) ?? "";
  const message = `${value} is read with a decimal comma; where commas separate thousands, write the numbers without them`;
  return { rule: "the decimal mark is certain", value, message };
}

function cellCount(found: number, expected: number) {
  const message = `the row has ${found} cells and the header has ${expected}`;
  return { rule: "every row has the cells of the header", message };
}

/** SHA-256 of a file in steps of one megabyte, 64 hexadecimal digits. */
export function* hashSteps(file: ImportFile): Steps<string> {
  const hash = sha256.create();
  for (let at = 0; at < file.bytes.length; at += hashedAtOnce) {
    hash.update(file.bytes.subarray(at, at + hashedAtOnce));
    yield;
  }
  return bytesToHex(hash.digest());
}
