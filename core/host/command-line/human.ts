import { formatQuantity } from "../../base/format.ts";
import { type Column, textTable } from "./text-table.ts";

/** An answer for people: a list of alike objects as a table, anything else as indented JSON with arrays shortened. */
export function humanText(value: unknown): string {
  if (value === null) return "done";
  if (Array.isArray(value) && value.length > 0 && value.every(isRow)) {
    const names = [...new Set(value.flatMap((row) => Object.keys(row)))];
    return textTable(names.map(columnOf), value);
  }
  if (isRow(value)) {
    return Object.entries(value)
      .map(([name, member]) => `${name}: ${cell(member)}`)
      .join("\n");
  }
  return JSON.stringify(value, readable, 2);
}

type Row = Readonly<Record<string, unknown>>;

function columnOf(name: string): Column<Row> {
  return { title: name, text: (row) => cell(row[name]) };
}

/** An object that fits in one line: of texts, numbers and lists of named things. */
function isRow(value: unknown): value is Row {
  if (typeof value !== "object" || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return false;
  return Object.values(value).every(
    (member) => typeof member !== "object" || member === null || (Array.isArray(member) && member.every(isNamed)),
  );
}

function isNamed(value: unknown): value is { readonly name: string } {
  return typeof value === "object" && value !== null && "name" in value && typeof value.name === "string";
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return "";
  return Array.isArray(value)
    ? value
        .filter(isNamed)
        .map(({ name }) => name)
        .join(" ")
    : String(value);
}

function readable(_key: string, value: unknown): unknown {
  if (!ArrayBuffer.isView(value)) return value;
  if (value instanceof Uint8Array) return `${formatQuantity(value.byteLength)} bytes`;
  return Array.from(value as Float64Array | Int16Array);
}
