export * from "./grid.ts";
export * from "./scenario.ts";
export * from "./shocked-volatility.ts";
export * from "./stress-set.ts";
