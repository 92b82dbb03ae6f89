import { failed, type Result, success } from "../../base/index.ts";
import { buildBook, type MarginRun, underRules } from "../../margin/index.ts";
import type { Methodology } from "../../methodology/index.ts";
import { positionGreeks } from "../../pricing/index.ts";
import type { ResolvedRules } from "../../rulebook/index.ts";
import type { LibraryStress } from "../what-if/library-stress.ts";
import { type HedgeCosts, hedgeCandidate } from "./candidate.ts";
import { type CandidateChoice, type Chosen, chosenCandidates } from "./candidate-choice.ts";
import { type HedgeBook, hedgeBook, type NotTradable } from "./hedge-book.ts";
import {
  type HedgeLimit,
  type HedgeObjective,
  type HedgeProblem,
  limitRows,
  marginWeight,
  stressLossBound,
  targetRow,
} from "./hedge-problem.ts";
import type { LeftOutCandidate } from "./hedge-result.ts";
import { balanceOf, type FundingRate } from "./hedge-state.ts";
import { stressLossRows } from "./hedge-stress.ts";
import type { LinearSolver } from "./linear-program.ts";

/** A further method whose margins are shown before and after. */
export interface HedgeMethod {
  readonly label: string;
  readonly methodology: Methodology;
  readonly rules: ResolvedRules;
}

export interface HedgeRun extends Omit<MarginRun, "standAlone"> {
  readonly candidates: CandidateChoice;
  readonly requirement: "initial" | "maintenance";
  readonly objective: HedgeObjective;
  readonly costs: HedgeCosts;
  readonly limits: readonly HedgeLimit[];
  readonly cashUsd?: number | undefined;
  readonly budgetUsd?: number | undefined;
  /** Also a plan in whole lots. */
  readonly lots: boolean;
  readonly rounds: number;
  /** Of each search over whole lots. */
  readonly seconds: number;
  readonly funding: readonly FundingRate[];
  /** Scenarios of the library, told before and after, and those that a limit of stress loss holds in. */
  readonly stress?: LibraryStress | undefined;
  readonly methods: readonly HedgeMethod[];
  readonly solver: LinearSolver;
}

/** A hedge ready to be solved, and what is to be said of how it came about. */
export interface PreparedHedge {
  readonly problem: HedgeProblem;
  readonly leftOut: readonly LeftOutCandidate[];
  readonly notes: readonly string[];
}

/**
 * Chooses the candidates of a run, prices them, and states limits and targets as rows.
 *
 * @returns failures as of `runHedge`
 */
export function preparedHedge(run: HedgeRun): Result<PreparedHedge> {
  const under = underRules(run.methodology, run.rules);
  if (!under.ok) return under;
  const built = buildBook({ ...run, methodology: under.value });
  if (!built.ok) return built;
  const choice = chosenCandidates(run.candidates, built.value.book, run.market);
  const joined = hedgeBook(
    run,
    choice.chosen.map(({ instrument }) => instrument),
  );
  if (!joined.ok) return joined;
  const { book, notTradable } = joined.value;
  const leftOut = leftOutOf(choice, notTradable);
  if (book.tradable.length === 0) {
    const first = leftOut[0];
    const why = first === undefined ? "the market quotes none near the book" : `${first.symbol}: ${first.reason}`;
    return failed("invalid-input", `there is no instrument to hedge with; ${why}`, "candidates");
  }
  const quotes = new Map(run.market.quotes.map((quote) => [quote.instrument.id, quote]));
  const askedOf = new Map(choice.chosen.map(({ instrument, asked }) => [instrument.id, asked]));
  const candidates = book.tradable.map((entry, k) => {
    const { id } = entry.position.instrument;
    return hedgeCandidate(entry, book.held[k] ?? 0, book.built.book, quotes.get(id), run.costs, askedOf.get(id));
  });
  const balance = balanceOf(book.charge(book.after(new Float64Array(candidates.length))).accounts);
  const target = targetRow(run.objective, balance);
  if (target === "needs-balance")
    return failed(
      "missing-data",
      "a margin ratio or a headroom needs a margin balance; the portfolio states no balance the method uses",
      "objective",
    );
  const mostLoss = stressLossBound(run.limits, run.objective);
  if (mostLoss !== undefined && run.stress === undefined)
    return failed(
      "invalid-input",
      "a bound on stress loss needs the scenarios it holds in: name stress sets",
      "stress",
    );
  const stressed =
    mostLoss === undefined || run.stress === undefined
      ? { rows: [], notes: [] }
      : stressLossRows(book, run.stress, mostLoss);
  const budget = run.objective.kind === "margin" ? run.objective.budgetUsd : run.budgetUsd;
  return success({
    leftOut,
    notes: [
      ...(choice.note === undefined ? [] : [choice.note]),
      ...stressed.notes.map((note) => `under stress: ${note}`),
      ...costNotes(candidates.filter(({ costSource }) => costSource === "default").length, run.costs),
      ...(candidates.some(({ lotSource }) => lotSource === "default")
        ? ["lots: the market states none; a step usual at venues stands for each contract that has no size of its own"]
        : []),
    ],
    problem: {
      ...{ book, candidates, requirement: run.requirement, marginWeight: marginWeight(run.objective) },
      instruments: candidates.map(({ symbol, mostBought, mostSold, unitCostUsd, lot, notionalUsd }) => ({
        ...{ name: symbol, mostBought, mostSold, cost: unitCostUsd, lot, notional: notionalUsd },
      })),
      limits: [
        ...limitRows(run.limits, run.cashUsd, candidates, (measure, underlying) =>
          heldGreek(book, measure, underlying),
        ),
        ...stressed.rows,
      ],
      ...(budget === undefined ? {} : { budget: Math.min(budget, run.budgetUsd ?? budget) }),
      ...(target === "none" ? {} : { target }),
    },
  });
}

function leftOutOf({ unknown }: Chosen, notTradable: readonly NotTradable[]): readonly LeftOutCandidate[] {
  return [
    ...unknown.map((symbol) => ({
      symbol,
      reason: "neither the market nor the portfolio has an instrument of this name",
    })),
    ...notTradable.map(({ instrument, failure }) => ({ symbol: instrument.symbol, reason: failure.message })),
  ];
}

/** A greek of the book as it is, in the unit of the limits: delta in USD at the index, vega in USD a volatility point. */
function heldGreek(book: HedgeBook, measure: "delta" | "vega", underlying: string | undefined): number {
  return book.built.book.positions.reduce((total, { position: { instrument, quantity }, terms }) => {
    if (underlying !== undefined && instrument.underlying !== underlying) return total;
    const greeks = positionGreeks(instrument, terms, quantity);
    return total + (measure === "delta" ? greeks.delta * terms.index : greeks.vega);
  }, 0);
}

function costNotes(defaults: number, { halfSpreadBps }: HedgeCosts): readonly string[] {
  if (defaults === 0) return [];
  return [`${defaults} candidates have no bid and ask: a half spread of ${halfSpreadBps} basis points stands for them`];
}
