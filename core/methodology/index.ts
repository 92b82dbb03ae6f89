export * from "./catalog.ts";
export * from "./contract.ts";
export { hasUsdRate, usdPerUnit } from "./parts/usd-per-unit.ts";
export * from "./statement.ts";
