/**
 * A change of volatility as data.
 *
 *     relative: σ′ = max(σ·(1 + change·h), floor, 0),   absolute: σ′ = max(σ + change·h, floor, 0)
 *     h = (referenceDays / max(days, minimumDays))^power,  power = shortPower when days < referenceDays, else longPower
 *
 * h is 1 without `tenor`. With `wholeDays` days are rounded up first. The floor is applied after the shock; `startFloor` before it, σ being at least that.
 * `byDays` replaces that h by a table: linear between its days (or their roots), flat before the first and after the last.
 */
export interface VolatilityShock {
  /** Relative: 0.5 is 50 % up. Absolute: 0.05 is five volatility points up. Negative is down. */
  readonly change: number;
  readonly mode: "relative" | "absolute";
  readonly tenor?: {
    readonly referenceDays: number;
    readonly shortPower: number;
    readonly longPower: number;
    readonly minimumDays: number;
    /** The power is chosen by the days themselves (short up to and with `referenceDays`), not by those floored. */
    readonly powerByActualDays?: true;
    /** Days count rounded up to whole ones. */
    readonly wholeDays?: true;
  };
  /** Least of change·h, e.g. 0.4: a rise is never weaker than that. */
  readonly leastChange?: number;
  /** Days ascending, at least one; not together with `tenor`. */
  readonly byDays?: readonly { readonly days: number; readonly factor: number }[];
  /** `byDays` is linear in √days between its days, as term structures of volatility are read. */
  readonly rootDays?: true;
  /**
   * Tables by days for several call deltas N(d1), deltas ascending, at least one: the factor is linear in the option's own delta before the
   * shock between them and flat outside. Not together with `byDays` or `tenor`; `rootDays` holds for each table.
   */
  readonly byDelta?: readonly {
    /** 0 to 1; a put counts as the call of its strike. */
    readonly delta: number;
    readonly byDays: readonly { readonly days: number; readonly factor: number }[];
  }[];
  /** Fraction per √year; ≥ 0. */
  readonly floor?: number;
  /** Fraction per √year; ≥ 0. */
  readonly startFloor?: number;
}

export interface Scenario {
  /** Unique in its set. */
  readonly id: string;
  readonly label: string;
  /** Relative move of index and forwards; > −1. −0.15 is 15 % down. */
  readonly priceMove: number;
  readonly volatility?: VolatilityShock;
  /** Days that pass before the scenario's prices hold; ≥ 0. An option that expires within them is settled at the shocked price. */
  readonly decayDays?: number;
  /**
   * Skew stickiness ratio, 0 to 2: the smile slides with the price before the volatility shock, for options that carry their smile.
   * 0: sticky moneyness, 1: about sticky strike, 2: sticky local volatility. Absent: sticky strike exactly.
   */
  readonly stickiness?: number;
}

/** One value of a made array. */
export interface ArrayPoint {
  /** Price move in price scan ranges; beyond ±1 it is an extreme move. */
  readonly priceFraction: number;
  /** Volatility move in volatility scan ranges. */
  readonly volatilityFraction: number;
  /** Share of the loss that counts, 0 to 1. */
  readonly weight: number;
}

/** How the arrays of listed contracts are made; a contract's own ranges stand in its terms. */
export interface ArrayGeneration {
  readonly points: readonly ArrayPoint[];
  /** Time that passes before the revaluation, years; ≥ 0. */
  readonly lookAheadYears: number;
  /** What the loss is measured from: the model's value now, or the settlement price. */
  readonly base: "theoretical" | "settlement";
}

/** Scenarios that are revalued together. */
export interface ScenarioSet {
  /** Unique in a run. */
  readonly id: string;
  /** `model` revalues by formula; `risk-array` takes the venue's published arrays, or makes them where `generation` says how. */
  readonly repricer: "model" | "risk-array";
  /** Of `risk-array` sets: one point a scenario, from which arrays are made instead of taken. */
  readonly generation?: ArrayGeneration;
  /** Only positions of this underlying belong to the set; all when absent. */
  readonly underlying?: string;
  /**
   * Sets that share this name are one list of joint scenarios, each set for its own underlying: the same scenario ids
   * in the same order, and a scenario is what all of them say under its id.
   */
  readonly joint?: string;
  readonly scenarios: readonly Scenario[];
}
