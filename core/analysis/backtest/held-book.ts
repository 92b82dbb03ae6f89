import { failed, type Result, success } from "../../base/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { BookThroughTime } from "./backtest.ts";
import type { StrategyStep } from "./strategy.ts";

/** Name of a book for titles and reports. */
export function bookName(book: BookThroughTime): string {
  if (book.kind === "strategy") return book.strategy.title;
  return book.kind === "fixed" ? book.portfolio.name : `${book.books.length} dated books`;
}

/**
 * What is held after the trades of an instant.
 *
 * @param before what was held and remembered at the point before
 * @returns `missing-data` before the first dated book; a trading rule's own failures
 */
export function heldBook(
  book: BookThroughTime,
  market: MarketSnapshot,
  before: StrategyStep | undefined,
): Result<StrategyStep> {
  if (book.kind === "strategy") return book.strategy.next(market, before);
  if (book.kind === "fixed") return success({ portfolio: book.portfolio, memory: undefined });
  const dated = book.books.filter(({ fromMs }) => fromMs <= market.asOfMs).sort((a, b) => b.fromMs - a.fromMs)[0];
  if (dated === undefined) return failed("missing-data", "no dated book begins on or before this market", market.name);
  return success({ portfolio: dated.portfolio, memory: undefined });
}
