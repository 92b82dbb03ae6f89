export * from "./merged-families.ts";
export * from "./parameter-file.ts";
