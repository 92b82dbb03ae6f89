export * from "./constant-proportion.ts";
export * from "./insurance-terms.ts";
export * from "./price-paths.ts";
export * from "./simulated-insurance.ts";
export * from "./static-insurance.ts";
