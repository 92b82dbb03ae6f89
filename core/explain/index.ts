export * from "./contributions.ts";
export * from "./difference.ts";
export * from "./statement-table.ts";
