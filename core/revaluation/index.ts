export * from "./best-kernel.ts";
export * from "./build-cube.ts";
export * from "./pnl-cube.ts";
export * from "./resolve-terms.ts";
export * from "./scalar-kernel.ts";
export * from "./shocked-terms.ts";
export * from "./smile-volatility.ts";
