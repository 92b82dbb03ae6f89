/** One printed array value and the one made here. */
export interface ArrayCell {
  /** `OOP XU030 201606 96 C`. */
  readonly contract: string;
  /** Scenario, from 1. */
  readonly scenario: number;
  readonly printed: number;
  readonly made: number;
}

/** How the made arrays of a family fit the printed ones. Money of the family's currency. */
export interface ArrayFit {
  readonly family: string;
  readonly currency: string;
  /** Arrays compared, and contracts that could not be: no array, no range, no price. */
  readonly arrays: number;
  readonly leftOut: number;
  /** Largest and mean distance of a value; ≥ 0. */
  readonly largest: number;
  readonly mean: number;
  /** Largest price scan range of the family, money per contract: what distances are compared with. */
  readonly range: number;
  /** Largest distance of a composite delta. */
  readonly delta: number;
  /** The values furthest apart, furthest first. */
  readonly worst: readonly ArrayCell[];
}
