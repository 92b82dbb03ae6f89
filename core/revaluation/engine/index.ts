export * from "./engine-kernel.ts";
export * from "./engine-revaluation.ts";
export * from "./typed-array-kernel.ts";
export * from "./wasm-kernel.ts";
