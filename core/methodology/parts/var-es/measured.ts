import { DomainError, type Result } from "../../../base/index.ts";
import { type Tail, type TailShares, tailOf } from "../../../measure/index.ts";
import type { JointList } from "./joint-list.ts";
import type { VarEsRules } from "./rules.ts";
import { scaledSeries } from "./scaled-changes.ts";

/** The measure of the rules on one vector of losses. */
export interface Measured {
  readonly tail: Tail;
  /** VaR or ES, unit of the losses. */
  readonly value: number;
  /** Σ share · loss · multiplier is the value. */
  readonly shares: TailShares;
  /** The losses that were sorted: those given, filtered where the filter works on the book. */
  readonly losses: Float64Array;
  /** What the filter of the book multiplied each loss by; absent without one. */
  readonly multipliers?: Float64Array;
  /** What to say of the filter on the book; absent without one. */
  readonly notes?: readonly string[];
}

/** A measure on losses of a list; the value of a result that must be one. */
export function measured(losses: Float64Array, list: JointList, rules: VarEsRules, confidence?: number): Measured {
  const { statistic, quantile, estimator } = rules.measure;
  const filtered = filteredOnBook(losses, list, rules);
  const request = {
    confidence: confidence ?? confidenceOf(list, rules),
    convention: quantile,
    estimator,
    ...(list.weights === undefined ? {} : { weights: list.weights }),
    scenarioIds: list.ids,
  };
  const tail = must(tailOf(filtered.losses, request));
  return {
    tail,
    value: statistic === "VaR" ? tail.valueAtRisk : tail.expectedShortfall,
    shares: statistic === "VaR" ? tail.valueAtRiskShares : tail.expectedShortfallShares,
    ...filtered,
  };
}

/** Confidence of a list: days of stress have their own. */
export function confidenceOf({ name }: JointList, { measure, stress }: VarEsRules): number {
  return name === "stress" ? stress.confidence : measure.confidence;
}

/** Losses of today's book brought to today's volatility of its own profits, where the rules filter the book. */
function filteredOnBook(
  losses: Float64Array,
  { name }: JointList,
  { simulation }: VarEsRules,
): Pick<Measured, "losses" | "multipliers" | "notes"> {
  const filter = simulation.kind === "historical" ? simulation.filter : undefined;
  if (name !== "current" || filter === undefined || filter.kind === "none" || filter.level === "factor")
    return { losses };
  const { values, multipliers, notes } = must(scaledSeries(losses, filter));
  return { losses: values, multipliers, notes };
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new DomainError(result.failure.message, result.failure.reason);
  return result.value;
}
