import type { Decomposition, LossForecast, RiskMatrix } from "../../contract.ts";
import type { Line } from "../../statement.ts";
import type { ListName } from "./joint-list.ts";

/** The distribution of the book's profit over one step, whatever it is made of, as the charge asks it. */
export interface TailModel {
  readonly name: ListName;
  /** Measure of the rules, USD; below 0 while the tail is still a profit. */
  readonly value: number;
  /** Both measures of the book over one step, USD; absent where only the one of the rules is known. */
  readonly forecast?: Pick<LossForecast, "valueAtRisk" | "expectedShortfall" | "confidence">;
  /** From the step to the horizon: √days, or 1 where the scenarios span it. */
  readonly horizonFactor: number;
  /** Underlyings with positions, in the order of the book. */
  readonly underlyings: readonly string[];
  /** Measure of some underlyings by themselves, together. */
  readonly alone: (underlyings: readonly string[], confidence?: number) => number;
  /** Measure under stressed dependence between underlyings. */
  readonly dependent: (kind: "perfect" | "zero", confidence: number) => number;
  /** Measure of the book with collateral whose loss in a scenario is −Σ value · price move. */
  readonly joint: (collateral: ReadonlyMap<string, number>) => number;
  /** The measure as a loss on what positions contribute; amount max(0, value). */
  readonly line: (id: string, detail: boolean) => Line;
  /** The measure split in other ways. */
  readonly decompositions: (lineId: string) => readonly Decomposition[];
  /** Its worst scenarios; absent where it has none. */
  readonly matrix: (() => RiskMatrix) | undefined;
  readonly notes: readonly string[];
}
