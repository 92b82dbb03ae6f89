export * from "./rulebook.ts";
