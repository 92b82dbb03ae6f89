import type { RowReader } from "../cells.ts";
import type { JsonRow } from "../format.ts";
import type { HistoryIntake } from "./history-intake.ts";

/** What is known of a file before reading it row by row. Comments are the lines before the header that begin with `#`. */
export type HistoryProbe =
  | { readonly type: "json"; readonly name: string; readonly content: unknown }
  | {
      readonly type: "csv";
      readonly name: string;
      readonly columns: readonly string[];
      readonly comments: readonly string[];
    };

/** Reads the rows of one file, in their order, and is told when the last was read. */
export interface HistoryReader {
  readonly read: (row: RowReader) => void;
  readonly finish?: () => void;
}

/** One layout of histories: a file beside the others in `formats/`. */
export interface HistoryFormat {
  /** Name of the file it stands in. */
  readonly id: string;
  readonly title: string;
  /** Whether this format reads the file; at most one format claims a file. */
  readonly claims: (probe: HistoryProbe) => boolean;
  /** Rows of a JSON document, in order; not called for CSV, whose rows are its records. */
  readonly rows?: (content: unknown) => readonly JsonRow[];
  /** Begins one file. Choices that the file does not state are reported as decisions of the intake. */
  readonly open: (probe: HistoryProbe, intake: HistoryIntake) => HistoryReader;
}

/** Checks the shape of a format; the value is returned unchanged. */
export function defineHistoryFormat(format: HistoryFormat): HistoryFormat {
  return format;
}

/** A CSV probe with all these columns. */
export function hasHistoryColumns(
  probe: HistoryProbe,
  ...columns: readonly string[]
): probe is HistoryProbe & { readonly type: "csv" } {
  return probe.type === "csv" && columns.every((column) => probe.columns.includes(column));
}

/** `yahoo_BTC-USD` for `prices/yahoo_BTC-USD.csv.gz`. */
export function stemOf(name: string): string {
  const file = name.split(/[/\\]/).at(-1) ?? name;
  return file.replace(/(\.(json|csv|txt|gz))+$/i, "");
}
