import type { HedgeBook } from "./hedge-book.ts";
import type { ProgramInstrument, ProgramLimit } from "./hedge-program.ts";
import type { HedgeCandidate } from "./hedge-result.ts";

/** What a hedge is for. */
export type HedgeObjective =
  | { readonly kind: "funding"; readonly capitalRate: number; readonly horizonDays: number }
  | { readonly kind: "margin"; readonly budgetUsd: number }
  | {
      readonly kind: "target";
      readonly marginUsd?: number | undefined;
      readonly marginRatio?: number | undefined;
      readonly headroomUsd?: number | undefined;
      readonly stressLossUsd?: number | undefined;
    };

/** Most that a greek of the book may be after the hedge, either sign, or its loss in any scenario of the request's stress sets. */
export interface HedgeLimit {
  readonly measure: "delta" | "vega" | "stress-loss";
  readonly underlying?: string | undefined;
  readonly most: number;
}

/** A hedge as numbers: what may be traded, within what, and what counts. */
export interface HedgeProblem {
  readonly book: HedgeBook;
  readonly candidates: readonly HedgeCandidate[];
  readonly instruments: readonly ProgramInstrument[];
  readonly requirement: "initial" | "maintenance";
  /** w: worth of one USD of margin. */
  readonly marginWeight: number;
  readonly limits: readonly ProgramLimit[];
  readonly budget?: number;
  /** requirement + costFactor × cost ≤ most. */
  readonly target?: { readonly most: number; readonly costFactor: number };
}

const daysPerYear = 365;

/** w of an objective: the worth of one USD of margin over the horizon; 1 under a budget, 0 for a target. */
export function marginWeight(objective: HedgeObjective): number {
  if (objective.kind === "funding") return (objective.capitalRate * objective.horizonDays) / daysPerYear;
  return objective.kind === "margin" ? 1 : 0;
}

/**
 * The tightest of the targets of an objective: requirement + costFactor × cost ≤ most.
 *
 *     margin   m ≤ M          ratio   m ≤ ρ·(E − cost)          headroom   (E − cost) − m ≥ H
 *
 * @param balanceUsd E, margin balance before the hedge; a ratio and a headroom need it
 * @returns rows to be met; `undefined` where a balance is needed and unknown
 */
export function targetRow(
  objective: HedgeObjective,
  balanceUsd: number | undefined,
): { readonly most: number; readonly costFactor: number } | "none" | "needs-balance" {
  if (objective.kind !== "target") return "none";
  const { marginUsd, marginRatio, headroomUsd } = objective;
  if ((marginRatio !== undefined || headroomUsd !== undefined) && balanceUsd === undefined) return "needs-balance";
  const balance = balanceUsd ?? 0;
  const rows = [
    ...(marginUsd === undefined ? [] : [{ most: marginUsd, costFactor: 0 }]),
    ...(marginRatio === undefined ? [] : [{ most: marginRatio * balance, costFactor: marginRatio }]),
    ...(headroomUsd === undefined ? [] : [{ most: balance - headroomUsd, costFactor: 1 }]),
  ];
  const [first, ...rest] = rows;
  if (first === undefined) return "none";
  // Both parts at their tightest: never looser than any of the rows.
  return rest.reduce(
    (tight, row) => ({ most: Math.min(tight.most, row.most), costFactor: Math.max(tight.costFactor, row.costFactor) }),
    first,
  );
}

/** The tightest bound on the loss in scenarios; `undefined` where none is asked. */
export function stressLossBound(limits: readonly HedgeLimit[], objective: HedgeObjective): number | undefined {
  const bounds = limits.flatMap(({ measure, most }) => (measure === "stress-loss" ? [most] : []));
  const own = objective.kind === "target" ? objective.stressLossUsd : undefined;
  const all = own === undefined ? bounds : [...bounds, own];
  return all.length === 0 ? undefined : Math.min(...all);
}

/** Limits on greeks and on cash as rows over the quantities traded; those of a stress loss are rows of their own. */
export function limitRows(
  limits: readonly HedgeLimit[],
  cashUsd: number | undefined,
  candidates: readonly HedgeCandidate[],
  greeksOf: (measure: "delta" | "vega", underlying: string | undefined) => number,
): readonly ProgramLimit[] {
  const rows = limits.flatMap(({ measure, underlying, most }): ProgramLimit[] => {
    if (measure === "stress-loss") return [];
    const counts = (one: HedgeCandidate): boolean => underlying === undefined || one.underlying === underlying;
    const unit = (one: HedgeCandidate): number => (measure === "delta" ? one.deltaUsd : one.vegaUsd);
    return [
      {
        ...{ kind: "limit", label: `${measure}${underlying === undefined ? "" : ` of ${underlying}`}` },
        base: greeksOf(measure, underlying),
        slopes: Float64Array.from(candidates, (one) => (counts(one) ? unit(one) : 0)),
        ...{ lower: -most, upper: most },
      },
    ];
  });
  if (cashUsd === undefined) return rows;
  const slopes = Float64Array.from(candidates, ({ premiumUsd }) => premiumUsd);
  return [
    ...rows,
    { kind: "cash", label: "net premium", base: 0, slopes, lower: Number.NEGATIVE_INFINITY, upper: cashUsd },
  ];
}
