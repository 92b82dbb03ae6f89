export { oracles } from "./oracle-catalog.ts";
export * from "./read-oracles.ts";
export * from "./venue-statement.ts";
