import { type Result, success } from "../../base/index.ts";
import { accuracyOf, type BuiltBook, buildBook, type MarginRun, remarksOf, underRules } from "../../margin/index.ts";
import type { Accuracy, Book, MethodologyUnderRules } from "../../methodology/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import type { RevaluationKernel } from "../../revaluation/index.ts";
import { type HalfSpreads, halfSpreads } from "./closing-cost.ts";
import { derivedBook } from "./derived-book.ts";
import { stressAmounts } from "./stress-amounts.ts";
import type { StressAmounts } from "./stress-result.ts";
import { stressCharger } from "./stress-work.ts";

/** What every scenario of one book under one set of rules starts from. */
export interface StressBase {
  readonly under: MethodologyUnderRules;
  readonly built: BuiltBook;
  /** The book with derived balances. */
  readonly book: Book;
  readonly spreads: HalfSpreads;
  /** At the unmoved market. */
  readonly before: StressAmounts;
  readonly accuracy: Accuracy;
  readonly remarks: readonly string[];
}

interface Known {
  readonly inputs: readonly unknown[];
  readonly key: string;
  readonly base: StressBase;
}

/** Bases kept for a portfolio: as many as a run has methods, so that threads which hold its books are not sent them again. */
const mostKept = 60;

const latest = new WeakMap<Portfolio, readonly Known[]>();

/** What happens where nothing moves. */
const nothing = { byFactor: new Map(), days: 0, scale: 1 };

/**
 * The base of a stress run under one method. Those of a portfolio are kept while it is.
 *
 * @returns failures as in `runMargin`
 */
export function stressBase(run: Omit<MarginRun, "standAlone" | "work">, kernel: RevaluationKernel): Result<StressBase> {
  const { methodology, rules, portfolio, market, history, parameterFile, edits, legs, components, balances } = run;
  const inputs = [market, history, parameterFile, methodology, rules.parameters, kernel];
  const key = JSON.stringify([rules.version, rules.overrides, edits ?? [], legs ?? [], components, balances]);
  const kept = latest.get(portfolio) ?? [];
  const known = kept.find((one) => one.key === key && one.inputs.every((input, at) => input === inputs[at]));
  if (known !== undefined) return success(known.base);
  const under = underRules(methodology, rules);
  if (!under.ok) return under;
  const built = buildBook({ ...run, methodology: under.value });
  if (!built.ok) return built;
  const book = derivedBook(built.value.book);
  const charger = stressCharger(book, under.value, kernel);
  const charge = charger.charge(charger.stressed(nothing));
  const remarks = remarksOf({ charge, rules, built: built.value, market, portfolio });
  const base: StressBase = {
    ...{ under: under.value, built: built.value, book, spreads: halfSpreads(book, market) },
    before: stressAmounts(charge.accounts),
    accuracy: accuracyOf(methodology.accuracy, remarks),
    remarks: remarks.map(({ message }) => message),
  };
  latest.set(portfolio, [{ inputs, key, base }, ...kept.slice(0, mostKept - 1)]);
  return success(base);
}
