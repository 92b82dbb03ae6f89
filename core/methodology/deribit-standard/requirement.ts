import { sum as compensatedSum } from "../../base/index.ts";
import type { Book } from "../contract.ts";
import { componentLines } from "../parts/account-lines.ts";
import { holdingsOf } from "../parts/holding.ts";
import { type Requirement, shortOptionAmounts } from "../parts/short-options.ts";
import { type Line, lines } from "../statement.ts";
import { futureAmount, futureLine } from "./future-line.ts";
import { futuresIn, optionsIn } from "./held.ts";
import { optionLine } from "./option-line.ts";
import { shortOptionMargin } from "./option-margin.ts";
import type { StandardRules } from "./rules.ts";

/**
 * Requirement of each settlement currency: short options, futures and perpetuals, and for initial margin open orders.
 * Nothing offsets anything: instruments are netted only with themselves.
 *
 * @param detail false: one line for all options and one for all futures, of the same amounts
 * @returns the line of a currency under an id, settlement currency; ≥ 0. The lines below it begin with the id
 */
export function requirementOf(
  book: Book,
  rules: StandardRules,
  requirement: Requirement,
  detail: boolean,
): (currency: string, id: string) => Line {
  const orders = book.components.filter((entry) => entry.id === "open-orders" || entry.id === "spot-orders");
  const shortOptions = shortOptionAmounts(book.positions, shortOptionMargin(rules.options), requirement, "settlement");
  return (currency, id) => {
    const { leaf, sum } = lines(currency);
    const [optionsId, futuresId] = [`${id}/options`, `${id}/futures`];
    const futures = holdingsOf(futuresIn(book, currency));
    const parts = detail
      ? [
          sum(
            optionsId,
            "Options",
            "2",
            holdingsOf(optionsIn(book, currency)).map((held) =>
              optionLine(held, rules.options, requirement, optionsId),
            ),
          ),
          sum(
            futuresId,
            "Futures and perpetuals",
            "3",
            futures.flatMap((held) => futureLine(held, rules, requirement, futuresId)),
          ),
        ]
      : [
          leaf(optionsId, "Options", shortOptions.get(currency) ?? 0, "2"),
          leaf(
            futuresId,
            "Futures and perpetuals",
            compensatedSum(futures.map((held) => futureAmount(held, rules, requirement))),
            "3",
          ),
        ];
    return sum(id, `${requirement === "initial" ? "Initial" : "Maintenance"} margin ${currency}`, "1", [
      ...parts,
      ...(requirement === "initial" ? componentLines(orders, currency, id, "4") : []),
    ]);
  };
}
