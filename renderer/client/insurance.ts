import type { Input, Output } from "../../core/api/contract.ts";

/** Names for the shapes of insurance and delta-hedge rules. */
export type Insurance = Output<"hedge.insure">;
export type InsuranceInput = Input<"hedge.insure">;
export type HeldInsurance = Extract<Insurance, { readonly chart: unknown }>;
export type ProportionInsurance = Extract<Insurance, { readonly path: unknown }>;
export type HedgingBands = Output<"hedge.bands">;
export type RuleOutcome = HedgingBands["outcomes"][number];
