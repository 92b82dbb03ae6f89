import { failed, isWorkbook, type ReadSheet, type Result, readWorkbook, success } from "../../base/index.ts";
import { CsvSplitter, type ImportFile, separatorOf, textPieces, usesDecimalComma } from "../../import/index.ts";
import { parseStressSet } from "../parse-stress-set.ts";
import type { StressSet } from "../stress-set.ts";
import type { StressSetProblem } from "../stress-set-problem.ts";
import { figureColumns, isMembers, putCell, type StressColumn, sourceColumns, stressSetSchema } from "./columns.ts";
import { checkedHeader, type ReadRows, readRows, type StressRow, type StressTable } from "./read-rows.ts";

export type StressFileFormat = "json" | "csv" | "xlsx";

export interface ReadStressSet {
  readonly set: StressSet;
  readonly format: StressFileFormat;
  /** Each with where it is; the scenarios they are in are left out whole. */
  readonly problems: readonly StressSetProblem[];
  readonly leftOut: readonly string[];
  readonly decisions: readonly string[];
}

/** Largest file, unpacked text and table that are read. */
const limits = { bytes: 32e6, unpackedBytes: 200e6, sheets: 20, rows: 200_000, columns: 200 };
const mostProblems = 1000;

/**
 * Reads a stress set from a file of unknown origin: JSON, CSV (either packed with gzip), or an Excel workbook, told by content. A scenario in
 * which anything is wrong is left out whole: without one of its shocks it would be another scenario.
 *
 * @param file content and name; the name is that of the set where the file has none
 * @returns the set with what was left out; a failure when nothing of the file can be read
 */
export async function readStressSet(file: ImportFile): Promise<Result<ReadStressSet>> {
  if (file.bytes.length > limits.bytes)
    return failed("invalid-input", `the file has more than ${limits.bytes / 1e6} MB`, file.name);
  if (isWorkbook(file.bytes)) return fromWorkbook(file);
  const text = textOf(file);
  if (!text.ok) return text;
  return /^\s*[{[]/.test(text.value) ? fromJson(file.name, text.value) : fromCsv(file.name, text.value);
}

function textOf(file: ImportFile): Result<string> {
  const pieces = textPieces(file.bytes, limits.unpackedBytes);
  const texts: string[] = [];
  for (;;) {
    const piece = pieces.next();
    if (!piece.done) texts.push(piece.value);
    else
      return piece.value === undefined
        ? success(texts.join(""))
        : { ok: false, failure: { ...piece.value, at: file.name } };
  }
}

function fromJson(name: string, text: string): Result<ReadStressSet> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return failed("parse-error", `the file is no JSON: ${error instanceof Error ? error.message : "damaged"}`, name);
  }
  const content = contentOfStressFile(value, name);
  if (!content.ok) return content;
  value = content.value;
  if (!isMembers(value))
    return failed("parse-error", "the file holds no stress set: expected an object with scenarios", name);
  return assembled(name, "json", value, [], new Set(), []);
}

/**
 * The set in a JSON file, out of the frame that names its layout.
 *
 * @param value parsed JSON; without a frame it is the set itself
 * @returns what should be a set, not checked; a failure for another layout
 */
export function contentOfStressFile(value: unknown, name: string): Result<unknown> {
  if (!isMembers(value) || !("schema" in value)) return success(value);
  const { schema, set } = value;
  if (schema === stressSetSchema) return success(set);
  return failed(
    "unsupported",
    `the file has the layout ${String(schema)}; this program reads ${stressSetSchema}`,
    name,
  );
}

function fromCsv(name: string, text: string): Result<ReadStressSet> {
  const separator = separatorOf(text) ?? ",";
  const records = [...new CsvSplitter(separator).push(text, true)];
  const [header, ...rest] = records;
  if (header === undefined || rest.length === 0) return failed("missing-data", "the file has no rows", name);
  if (rest.length > limits.rows) return failed("invalid-input", `the file has more than ${limits.rows} rows`, name);
  const names = checkedHeader(header.cells, name);
  if (!names.ok) return names;
  const rows = rest.map(
    ({ cells, line }): StressRow => ({ row: line, cells: cellsOf(names.value, cells.map(unguarded)) }),
  );
  const wrong = rest.find(({ cells, cut }) => cut || cells.length > names.value.length);
  if (wrong !== undefined)
    return failed(
      "parse-error",
      `${name}:${wrong.line} has ${wrong.cells.length} cells, the header ${names.value.length}`,
      name,
    );
  const decimalComma = usesDecimalComma(
    separator,
    rest.slice(0, 200).map(({ cells }) => cells),
  );
  return fromTable(name, "csv", { place: name, rows, decimalComma });
}

async function fromWorkbook(file: ImportFile): Promise<Result<ReadStressSet>> {
  const sheets = await readWorkbook(file.bytes, limits);
  if (!sheets.ok) return { ok: false, failure: { ...sheets.failure, at: file.name } };
  const named = (name: string) => sheets.value.find((sheet) => sheet.name.toLowerCase() === name);
  const [first] = sheets.value;
  const shocks = named("shocks") ?? first;
  if (shocks === undefined) return failed("missing-data", "the workbook has no sheet", file.name);
  const table = tableOf(file.name, shocks);
  if (!table.ok) return table;
  const figures = named("figures");
  const sources = named("sources");
  const others = {
    ...(figures && { figures: sideRows(figures, figureColumns, "scenario") }),
    ...(sources && { sources: sideRows(sources, sourceColumns) }),
  };
  return fromTable(file.name, "xlsx", table.value, others, [...formulaProblems(file.name, shocks)]);
}

function tableOf(file: string, sheet: ReadSheet): Result<StressTable> {
  const place = `${file}, ${sheet.name}`;
  const [header, ...rest] = sheet.rows;
  if (header === undefined || rest.length === 0) return failed("missing-data", `${place} has no rows`, file);
  const names = checkedHeader(
    header.map((cell) => String(cell ?? "")),
    place,
  );
  if (!names.ok) return names;
  const rows = rest.map((cells, at): StressRow => ({ row: at + 2, cells: cellsOf(names.value, cells) }));
  return success({ place, rows: rows.filter(({ cells }) => cells.size > 0), decimalComma: false });
}

function* formulaProblems(file: string, sheet: ReadSheet): Generator<StressSetProblem> {
  for (const { row, column } of sheet.formulas)
    yield {
      ...{ at: `${file}, ${sheet.name}:${row}`, row, column: String(sheet.rows[0]?.[column - 1] ?? column) },
      ...{ found: "a formula", rule: "formulas are not read: write the value" },
    };
}

interface Side {
  readonly of: string | undefined;
  readonly members: Record<string, unknown>;
}

/** Rows of a sheet beside the shocks, as plain members; the schema checks them with the set. */
function sideRows(sheet: ReadSheet, columns: readonly StressColumn[], key?: string): readonly Side[] {
  const [header = [], ...rest] = sheet.rows;
  return rest.flatMap((cells) => {
    const members: Record<string, unknown> = {};
    for (const column of columns) {
      const value = cells[header.indexOf(column.name)];
      if (value !== undefined) putCell(members, column, column.kind === "number" ? value : String(value));
    }
    if (Object.keys(members).length === 0) return [];
    const of = key === undefined ? undefined : cells[header.indexOf(key)];
    return [{ of: of === undefined ? undefined : String(of), members }];
  });
}

interface Others {
  readonly figures?: readonly Side[];
  readonly sources?: readonly Side[];
}

function fromTable(
  name: string,
  format: StressFileFormat,
  table: StressTable,
  { figures, sources }: Others = {},
  formulas: readonly StressSetProblem[] = [],
): Result<ReadStressSet> {
  const read = readRows(table);
  const decisions = [...read.decisions];
  const listed = sources?.map(({ members }) => ({ title: members.id, url: "", ...members })) ?? namedSources(read);
  if (sources === undefined && listed.length > 0) decisions.push("sources are known by their ids only");
  const scenarios = read.set.scenarios.map((scenario) => {
    const own = figures?.filter(({ of }) => of === scenario.id).map(({ members }) => members) ?? [];
    return own.length === 0 ? scenario : { ...scenario, figures: own };
  });
  const set = { ...read.set, scenarios, ...(listed.length > 0 && { sources: listed }) };
  const formulaRows = new Set(formulas.map(({ row }) => row));
  const broken = new Set(read.broken);
  for (const row of table.rows) {
    const id = row.cells.get("scenario");
    if (formulaRows.has(row.row) && id !== undefined) broken.add(String(id));
  }
  const placed = (problem: StressSetProblem): StressSetProblem => {
    const row = read.rowOf.get(`${problem.scenario}/${problem.step ?? ""}/${problem.shock}`);
    return row === undefined ? problem : { ...problem, at: `${table.place}:${row}`, row };
  };
  return assembled(name, format, set, [...formulas, ...read.problems], broken, decisions, placed);
}

function namedSources({ set }: ReadRows): readonly Record<string, unknown>[] {
  const shocks = set.scenarios.flatMap((scenario) =>
    [scenario, ...listIn(scenario, "path")].flatMap((part) => listIn(part, "shocks")),
  );
  const ids = shocks.flatMap((shock) => (isMembers(shock) && typeof shock.source === "string" ? [shock.source] : []));
  return [...new Set(ids)].map((id) => ({ id, title: id, url: "" }));
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const found = isMembers(value) ? value[name] : undefined;
  return Array.isArray(found) ? found : [];
}

/** Checks the whole, leaves broken scenarios out, and checks again. */
function assembled(
  file: string,
  format: StressFileFormat,
  value: Record<string, unknown>,
  earlier: readonly StressSetProblem[],
  broken: ReadonlySet<string>,
  decisions: readonly string[],
  placed: (problem: StressSetProblem) => StressSetProblem = (problem) => problem,
): Result<ReadStressSet> {
  const name = typeof value.name === "string" && value.name !== "" ? value.name : stemOf(file);
  const whole = { ...value, name };
  const first = parseStressSet(whole, name);
  const problems = [...earlier, ...first.problems.map(placed)];
  const places = new Set(first.problems.flatMap(({ pointer = "" }) => /^\/scenarios\/(\d+)/.exec(pointer)?.[1] ?? []));
  const idOf = (scenario: unknown, at: number): string =>
    isMembers(scenario) && typeof scenario.id === "string" ? scenario.id : `number ${at + 1}`;
  const scenarios = listIn(whole, "scenarios");
  const isBroken = (scenario: unknown, at: number) => places.has(String(at)) || broken.has(idOf(scenario, at));
  const leftOut = scenarios.flatMap((scenario, at) => (isBroken(scenario, at) ? [idOf(scenario, at)] : []));
  const kept = scenarios.filter((scenario, at) => !isBroken(scenario, at));
  const { set } = leftOut.length === 0 ? first : parseStressSet({ ...whole, scenarios: kept }, name);
  if (set === undefined) {
    const [problem] = problems;
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
    const words =
      problem === undefined
        ? "the file holds no scenario"
        : `${problem.at}: ${problem.rule}; found ${problem.found}${more}`;
    return failed("invalid-input", words, problem?.at ?? file);
  }
  return success({ set, format, problems: problems.slice(0, mostProblems), leftOut, decisions });
}

function cellsOf(
  names: readonly string[],
  cells: readonly (string | number | boolean | undefined)[],
): ReadonlyMap<string, string | number | boolean> {
  const found = new Map<string, string | number | boolean>();
  for (const [at, name] of names.entries()) {
    const cell = cells[at];
    const value = typeof cell === "string" ? cell.trim() : cell;
    if (name !== "" && value !== undefined && value !== "") found.set(name, value);
  }
  return found;
}

/** Takes off the apostrophe that keeps a spreadsheet from running a text as a formula. */
function unguarded(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

function stemOf(file: string): string {
  return file.replace(/(\.(json|csv|xlsx|gz))+$/i, "") || "imported";
}
