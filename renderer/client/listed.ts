import type { Input, Output } from "../../core/api/contract.ts";

/** Names for the shapes of listed products: netting, coverage, parts of a mixed book, parameter files. */
export type NettingBenefit = Output<"margin.netting-benefit">;
export type NettingColumn = NettingBenefit["columns"][number];
export type NettingAmounts = NettingBenefit["total"];

export type Coverage = Output<"margin.coverage">;
export type PositionCoverage = Coverage["positions"][number];
export type MixedMargin = Output<"margin.mixed">;
export type MixedPart = Input<"margin.mixed">["parts"][number];

export type ParameterFileHeader = Output<"parameter-file.summary">;
