export * from "./factor-betas.ts";
export * from "./grid.ts";
export * from "./resolve-factors.ts";
export * from "./scenario.ts";
export * from "./shocked-volatility.ts";
export * from "./stress-set.ts";
export * from "./stress-set-problem.ts";
