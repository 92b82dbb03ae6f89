export * from "./catalog.ts";
export * from "./contract.ts";
export * from "./statement.ts";
