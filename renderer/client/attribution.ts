import type { Input, Output } from "../../core/api/contract.ts";

/** Names for the shapes of attribution and of the explanation of a change. */
export type AttributionRun = Output<"attribution.run">;
export type AttributionSplit = AttributionRun["splits"][number];
export type AttributionKind = AttributionSplit["kind"];
export type Grouping = AttributionRun["grouping"];
export type Requirement = AttributionRun["requirement"];

export type ChangeExplanation = Output<"change.explain">;
export type ChangeStep = ChangeExplanation["steps"][number];
export type ChangeSide = Input<"change.explain">["from"];
export type ChangeAverage = NonNullable<Input<"change.explain">["average"]>;
