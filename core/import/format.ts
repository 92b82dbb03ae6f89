import type { Steps } from "../base/index.ts";
import type { RowReader } from "./cells.ts";
import type { ImportedFile } from "./import-result.ts";
import type { Intake } from "./intake.ts";

/** What is known of a file before reading it row by row. */
export type Probe =
  | {
      readonly type: "json";
      readonly name: string;
      /** The reply inside its envelope, or the whole document when there is none. */
      readonly content: unknown;
    }
  | { readonly type: "csv"; readonly name: string; readonly columns: ReadonlySet<string> };

export interface JsonRow {
  readonly row: Readonly<Record<string, unknown>>;
  /** What stands around the row and not in it, e.g. the sub-account. */
  readonly outer?: Readonly<Record<string, unknown>>;
  /** What problems call the row, where that is not its place in the list: the line of a statement. */
  readonly line?: number;
}

/** One source format: a file beside the others in `formats/`. */
export interface Format {
  /** Name of the file it stands in. */
  readonly id: string;
  readonly title: string;
  readonly kind: ImportedFile["kind"];
  /** Whether this format reads the file; at most one format claims a file. */
  readonly claims: (probe: Probe) => boolean;
  /** Rows of a JSON reply, in order; not called for CSV, whose rows are its records. */
  readonly rows?: (content: unknown) => readonly JsonRow[];
  /** Reads one row into the intake; a row it cannot read it rejects through the reader. */
  readonly read: (row: RowReader, intake: Intake, outer: Readonly<Record<string, unknown>>) => void;
  /** Called after the last row, for what only the whole file shows. */
  readonly finish?: (intake: Intake) => Steps<void>;
}

/** Checks the shape of a format; the value is returned unchanged. */
export function defineFormat(format: Format): Format {
  return format;
}

/** A CSV probe that has all these columns. */
export function hasColumns(probe: Probe, ...columns: readonly string[]): boolean {
  return probe.type === "csv" && columns.every((column) => probe.columns.has(column));
}

/** A plain object, not an array and not null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A JSON value as rows: the objects of an array, or one object. */
export function rowsOf(content: unknown): readonly JsonRow[] {
  const members = Array.isArray(content) ? content : [content];
  return members.map((row) => ({ row: isRecord(row) ? row : {} }));
}

/** Whether the first member of an array (or the object itself) has all these keys. */
export function firstHas(content: unknown, ...keys: readonly string[]): boolean {
  const first: unknown = Array.isArray(content) ? content[0] : content;
  return isRecord(first) && keys.every((key) => Object.hasOwn(first, key));
}
