export * from "./black.ts";
export * from "./black-kernel.ts";
export * from "./implied-volatility.ts";
export * from "./unit-value.ts";
