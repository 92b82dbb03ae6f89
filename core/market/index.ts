export * from "./snapshot.ts";
export * from "./terms.ts";
