export * from "./hedge-result.ts";
export * from "./linear-program.ts";
