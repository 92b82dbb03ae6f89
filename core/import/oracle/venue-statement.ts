import type { IndexPrice, Quote } from "../../market/index.ts";
import type { Balance, Component, Position, SourceFile } from "../../portfolio/index.ts";

/** What a stated amount is for; the words of `ComponentKind` of a statement line. */
export type StatedKind =
  | "total"
  | "scenario"
  | "position"
  | "roll"
  | "delta"
  | "contingency"
  | "floor"
  | "orders"
  | "haircut"
  | "balance";

/** One amount the venue charged or stated, in the venue's own words. */
export interface StatedAmount {
  /** Where it stands in the reply: `margins.btc.initial_margin`. Unique in the statement. */
  readonly id: string;
  readonly label: string;
  /** Account or risk unit it belongs to, as the methodology names its accounts. */
  readonly account: string;
  readonly component: StatedKind;
  /** Requirements ≥ 0. A venue that states a surplus is adapted here and `asPrinted` keeps its own figure. */
  readonly amount: number;
  readonly asPrinted?: number;
  readonly unit: string;
  /** One unit of the last digit the venue prints of this figure; > 0. */
  readonly digit: number;
  /**
   * Ids of statement lines it compares with; the first that exists counts. A `*` stands for one part of a path.
   * With `symbol`, the line of that position below the named one.
   */
  readonly lines: readonly string[];
  readonly symbol?: string;
  /** Stated amounts that the venue's own rule adds up, times a factor, to this one. */
  readonly parts?: { readonly ids: readonly string[]; readonly factor: number };
}

/** One cell of a scenario vector. Cells are matched by group and number, or by price move and volatility state. */
export interface StatedCell {
  readonly group: string;
  /** Place in its group, from 0; absent when the venue names the cell by its shocks. */
  readonly place?: number;
  readonly priceMove?: number;
  readonly volatility?: string;
  /** Profit and loss; gain > 0. */
  readonly amount: number;
  readonly digit: number;
}

/** Scenario profit and loss as the venue states it: of one instrument, or of a risk unit before or after its offsets. */
export interface StatedVector {
  readonly id: string;
  readonly of: "instrument" | "before-offsets" | "unit";
  readonly symbol?: string;
  readonly underlying: string;
  readonly unit: string;
  readonly cells: readonly StatedCell[];
}

/** A parameter of the reply as a rulebook knows it. */
export interface StatedParameter {
  /** JSON pointer into the parameters of the methodology. */
  readonly path: string;
  readonly value: number | string | boolean;
  /** The venue's name of it: `currency_pair.btc_usd.price_range`. */
  readonly at: string;
}

/** A position of the reply. */
export type StatedPosition = Pick<Position, "instrument" | "quantity">;

/** What a venue says it charges, or would charge, at one moment: read from one or more of its replies. */
export interface VenueStatement {
  readonly venue: string;
  /** Ids and titles of the formats that read it. */
  readonly formats: readonly { readonly id: string; readonly title: string }[];
  /** Methodologies of ours it may speak of, most likely first. Empty for parameters only. */
  readonly methodologies: readonly string[];
  /** Instant the reply states; absent when it states none. */
  readonly asOfMs?: number;
  readonly testnet: boolean;
  /** Positions the statement is about: all of the account unless it names settlement currencies or underlyings. */
  readonly covers?: { readonly settlements: readonly string[] } | { readonly underlyings: readonly string[] };
  readonly amounts: readonly StatedAmount[];
  readonly vectors: readonly StatedVector[];
  readonly parameters: readonly StatedParameter[];
  /** Every position of the reply; absent when the reply lists none. */
  readonly positions?: readonly StatedPosition[];
  readonly quotes: readonly Quote[];
  readonly indices: readonly IndexPrice[];
  /** Amounts the venue charges and does not publish how to compute. */
  readonly components: readonly Component[];
  readonly balances: readonly Balance[];
  /** What of the reply was not understood or not used, in words. */
  readonly notes: readonly string[];
  readonly sources: readonly SourceFile[];
}
