import type { Book } from "./contract.ts";

/** A book at many markets: its positions, and what differs from market to market in columns, one number a market. */
export interface MarketColumns {
  /** Before any move: positions, quantities and times to expiry hold at every market; marks, indices and balances do not. */
  readonly book: Book;
  /** Number of markets. */
  readonly count: number;
  /** Underlying -> index price, quote currency. */
  readonly indices: ReadonlyMap<string, Float64Array>;
  /** Equity of each balance of the book, in its currency. */
  readonly equities: readonly Float64Array[];
  /** Mark of each position of the book. */
  readonly marks: readonly Float64Array[];
  /** Black delta of one unit of each position; empty unless it is an option. */
  readonly deltas: readonly Float64Array[];
  /** Forward of a position of the book, its quote currency per unit of underlying. */
  readonly forwards: (position: number) => Float64Array;
  /** Model value of one unit of an option of the book, in the unit of its mark. */
  readonly models: (position: number) => Float64Array;
  /**
   * Profit of what a position of the book holds, in a scenario of the set that starts from a market: `[market * scenarios + scenario]`,
   * settlement currency, gain > 0.
   *
   * @throws DomainError for a set that is not among those of the methodology
   */
  readonly profits: (setId: string, position: number) => Float64Array;
}

/** The requirement of one margin account at many markets: as `AccountCharge`, amounts only. */
export interface AccountColumns {
  readonly id: string;
  readonly usdPerUnit: Float64Array;
  readonly initial: Float64Array;
  readonly maintenance: Float64Array;
  /** Absent when the portfolio states no balance for the account. */
  readonly marginBalance?: Float64Array;
  readonly matrices: readonly MatrixColumns[];
}

/** Which cell of a risk matrix sets the requirement at each market. */
export interface MatrixColumns {
  readonly title: string;
  /** Labels of the cells. */
  readonly labels: readonly string[];
  /** Index of the binding cell; −1 where none loses. */
  readonly binding: Int16Array;
}
