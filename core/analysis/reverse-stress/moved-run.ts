import { type Result, success } from "../../base/index.ts";
import {
  accuracyOf,
  buildBook,
  type MarginRun,
  remarksOf,
  type Totals,
  totalsOf,
  underRules,
} from "../../margin/index.ts";
import type { Accuracy, MethodologyUnderRules } from "../../methodology/index.ts";
import { bestKernel, type RevaluationKernel } from "../../revaluation/index.ts";
import { type MarketLevel, marketLevels } from "./market-levels.ts";
import { type BookMover, bookMover } from "./moved-book.ts";

/** What marks every answer about a margin run. */
export interface StressMarks {
  readonly methodology: string;
  readonly version: string;
  readonly overridden: boolean;
  readonly accuracy: Accuracy;
  readonly asOfMs: number;
  /** Positions that are not in the book. */
  readonly excluded: number;
  readonly remarks: readonly string[];
  readonly synthetic: boolean;
  readonly kernel: string;
  /** Of the underlyings that move the book, before any move. */
  readonly levels: readonly MarketLevel[];
}

/** A run whose book can be moved. */
export interface MovedRun {
  readonly mover: BookMover;
  readonly under: MethodologyUnderRules;
  readonly kernel: RevaluationKernel;
  readonly marks: StressMarks;
  /** Where the book is, with derived balances. */
  readonly totals: Totals;
}

/**
 * The book of a run, ready to be moved, and the marks of what is said of it.
 *
 * @returns failures as in `runMargin`
 */
export function movedRun(run: Omit<MarginRun, "standAlone" | "work">): Result<MovedRun> {
  const { methodology, rules, market, history, portfolio, kernel = bestKernel() } = run;
  const under = underRules(methodology, rules);
  if (!under.ok) return under;
  const built = buildBook({ ...run, methodology: under.value });
  if (!built.ok) return built;
  const mover = bookMover(built.value.book, under.value, kernel);
  const charge = mover.charge(mover.moved({}), true);
  const remarks = remarksOf({ charge, rules, built: built.value, market, portfolio });
  return success({
    ...{ mover, under: under.value, kernel, totals: totalsOf(charge.accounts) },
    marks: {
      methodology: methodology.id,
      version: rules.version,
      overridden: rules.overrides.length > 0,
      accuracy: accuracyOf(methodology.accuracy, remarks),
      asOfMs: market.asOfMs,
      excluded: built.value.excluded.length,
      remarks: remarks.map(({ message }) => message),
      synthetic: [portfolio, market, history].some((input) => input?.synthetic === true),
      kernel: kernel.name,
      levels: marketLevels(mover.underlyings, market),
    },
  });
}
