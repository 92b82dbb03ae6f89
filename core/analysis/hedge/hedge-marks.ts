import { accuracyOf, type MarginRun, remarksOf } from "../../margin/index.ts";
import { marketLevels } from "../reverse-stress/market-levels.ts";
import { bookMover } from "../reverse-stress/moved-book.ts";
import type { StressMarks } from "../reverse-stress/moved-run.ts";
import type { HedgeBook } from "./hedge-book.ts";

/** What marks every answer about a hedge: method, version, accuracy, remarks of the book before it. */
export function hedgeMarks(run: Omit<MarginRun, "standAlone">, book: HedgeBook): StressMarks {
  const { methodology, rules, market, portfolio, history } = run;
  const charge = book.charge(book.built.book, true);
  const remarks = remarksOf({ charge, rules, built: book.built, market, portfolio });
  return {
    ...{ methodology: methodology.id, version: rules.version, overridden: rules.overrides.length > 0 },
    ...{ accuracy: accuracyOf(methodology.accuracy, remarks), asOfMs: market.asOfMs },
    excluded: book.built.excluded.length,
    remarks: remarks.map(({ message }) => message),
    synthetic: [portfolio, market, history].some((input) => input?.synthetic === true),
    kernel: book.kernel.name,
    levels: marketLevels(bookMover(book.built.book, book.under, book.kernel).underlyings, market),
  };
}
