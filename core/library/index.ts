export * from "./open-library.ts";
export * from "./store-refusal.ts";
