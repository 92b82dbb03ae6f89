import { failed, type Result, success } from "../../base/index.ts";
import { fractionOfPercent, readNumber } from "../../import/index.ts";
import { stressShock } from "../stress-set.ts";
import type { StressSetProblem } from "../stress-set-problem.ts";
import {
  isMembers,
  putCell,
  rowColumns,
  type StressColumn,
  scenarioColumns,
  setColumns,
  shockColumns,
} from "./columns.ts";

/** A row of a file: its number (the first line is 1) and its cells by column name. */
export interface StressRow {
  readonly row: number;
  readonly cells: ReadonlyMap<string, string | number | boolean>;
}

/** A table of rows, from CSV or a sheet. */
export interface StressTable {
  /** For messages: `events.csv`, `events.xlsx, Shocks`. */
  readonly place: string;
  readonly rows: readonly StressRow[];
  readonly decimalComma: boolean;
}

export interface ReadRows {
  /** Plain data in the shape of a set, each scenario with the shocks that were sound. */
  readonly set: Record<string, unknown> & { readonly scenarios: readonly Record<string, unknown>[] };
  readonly problems: readonly StressSetProblem[];
  /** Scenarios that have a wrong row. */
  readonly broken: ReadonlySet<string>;
  /** Row of each shock: `scenario/step/place`. */
  readonly rowOf: ReadonlyMap<string, number>;
  readonly decisions: readonly string[];
}

interface Reading {
  readonly table: StressTable;
  readonly problems: StressSetProblem[];
  readonly broken: Set<string>;
  readonly decisions: Set<string>;
}

/**
 * Checks a header.
 *
 * @returns a failure that names the columns that are missing or unknown
 */
export function checkedHeader(header: readonly string[], place: string): Result<readonly string[]> {
  const names = header.map((name) => name.trim().toLowerCase().replace(/\s+/g, "_"));
  const missing = ["scenario", "shock"].filter((name) => !names.includes(name));
  if (missing.length > 0)
    return failed(
      "parse-error",
      `${place} is no table of shocks: it has no column ${missing.join(" and no column ")}`,
      place,
    );
  const unknown = names.filter((name) => name !== "" && !rowColumns.includes(name));
  if (unknown.length > 0)
    return failed("parse-error", `${place} has columns that a table of shocks does not: ${unknown.join(", ")}`, place);
  const twice = names.filter((name, at) => name !== "" && names.indexOf(name) !== at);
  return twice.length > 0 ? failed("parse-error", `${place} has the column ${twice[0]} twice`, place) : success(names);
}

/** Puts rows together: scenarios in the order of their first row, steps in the order of theirs. */
export function readRows(table: StressTable): ReadRows {
  const reading: Reading = { table, problems: [], broken: new Set(), decisions: new Set() };
  const set: Record<string, unknown> = {};
  const scenarios = new Map<string, Record<string, unknown>>();
  const rowOf = new Map<string, number>();
  for (const row of table.rows) {
    const id = textOf(row, "scenario");
    if (id === undefined) {
      problem(reading, row, "scenario", "a row names its scenario");
      continue;
    }
    readOnce(reading, row, setColumns, set, undefined);
    const scenario = scenarios.get(id) ?? { id, shocks: [] };
    scenarios.set(id, scenario);
    readOnce(reading, row, scenarioColumns, scenario, id);
    readShock(reading, row, id, scenario, rowOf);
  }
  for (const scenario of scenarios.values()) scenario.label ??= scenario.id;
  const { problems, broken, decisions } = reading;
  return { set: { ...set, scenarios: [...scenarios.values()] }, problems, broken, rowOf, decisions: [...decisions] };
}

function readShock(
  reading: Reading,
  row: StressRow,
  id: string,
  scenario: Record<string, unknown>,
  rowOf: Map<string, number>,
): void {
  const step = readStep(reading, row, id, scenario);
  if (step === "wrong") return;
  const given = shockColumns.filter(({ name }) => row.cells.has(name));
  if (given.length === 0) return;
  const raw: Record<string, unknown> = {};
  for (const column of given) {
    const value = cellValue(reading, row, column, id);
    if (value === undefined) return;
    putCell(raw, column, value);
  }
  const parsed = stressShock.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const named = shockColumns.find(({ path }) => path.join(".") === issue?.path.join("."));
    const unknown = issue?.code === "unrecognized_keys" ? columnOfMember(issue.keys[0]) : undefined;
    const rule =
      unknown === undefined
        ? `a ${String(raw.kind ?? "shock")} needs a valid \`${named?.name ?? "shock"}\`: ${issue?.message ?? "wrong"}`
        : `a ${String(raw.kind)} shock has no ${unknown}`;
    problem(reading, row, unknown ?? named?.name ?? "shock", rule, id);
    return;
  }
  const list = listOf(step ?? scenario, "shocks");
  list.push(parsed.data);
  rowOf.set(`${id}/${step === undefined ? "" : String(step.label)}/${list.length}`, row.row);
}

/** The step of a path that a row belongs to; none for a row of the scenario itself. */
function readStep(
  reading: Reading,
  row: StressRow,
  id: string,
  scenario: Record<string, unknown>,
): Record<string, unknown> | undefined | "wrong" {
  const label = textOf(row, "step");
  if (label === undefined && !row.cells.has("step_days")) return undefined;
  const days = cellValue(reading, row, { name: "step_days", path: ["days"], kind: "number" }, id);
  if (label === undefined) problem(reading, row, "step", "a step of a path has a label", id);
  if (label === undefined || days === undefined) {
    if (days === undefined) reading.broken.add(id);
    if (days === undefined && !row.cells.has("step_days"))
      problem(reading, row, "step_days", "a step of a path says when it is", id);
    return "wrong";
  }
  const path = listOf(scenario, "path");
  const known = path.find((step): step is Record<string, unknown> => isMembers(step) && step.label === label);
  if (known === undefined) {
    const step = { label, days, shocks: [] };
    path.push(step);
    return step;
  }
  if (known.days === days) return known;
  problem(reading, row, "step_days", `step ${label} is at ${String(known.days)} days in the row before`, id);
  return "wrong";
}

/** Cells that are said once, on any row; two that differ are a problem. */
function readOnce(
  reading: Reading,
  row: StressRow,
  columns: readonly StressColumn[],
  target: Record<string, unknown>,
  scenario: string | undefined,
): void {
  for (const column of columns) {
    if (!row.cells.has(column.name)) continue;
    const value = cellValue(reading, row, column, scenario);
    const before = target[column.path[0] ?? ""];
    if (value === undefined) continue;
    if (before === undefined) putCell(target, column, value);
    else if (JSON.stringify(before) !== JSON.stringify(value))
      problem(reading, row, column.name, `${column.name} is ${JSON.stringify(before)} in a row before`, scenario);
  }
}

/** The value of a cell in the kind of its column; `undefined` after a problem was told, or for an empty cell. */
function cellValue(reading: Reading, row: StressRow, column: StressColumn, scenario: string | undefined): unknown {
  const raw = row.cells.get(column.name);
  if (raw === undefined) return undefined;
  if (column.kind === "text") return String(raw);
  if (column.kind === "list")
    return String(raw)
      .split(";")
      .map((part) => part.trim())
      .filter((part) => part !== "");
  if (column.kind === "json") {
    try {
      return JSON.parse(String(raw));
    } catch {
      problem(reading, row, column.name, "a rule is JSON as in the exported file", scenario);
      return undefined;
    }
  }
  const value = readNumber(typeof raw === "boolean" ? String(raw) : raw, reading.table.decimalComma);
  if (typeof value !== "number") {
    problem(reading, row, column.name, `${column.name} is a number`, scenario);
    return undefined;
  }
  if (typeof raw !== "string" || !raw.trim().endsWith("%")) return value;
  reading.decisions.add(`numbers that end with % are read as percent: ${raw.trim()} is ${fractionOfPercent(value)}`);
  return fractionOfPercent(value);
}

function problem(reading: Reading, row: StressRow, column: string, rule: string, scenario?: string): void {
  const value = row.cells.get(column);
  if (scenario !== undefined) reading.broken.add(scenario);
  reading.problems.push({
    ...{ at: `${reading.table.place}:${row.row}`, row: row.row, column, rule },
    ...(scenario !== undefined && { scenario }),
    found: value === undefined ? "nothing" : String(value).slice(0, 80),
  });
}

function columnOfMember(member: string | undefined): string | undefined {
  return shockColumns.find(({ path }) => path[0] === member)?.name ?? member;
}

function textOf(row: StressRow, name: string): string | undefined {
  const value = row.cells.get(name);
  return value === undefined ? undefined : String(value);
}

function listOf(target: Record<string, unknown>, name: string): unknown[] {
  const found = target[name];
  if (Array.isArray(found)) return found;
  const made: unknown[] = [];
  target[name] = made;
  return made;
}
