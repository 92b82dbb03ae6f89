export * from "./attribution.ts";
export { type ComponentParts, componentParts, type SharedPart } from "./component-parts.ts";
export * from "./game.ts";
export * from "./grouping.ts";
export * from "./run-attribution.ts";
export type { ShapleySettings } from "./shapley-margins.ts";
export { type GroupMargins, type Requirement, type SubsetMargins, subsetMargins } from "./subset-margins.ts";
