import { csvText } from "../../base/format.ts";
import { canonicalJson, type WorkbookColumn, type WorkbookSheet, writeWorkbook } from "../../base/index.ts";
import type { StressScenario, StressSet, StressShock } from "../stress-set.ts";
import {
  cellOf,
  figureColumns,
  rowColumns,
  type StressColumn,
  scenarioColumns,
  setColumns,
  shockColumns,
  sourceColumns,
  stressSetSchema,
} from "./columns.ts";

type Cell = string | number | undefined;

/** A set as canonical JSON with the version of its layout; reading it back gives the same set. */
export function stressSetJson(set: StressSet): string {
  return `${canonicalJson({ schema: stressSetSchema, set })}\n`;
}

/**
 * A set as CSV (RFC 4180), a row a shock. Observed figures, titles of sources, approval and origin stay behind: JSON and Excel have them.
 * Text that a spreadsheet would run as a formula gets an apostrophe, which reading takes off again.
 */
export function stressSetCsv(set: StressSet): string {
  return csvText([rowColumns, ...shockRows(set)]);
}

/** A set as an Excel workbook: shocks as in the CSV form, observed figures, sources. */
export function stressSetWorkbook(set: StressSet): Promise<Uint8Array> {
  const figures = set.scenarios.flatMap(({ id, figures: observed }) =>
    observed.map((figure) => [id, ...figureColumns.map((column) => cellOf(figure, column))]),
  );
  const sources = set.sources.map((source) => sourceColumns.map((column) => cellOf(source, column)));
  const sheets: WorkbookSheet[] = [{ name: "Shocks", columns: rowColumns.map(headOf), rows: shockRows(set) }];
  if (figures.length > 0)
    sheets.push({
      name: "Figures",
      columns: ["scenario", ...figureColumns.map(({ name }) => name)].map(headOf),
      rows: figures,
    });
  if (sources.length > 0)
    sheets.push({ name: "Sources", columns: sourceColumns.map(({ name }) => headOf(name)), rows: sources });
  const { name, approval, origin, scenarios } = set;
  return writeWorkbook(sheets, {
    title: name,
    facts: [
      ["Scenarios", scenarios.length],
      ["Approval", approval],
      ...(origin === undefined ? [] : [["Copy of", origin.name] as const]),
      ["Layout", stressSetSchema],
    ],
  });
}

const numbers = new Set(
  [...shockColumns, ...scenarioColumns, ...figureColumns]
    .filter(({ kind }) => kind === "number")
    .map(({ name }) => name),
).add("step_days");

function headOf(header: string): WorkbookColumn {
  return { header, kind: numbers.has(header) ? "number" : "text" };
}

function shockRows(set: StressSet): readonly (readonly Cell[])[] {
  const rows = set.scenarios.flatMap(scenarioRows);
  return rows.map((row, place) => {
    const cells = new Map<string, Cell>(row);
    // What the set says of itself stands in its first row; its name in all.
    for (const column of place === 0 ? setColumns : setColumns.slice(0, 1)) cells.set(column.name, cellOf(set, column));
    return rowColumns.map((name) => cells.get(name));
  });
}

type NamedCells = readonly (readonly [string, Cell])[];

function scenarioRows(scenario: StressScenario): readonly NamedCells[] {
  const { id, shocks, path = [] } = scenario;
  const named = (column: StressColumn): readonly [string, Cell] => [column.name, cellOf(scenario, column)];
  const steps = path.flatMap(({ label, days, shocks: moved }) => {
    const step = [["step", label] as const, ["step_days", days] as const];
    return moved.length === 0 ? [step] : moved.map((shock) => [...step, ...shockCells(shock)]);
  });
  const all: NamedCells[] = [...shocks.map(shockCells), ...steps];
  const rows = all.length === 0 ? [[]] : all;
  return rows.map((row, place) => [
    ["scenario", id] as const,
    ...row,
    ...(place === 0 ? scenarioColumns.map(named) : []),
  ]);
}

function shockCells(shock: StressShock): NamedCells {
  return shockColumns.map((column) => [column.name, cellOf(shock, column)]);
}
