import { failed, isIsoDate, type Result, success } from "../base/index.ts";
import { CsvSplitter, textPieces } from "../import/index.ts";
import { type CoverageSeries, checkedSeries } from "./coverage-series.ts";

/** What a file does not say of its series. */
export interface SeriesDefaults {
  readonly label: string;
  readonly unit: string;
  readonly confidence: number;
  readonly horizon: number;
}

/** Columns of one number a row, by their name in a file. */
const numberColumns = {
  loss: "losses",
  margin: "margins",
  value_at_risk: "valueAtRisk",
  expected_shortfall: "expectedShortfall",
  tail_probability: "tailProbabilities",
  deviation: "deviations",
  unmitigated_margin: "unmitigatedMargins",
  volatility: "volatilities",
  variation_margin: "variationMargins",
} as const;
const textColumns = { driver: "drivers", run_id: "runIds" } as const;
const otherColumns = ["series", "unit", "time", "time_ms", "confidence", "horizon_rows", "forecast_confidence", "data"];
/** Follow from loss and margin: read past. */
const derivedColumns = ["exception", "shortfall"];

/**
 * Reads daily series from a CSV file in the layout that the validation pack exports; a series is the rows of one name.
 *
 * Needed are `time` (ISO day or instant, UTC) or `time_ms`, `loss` (a loss > 0) and `margin`; `series`, `unit`, `confidence`
 * and `horizon_rows` may be left out for the defaults given. An optional column is filled on every row of a series or on none.
 *
 * @param name of the file, for messages
 * @param bytes of the file: UTF-8 text, RFC 4180, as it is or packed with gzip
 * @param defaults of what the file does not say
 * @returns `parse-error` naming file, line, column, value and rule; nothing is dropped
 */
export function readSeries(
  name: string,
  bytes: Uint8Array,
  defaults: SeriesDefaults,
): Result<readonly CoverageSeries[]> {
  const table = tableOf(name, bytes);
  if (!table.ok) return table;
  const { header, records } = table.value;
  const known = [...Object.keys(numberColumns), ...Object.keys(textColumns), ...otherColumns, ...derivedColumns];
  const strange = header.find((column) => !known.includes(column));
  if (strange !== undefined)
    return failed(
      "parse-error",
      `${name}: unknown column ${JSON.stringify(strange)}; known: ${known.join(", ")}`,
      name,
    );
  const missing = ["loss", "margin"].find((column) => !header.includes(column));
  if (missing !== undefined || !(header.includes("time") || header.includes("time_ms")))
    return failed("parse-error", `${name}: no column ${missing ?? "time or time_ms"}`, name);
  const groups = new Map<string, SeriesRow[]>();
  for (const record of records) {
    const label = plainText(record.cells.series ?? "") || defaults.label;
    const rows = groups.get(label);
    if (rows === undefined) groups.set(label, [record]);
    else rows.push(record);
  }
  const series: CoverageSeries[] = [];
  for (const [label, rows] of groups) {
    const one = seriesOf(name, label, rows, defaults);
    if (!one.ok) return one;
    series.push(one.value);
  }
  return series.length === 0 ? failed("parse-error", `${name} has no rows`, name) : success(series);
}

interface SeriesRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

interface Table {
  readonly header: readonly string[];
  readonly records: readonly SeriesRow[];
}

function tableOf(name: string, bytes: Uint8Array): Result<Table> {
  const splitter = new CsvSplitter(",");
  const pieces = textPieces(bytes);
  const rows: { readonly cells: readonly string[]; readonly line: number }[] = [];
  for (let piece = pieces.next(); ; piece = pieces.next()) {
    if (piece.done && piece.value !== undefined) return { ok: false, failure: { ...piece.value, at: name } };
    for (const { cells, line, cut } of splitter.push(piece.done ? "" : piece.value, piece.done === true)) {
      if (cut) return failed("parse-error", `${name}:${line}: a quoted cell does not end`, `${name}:${line}`);
      rows.push({ cells: cells.map((cell) => cell.trim()), line });
    }
    if (piece.done) break;
  }
  const [head, ...body] = rows;
  const header = (head?.cells ?? []).map((column) => column.toLowerCase());
  const uneven = body.find(({ cells }) => cells.length !== header.length);
  if (uneven !== undefined) {
    const at = `${name}:${uneven.line}`;
    return failed("parse-error", `${at}: ${uneven.cells.length} cells, expected ${header.length}`, at);
  }
  const records = body.map(({ cells, line }) => ({
    line,
    cells: Object.fromEntries(header.map((column, at) => [column, cells[at] ?? ""])),
  }));
  return success({ header, records });
}

function seriesOf(
  name: string,
  label: string,
  records: readonly SeriesRow[],
  defaults: SeriesDefaults,
): Result<CoverageSeries> {
  const columns: { [column: string]: readonly (number | string)[] } = {};
  for (const [column, member] of Object.entries(numberColumns)) {
    const values = numbersOf(name, column, records);
    if (!values.ok) return values;
    if (values.value !== undefined) columns[member] = values.value;
  }
  for (const [column, member] of Object.entries(textColumns)) {
    const values = records.map(({ cells }) => plainText(cells[column] ?? ""));
    if (values.some((value) => value !== "")) columns[member] = values;
  }
  const times = timesOf(name, records);
  if (!times.ok) return times;
  const shared: { [member: string]: number } = {};
  for (const [column, member, fallback] of [
    ["confidence", "confidence", defaults.confidence],
    ["horizon_rows", "horizon", defaults.horizon],
    ["forecast_confidence", "forecastConfidence", undefined],
  ] as const) {
    const values = numbersOf(name, column, records);
    if (!values.ok) return values;
    const [value = fallback, ...others] = new Set(values.value ?? []);
    if (others.length > 0)
      return failed("parse-error", `${name}, series ${label}: ${column} must be one value`, column);
    if (value !== undefined) shared[member] = value;
  }
  const units = new Set(records.map(({ cells }) => plainText(cells.unit ?? "") || defaults.unit));
  if (units.size > 1) return failed("parse-error", `${name}, series ${label}: unit must be one value`, "unit");
  const synthetic = records.some(({ cells }) => /^synthetic/i.test(cells.data ?? ""));
  const [unit = defaults.unit] = units;
  return checkedSeries({
    ...{ label, unit, timesMs: times.value, ...shared, ...columns },
    ...(synthetic && { synthetic }),
  } as CoverageSeries);
}

/** Numbers of a column; undefined when every cell is empty. */
function numbersOf(name: string, column: string, records: readonly SeriesRow[]): Result<readonly number[] | undefined> {
  const cells = records.map((record) => record.cells[column] ?? "");
  const required = column === "loss" || column === "margin";
  if (!required && cells.every((cell) => cell === "")) return success(undefined);
  const values: number[] = [];
  for (const [row, cell] of cells.entries()) {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : Number.NaN;
    const at = `${name}:${records[row]?.line ?? 0}`;
    if (!Number.isFinite(value))
      return failed("parse-error", `${at}, column ${column}: ${JSON.stringify(cell)}; expected a number`, at);
    values.push(value);
  }
  return success(values);
}

function timesOf(name: string, records: readonly SeriesRow[]): Result<readonly number[]> {
  const times: number[] = [];
  for (const { cells, line } of records) {
    const count = cells.time_ms ?? "";
    const time = count === "" ? instantOf(cells.time ?? "") : /^-?\d+$/.test(count) ? Number(count) : undefined;
    const at = `${name}:${line}`;
    if (time === undefined) {
      const [column, cell] = count === "" ? ["time", cells.time ?? ""] : ["time_ms", count];
      const rule = "expected an ISO day or instant with Z, as 2026-11-22 or 2026-11-22 08:00:00Z, or UTC milliseconds";
      return failed("parse-error", `${at}, column ${column}: ${JSON.stringify(cell)}; ${rule}`, at);
    }
    times.push(time);
  }
  return success(times);
}

function instantOf(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)Z)?$/.exec(text);
  const [, day = "", clock = "00:00"] = match ?? [];
  if (match === null || !isIsoDate(day)) return undefined;
  const ms = Date.parse(`${day}T${clock}Z`);
  return Number.isFinite(ms) ? ms : undefined;
}

/** Text as it was before the apostrophe that keeps a spreadsheet from running it. */
function plainText(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
