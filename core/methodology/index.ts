export * from "./catalog.ts";
export * from "./contract.ts";
export * from "./market-columns.ts";
export { hasUsdRate, usdColumn, usdPerUnit } from "./parts/usd-per-unit.ts";
export * from "./statement.ts";
