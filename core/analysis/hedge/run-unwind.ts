import { failed, finishWithPauses, type Result, type Steps, success, unwatched } from "../../base/index.ts";
import { quantityUnit } from "../../instrument/index.ts";
import { buildBook, type MarginRun, underRules } from "../../margin/index.ts";
import type { BookPosition } from "../../methodology/index.ts";
import type { StressMarks } from "../reverse-stress/moved-run.ts";
import type { LibraryStress } from "../what-if/library-stress.ts";
import type { WorstScenario } from "../what-if/what-if-result.ts";
import { type HedgeCosts, hedgeCandidate } from "./candidate.ts";
import { type HedgeBook, hedgeBook, requirementUsd } from "./hedge-book.ts";
import { hedgeMarks } from "./hedge-marks.ts";
import type { HedgeCandidate } from "./hedge-result.ts";
import { stressOf } from "./hedge-stress.ts";
import { type LinearSolver, type SolverStatus, usualLimits } from "./linear-program.ts";
import { expressionAmount } from "./margin-expression.ts";
import { type Probe, statedExpression } from "./statement-expression.ts";
import { closingCost, solveUnwind, type UnwindPosition } from "./unwind-program.ts";

export interface UnwindRun extends Omit<MarginRun, "standAlone"> {
  readonly requirement: "initial" | "maintenance";
  readonly days: number;
  /** Share of each day's volume that may be traded; in (0, 1]. */
  readonly participation: number;
  /** Units of quantity traded in a day, by symbol; others by the market, or by the size of the position. */
  readonly volumes: readonly { readonly symbol: string; readonly dailyVolume: number }[];
  /** Y of the square-root impact. */
  readonly impactCoefficient: number;
  /** Fraction per √year; of instruments without options on their underlying. */
  readonly volatility: number;
  readonly costs: HedgeCosts;
  /** Worth of one USD of margin released for a day, USD. */
  readonly marginWeight: number;
  readonly budgetUsd?: number | undefined;
  readonly seconds: number;
  readonly solver: LinearSolver;
  /** Scenarios of the library whose lowest profit is told for the end of each day. */
  readonly stress?: LibraryStress | undefined;
}

export interface UnwoundPosition {
  readonly symbol: string;
  readonly quantity: number;
  readonly quantityUnit: string;
  readonly dailyVolume: number;
  readonly volumeSource: "quotes" | "default" | "set";
  readonly mostPerDay: number;
}

export interface UnwindTrade {
  readonly symbol: string;
  /** Bought > 0, sold < 0. */
  readonly quantity: number;
  readonly costUsd: number;
  /** Share of the day's volume. */
  readonly participation: number;
}

export interface UnwindDay {
  readonly day: number;
  readonly trades: readonly UnwindTrade[];
  readonly costUsd: number;
  /** At the end of the day: by the programme, and recomputed. */
  readonly programmeUsd: number;
  readonly requirementUsd: number;
  /** Less than before any trade; below 0 when it rose. */
  readonly releasedUsd: number;
  /** Recomputed, when every position is closed as fast as its volume allows instead. */
  readonly plainUsd: number;
  readonly plainCostUsd: number;
  /** Lowest profit of what is left over the scenarios of the request's stress sets; absent where it names none. */
  readonly worstStress?: WorstScenario;
}

/** Answer of `hedge.unwind`. */
export interface UnwindPlan extends StressMarks {
  readonly requirement: "initial" | "maintenance";
  readonly beforeUsd: number;
  readonly worstStressBefore?: WorstScenario;
  readonly positions: readonly UnwoundPosition[];
  readonly days: readonly UnwindDay[];
  readonly costUsd: number;
  /** Sum over days of what is released: of the plan, and of closing everything at full speed. */
  readonly releasedUsdDays: number;
  readonly plainReleasedUsdDays: number;
  readonly status: SolverStatus;
  readonly notes: readonly string[];
  readonly solver: string;
}

/**
 * In which order to close a book under stress: a linear programme over the days, the margin of each day recomputed.
 *
 * @returns failures as in `runMargin`; `not-applicable` when nothing is held; `cancelled`
 * @source resources/docs/hedging.md, section 7
 */
export async function runUnwind(run: UnwindRun): Promise<Result<UnwindPlan>> {
  const done = await finishWithPauses(unwound(run), run.work ?? unwatched);
  return done.ok ? done.value : done;
}

function* unwound(run: UnwindRun): Steps<Result<UnwindPlan>> {
  const { requirement, solver, market, methodology, rules, work = unwatched } = run;
  const under = underRules(methodology, rules);
  if (!under.ok) return under;
  const plain = buildBook({ ...run, methodology: under.value });
  if (!plain.ok) return plain;
  const instruments = new Map(
    plain.value.book.positions.map(({ position }) => [position.instrument.id, position.instrument]),
  );
  const joined = hedgeBook(run, [...instruments.values()]);
  if (!joined.ok) return joined;
  const { book } = joined.value;
  const quotes = new Map(market.quotes.map((quote) => [quote.instrument.id, quote]));
  const positions = book.tradable.map((entry, k) => {
    const quote = quotes.get(entry.position.instrument.id);
    const candidate = hedgeCandidate(entry, book.held[k] ?? 0, book.built.book, quote, run.costs, undefined);
    return unwindPosition(run, candidate, entry, quote?.volume);
  });
  if (positions.every(({ priced }) => priced.quantity === 0))
    return failed("not-applicable", "the book holds nothing to close");
  const priced = positions.map((one) => one.priced);
  work.progress(0, run.days + 1, "days");
  const start = book.charge(book.after(new Float64Array(priced.length))).accounts;
  const probes: Probe[] = [];
  for (const [instrument, { quantity }] of priced.entries()) {
    if (quantity === 0) continue;
    const moved = new Float64Array(priced.length);
    moved[instrument] = -quantity;
    probes.push({ instrument, step: -quantity, accounts: book.charge(book.after(moved)).accounts });
    yield;
  }
  const { expression, scenarios } = statedExpression(start, probes, priced.length, requirement);
  const program = {
    ...{ positions: priced, margin: expression, days: run.days, marginWeight: run.marginWeight },
    ...(run.budgetUsd === undefined ? {} : { budget: run.budgetUsd }),
  };
  const { status, closed } = solveUnwind(program, solver, { ...usualLimits, seconds: run.seconds });
  if (closed === undefined) return failed("not-applicable", `the solver ended without a plan: ${status}`);
  const beforeUsd = requirementUsd(start, requirement);
  const plan = yield* followed(run, book, priced, closed);
  const fast = yield* followed({ requirement }, book, priced, fullSpeed(priced, run.days));
  const { worstStress: worstStressBefore } = stressOf(book.built.book, run.stress, book.kernel);
  const days = plan.map(({ trades, costUsd, requirementUsd: required, worstStress }, at): UnwindDay => {
    const other = fast[at];
    return {
      ...{
        day: at + 1,
        trades,
        costUsd,
        programmeUsd: expressionAmount(expression, movedBy(priced, closed, at)),
        requirementUsd: required,
      },
      releasedUsd: beforeUsd - required,
      plainUsd: other?.requirementUsd ?? beforeUsd,
      plainCostUsd: other?.costUsd ?? 0,
      ...(worstStress === undefined ? {} : { worstStress }),
    };
  });
  work.progress(run.days + 1, run.days + 1, "days");
  const defaults = positions.filter(({ shown }) => shown.volumeSource === "default").length;
  return success({
    ...hedgeMarks(run, book),
    ...{ requirement, beforeUsd, days, status, solver: solver.name },
    ...(worstStressBefore === undefined ? {} : { worstStressBefore }),
    positions: positions.map(({ shown }) => shown),
    costUsd: days.reduce((total, { costUsd }) => total + costUsd, 0),
    releasedUsdDays: days.reduce((total, { releasedUsd }) => total + releasedUsd, 0),
    plainReleasedUsdDays: days.reduce((total, { plainUsd }) => total + beforeUsd - plainUsd, 0),
    notes: [
      `the programme has ${scenarios} scenario rows a day; other charges go along the line from the book as it is to each position closed`,
      ...(defaults === 0
        ? []
        : [
            `${defaults} positions have no traded volume: a day's volume of ${assumedPositions} times the position stands for it`,
          ]),
    ],
  });
}

/** Quantities moved by the end of a day, closing signed. */
function movedBy(positions: readonly UnwindPosition[], closed: readonly Float64Array[], day: number): Float64Array {
  return Float64Array.from(positions, ({ quantity }, k) => {
    const size = closed.slice(0, day + 1).reduce((total, today) => total + (today[k] ?? 0), 0);
    return -Math.sign(quantity) * Math.min(size, Math.abs(quantity));
  });
}

/** A market that states no volume is taken to trade this many times the position in a day. */
const assumedPositions = 10;
/** Options far from the money still move a little. */
const leastDelta = 0.1;
const daysPerYear = 365;

function unwindPosition(
  run: UnwindRun,
  candidate: HedgeCandidate,
  { position, terms }: BookPosition,
  traded: number | undefined,
): { readonly priced: UnwindPosition; readonly shown: UnwoundPosition } {
  const { symbol, held, unitCostUsd, notionalUsd, deltaUsd } = candidate;
  const set = run.volumes.find((one) => one.symbol === symbol)?.dailyVolume;
  // Venues state volumes in units of the underlying.
  const perUnderlying = quantityUnit(position.instrument) === candidate.underlying ? 1 : terms.mark;
  const quoted = traded !== undefined && traded > 0 ? traded * perUnderlying : undefined;
  const dailyVolume = set ?? quoted ?? Math.max(assumedPositions * Math.abs(held), Number.MIN_VALUE);
  const sigma = terms.volatility > 0 ? terms.volatility : run.volatility;
  const exposure = candidate.kind === "option" ? Math.max(Math.abs(deltaUsd), leastDelta * notionalUsd) : notionalUsd;
  const mostPerDay = run.participation * dailyVolume;
  return {
    priced: {
      ...{ name: symbol, quantity: held, mostPerDay, dailyVolume, cost: unitCostUsd },
      impact: (run.impactCoefficient * sigma * exposure) / Math.sqrt(daysPerYear),
    },
    shown: {
      ...{ symbol, quantity: held, quantityUnit: candidate.quantityUnit, dailyVolume, mostPerDay },
      volumeSource: set !== undefined ? "set" : quoted !== undefined ? "quotes" : "default",
    },
  };
}

/** Every position closed as fast as its volume allows. */
function fullSpeed(positions: readonly UnwindPosition[], days: number): readonly Float64Array[] {
  const left = positions.map(({ quantity }) => Math.abs(quantity));
  return Array.from({ length: days }, () =>
    Float64Array.from(positions, ({ mostPerDay }, k) => {
      const closed = Math.min(mostPerDay, left[k] ?? 0);
      left[k] = (left[k] ?? 0) - closed;
      return closed;
    }),
  );
}

interface FollowedDay {
  readonly trades: readonly UnwindTrade[];
  readonly costUsd: number;
  readonly requirementUsd: number;
  readonly worstStress?: WorstScenario;
}

/** A plan day by day, margin (and stress, where it is asked) recomputed at the end of each. */
function* followed(
  { requirement, stress }: Pick<UnwindRun, "requirement" | "stress">,
  book: HedgeBook,
  positions: readonly UnwindPosition[],
  closed: readonly Float64Array[],
): Steps<readonly FollowedDay[]> {
  const done = new Float64Array(positions.length);
  const days: FollowedDay[] = [];
  for (const today of closed) {
    const trades = positions.flatMap((position, k): UnwindTrade[] => {
      // What a solver leaves of a position by rounding is closed with it.
      const { quantity, dailyVolume, name } = position;
      const left = Math.abs(quantity) - Math.abs(done[k] ?? 0);
      const size = Math.min(left, (today[k] ?? 0) >= left * (1 - 1e-9) ? left : (today[k] ?? 0));
      if (size <= 1e-9 * Math.abs(quantity)) return [];
      const signed = -Math.sign(quantity) * size;
      done[k] = (done[k] ?? 0) + signed;
      return [
        { symbol: name, quantity: signed, costUsd: closingCost(position, size), participation: size / dailyVolume },
      ];
    });
    const left = book.after(done.slice());
    const { accounts } = book.charge(left);
    const { worstStress } = stressOf(left, stress, book.kernel);
    days.push({
      trades,
      costUsd: trades.reduce((total, { costUsd }) => total + costUsd, 0),
      requirementUsd: requirementUsd(accounts, requirement),
      ...(worstStress === undefined ? {} : { worstStress }),
    });
    yield;
  }
  return days;
}
