/** A parameter of the validated model, with where it comes from. */
export interface ModelParameter {
  readonly id: string;
  readonly value: number | string | boolean;
  readonly unit?: string;
  readonly source?: string;
  readonly effectiveFrom?: string;
  /** `overridden` for a value the user set in place of the rulebook's. */
  readonly status?: "verified" | "unverified" | "inferred" | "overridden";
}

/** What the validated model is. */
export interface ModelCard {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly effectiveFrom?: string;
  /** Type, confidence, look-back, weighting, close-out period, update frequency: as words. */
  readonly design: readonly { readonly label: string; readonly value: string }[];
  readonly parameters: readonly ModelParameter[];
  /** Each with the condition under which it stops being valid. */
  readonly assumptions: readonly { readonly text: string; readonly failsWhen?: string }[];
  readonly limitations: readonly string[];
}
