export * from "./backtest-files.ts";
export * from "./break-report-document.ts";
export * from "./report-document.ts";
export * from "./report-html.ts";
export * from "./run-document.ts";
export * from "./run-files.ts";
export * from "./validation-document.ts";
export * from "./validation-files.ts";
