/**
 * The part of the package csv-parse that import uses. `core/tsconfig.json` names this file instead of the package's own declarations,
 * which would bring Node's types into every pure stage and end the compiler's check of them.
 */

export interface Options {
  readonly delimiter: string;
  readonly record_delimiter: readonly string[];
  readonly relax_column_count: boolean;
  readonly relax_quotes: boolean;
  readonly skip_empty_lines: boolean;
  /** Called for each record; what it returns is collected, `null` is not. */
  readonly on_record: (cells: string[], context: RecordContext) => null;
}

export interface RecordContext {
  /** 1-based line on which the record ends. */
  readonly lines: number;
  /** UTF-8 bytes of the text up to the end of the record, line end included. */
  readonly bytes: number;
}

export declare class CsvError extends Error {
  readonly code: string;
}

export declare function parse(text: string, options: Options): unknown[];
