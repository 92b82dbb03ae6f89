export * from "./difference.ts";
export * from "./parse-rulebook.ts";
export * from "./pointer.ts";
export * from "./resolve-rules.ts";
export * from "./rulebook.ts";
