import { failed, type Result, success, type Work } from "../../base/index.ts";
import { quantityUnit } from "../../instrument/index.ts";
import type { AddedLeg, LegInputs } from "../../margin/index.ts";
import { type BaseState, stateAfter } from "./book-state.ts";
import { type LibraryStress, withLibrary } from "./library-stress.ts";
import { type Costs, type TradeCost, tradeCost } from "./trade-cost.ts";
import { changeOf } from "./what-if.ts";
import type { WhatIfChange, WorstScenario } from "./what-if-result.ts";

/** What candidates are ranked by; more is better. */
export const candidateMeasures = [
  "margin-relief",
  "relief-per-cost",
  "relief-per-notional",
  "maintenance-relief",
  "headroom",
  "stress-relief",
  "wide-relief",
] as const;

export type CandidateMeasure = (typeof candidateMeasures)[number];

/** A ticket that may be traded. */
export interface Candidate {
  readonly label: string;
  readonly legs: readonly AddedLeg[];
}

/** A candidate with what it does to the book. USD. */
export interface RankedCandidate {
  /** Place in the request, or in the generated list. */
  readonly place: number;
  readonly label: string;
  readonly legs: readonly {
    readonly symbol: string;
    readonly venue: string;
    /** Signed, in `quantityUnit`. */
    readonly quantity: number;
    readonly quantityUnit: string;
  }[];
  readonly cost: TradeCost;
  readonly change: WhatIfChange;
  readonly initialAfterUsd: number;
  readonly bindingAfter?: string;
  /** Worst loss over the wide grid, less; over the scenarios of the request and of its stress sets, where there are some. > 0 is better. */
  readonly wideReliefUsd: number;
  readonly stressReliefUsd?: number;
  /** The lowest profit over these scenarios with the candidate. */
  readonly worstStressAfter?: WorstScenario;
  /** What it is ranked by; absent where it cannot be said: those stand last. */
  readonly score?: number;
}

export interface CandidateRanking {
  readonly methodology: string;
  readonly version: string;
  readonly measure: CandidateMeasure;
  readonly initialBeforeUsd: number;
  readonly bindingBefore?: string;
  readonly worstStressBefore?: WorstScenario;
  /** Best first; ties by label. */
  readonly ranked: readonly RankedCandidate[];
  readonly evaluated: number;
  readonly leftOut: readonly { readonly label: string; readonly reason: string }[];
}

export interface RankingChoices {
  readonly measure: CandidateMeasure;
  /** Of the ranking; the others are counted. */
  readonly most: number;
  readonly costs: Costs;
  /** Scenarios of the library whose losses count for the worst stress. */
  readonly stress?: LibraryStress | undefined;
}

/**
 * Tickets ranked by what each does to the margin of a book on its own, all against the same book.
 *
 *     relief-per-cost = margin relief / cost,   relief-per-notional = margin relief / gross notional traded
 *
 * @param base       the method and the book before
 * @param candidates each on its own
 * @param choices    what they are ranked by, and the stress they are held against
 * @returns the ranking; a candidate that cannot be margined stands in `leftOut`; `cancelled`
 */
export async function rankCandidates(
  base: BaseState,
  candidates: readonly Candidate[],
  { measure, most, costs, stress }: RankingChoices,
  inputs: LegInputs,
  work: Work,
): Promise<Result<CandidateRanking>> {
  const ranked: RankedCandidate[] = [];
  const leftOut: CandidateRanking["leftOut"][number][] = [];
  const before = withLibrary(base, stress, base.kernel).figures;
  for (const [place, { label, legs }] of candidates.entries()) {
    work.progress(place, candidates.length, "candidates");
    await work.pause();
    if (work.cancelled()) return failed("cancelled", "cancelled");
    const state = stateAfter(base, { legs });
    if (!state.ok) {
      leftOut.push({ label, reason: state.failure.message });
      continue;
    }
    const refused = state.value.built.excluded.find(({ symbol }) =>
      legs.some(({ instrument }) => instrument.symbol === symbol),
    );
    if (refused !== undefined) {
      leftOut.push({ label, reason: refused.failure.message });
      continue;
    }
    const after = withLibrary(state.value, stress, base.kernel).figures;
    const cost = tradeCost(legs, inputs, costs);
    const wideReliefUsd = after.worstWide.profitUsd - before.worstWide.profitUsd;
    const [stressBefore, worstStressAfter] = [before.worstStress, after.worstStress];
    const one: Omit<RankedCandidate, "score"> = {
      ...{ place, label, cost, wideReliefUsd, initialAfterUsd: after.initialUsd },
      legs: legs.map(({ instrument, quantity }) => ({
        ...{ symbol: instrument.symbol, venue: instrument.venue, quantity, quantityUnit: quantityUnit(instrument) },
      })),
      change: changeOf(before, after),
      ...(after.binding === undefined ? {} : { bindingAfter: after.binding }),
      ...(stressBefore === undefined || worstStressAfter === undefined
        ? {}
        : { worstStressAfter, stressReliefUsd: worstStressAfter.profitUsd - stressBefore.profitUsd }),
    };
    const score = scoreOf(one, measure);
    ranked.push(score === undefined ? one : { ...one, score });
  }
  work.progress(candidates.length, candidates.length, "candidates");
  ranked.sort(byScore);
  return success({
    methodology: base.run.methodology.id,
    version: base.run.rules.version,
    measure,
    initialBeforeUsd: before.initialUsd,
    ...(before.binding === undefined ? {} : { bindingBefore: before.binding }),
    ...(before.worstStress === undefined ? {} : { worstStressBefore: before.worstStress }),
    ranked: ranked.slice(0, most),
    evaluated: candidates.length,
    leftOut: leftOut.slice(0, most),
  });
}

function scoreOf(one: Omit<RankedCandidate, "score">, measure: CandidateMeasure): number | undefined {
  const relief = -one.change.initialUsd;
  const { costUsd, notionalUsd } = one.cost;
  switch (measure) {
    case "margin-relief":
      return relief;
    case "maintenance-relief":
      return -one.change.maintenanceUsd;
    case "relief-per-cost":
      return costUsd > 0 ? relief / costUsd : undefined;
    case "relief-per-notional":
      return notionalUsd > 0 ? relief / notionalUsd : undefined;
    case "headroom":
      return one.change.headroomUsd;
    case "stress-relief":
      return one.stressReliefUsd;
    case "wide-relief":
      return one.wideReliefUsd;
  }
}

function byScore(a: RankedCandidate, b: RankedCandidate): number {
  const [one, other] = [a.score ?? Number.NEGATIVE_INFINITY, b.score ?? Number.NEGATIVE_INFINITY];
  if (one !== other) return one > other ? -1 : 1;
  return a.label < b.label ? -1 : a.label > b.label ? 1 : a.place - b.place;
}
