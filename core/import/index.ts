export { CsvSplitter } from "./csv-record.ts";
export { formats } from "./format-catalog.ts";
export * from "./history/index.ts";
export * from "./import-files.ts";
export * from "./import-result.ts";
export * from "./inspect-files.ts";
export * from "./oracle/index.ts";
export { loadParameterFile, readParameterFile } from "./parameter-file/read-parameter-file.ts";
export { textPieces } from "./text-pieces.ts";
