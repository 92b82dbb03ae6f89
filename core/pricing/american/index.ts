export * from "./american.ts";
export * from "./american-terms.ts";
export * from "./lattice.ts";
export * from "./leisen-reimer.ts";
