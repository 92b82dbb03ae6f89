import type { Input, Output } from "../../core/api/contract.ts";

/** Names for the shapes of reconciliation and comparison. */
export type BreakReport = Output<"break-report.run">;
export type BreakRequest = Input<"break-report.run">;
export type BreakLine = BreakReport["lines"][number];
export type LineVerdict = BreakReport["verdict"];
export type Bridge = BreakReport["bridges"][number];
export type SwapResult = BreakReport["swaps"][number];
export type CellBreak = NonNullable<BreakReport["cells"]>["open"][number];

export type Comparison = Output<"margin.comparison">;
export type ComparisonColumn = Comparison["columns"][number];
export type ComparisonRow = Comparison["rows"][number];

export type RuleEffect = Output<"rulebook.effect">;
export type LineEffect = RuleEffect["lines"][number];
export type PositionEffect = RuleEffect["positions"][number];
