import type { Output } from "../../client/types.ts";
import { type GridColumn, textColumn } from "../../grids/columns.ts";
import { schemaAt } from "./json-schema.ts";

export type RuleDifference = Output<"rulebook.difference">[number];

/** Parameters that differ, with the names of both versions as headers. */
export function ruleDifferenceColumns(from: string, to: string, rulesSchema: unknown): GridColumn<RuleDifference>[] {
  return [
    textColumn<RuleDifference>({ id: "path", header: "Parameter", value: ({ path }) => path, width: 300 }),
    textColumn<RuleDifference>({ id: "from", header: from, value: (row) => plain(row.from), width: 150 }),
    textColumn<RuleDifference>({ id: "to", header: to, value: (row) => plain(row.to), width: 150 }),
    textColumn<RuleDifference>({
      id: "meaning",
      header: "Meaning and unit",
      value: ({ path }) => schemaAt(rulesSchema, path).description,
      width: 340,
    }),
  ];
}

function plain(value: unknown): string {
  if (value === undefined) return "absent";
  return typeof value === "object" ? JSON.stringify(value) : String(value).replace(/^-/, "−");
}
