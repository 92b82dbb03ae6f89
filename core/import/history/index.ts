export { historyFormats } from "./history-catalog.ts";
export { type HistoryImport, type HistoryImportOptions, importHistory } from "./import-history.ts";
export { type HistoryFileInspection, inspectHistoryFiles } from "./inspect-history.ts";
export type { HistoryMapping } from "./mapped-history.ts";
