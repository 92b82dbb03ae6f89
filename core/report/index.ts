export * from "./break-report-document.ts";
export * from "./report-document.ts";
export * from "./report-html.ts";
