import { sum as compensatedSum } from "../../base/index.ts";
import type { Book } from "../contract.ts";
import { componentLines, positionsSettledIn } from "../parts/account-lines.ts";
import { type Holding, holdingsOf } from "../parts/holding.ts";
import { type Line, lines } from "../statement.ts";
import { futureAmount, futureLine } from "./future-line.ts";
import { optionAmount, optionLine } from "./option-line.ts";
import type { Requirement } from "./option-margin.ts";
import type { StandardRules } from "./rules.ts";

/**
 * Requirement of one settlement currency: short options, futures and perpetuals, and for initial margin open orders.
 * Nothing offsets anything: instruments are netted only with themselves.
 *
 * @param id     id of the total line; the lines below it begin with it
 * @param detail false: one line for all options and one for all futures, of the same amounts
 * @returns settlement currency; ≥ 0
 */
export function requirementOf(
  book: Book,
  rules: StandardRules,
  currency: string,
  requirement: Requirement,
  id: string,
  detail: boolean,
): Line {
  const { leaf, sum } = lines(currency);
  const holdings = holdingsOf(positionsSettledIn(book, currency));
  const options = holdings.filter(({ instrument }) => instrument.kind === "option");
  const futures = holdings.filter(({ instrument }) => instrument.kind === "future" || instrument.kind === "perpetual");
  const orders = book.components.filter((entry) => entry.id === "open-orders" || entry.id === "spot-orders");
  const part = (
    name: string,
    label: string,
    rule: string,
    held: readonly Holding[],
    lineOf: (holding: Holding, parent: string) => readonly Line[],
    amountOf: (holding: Holding) => number,
  ): Line =>
    detail
      ? sum(
          `${id}/${name}`,
          label,
          rule,
          held.flatMap((holding) => lineOf(holding, `${id}/${name}`)),
        )
      : leaf(`${id}/${name}`, label, compensatedSum(held.map(amountOf)), rule);
  return sum(id, `${requirement === "initial" ? "Initial" : "Maintenance"} margin ${currency}`, "1", [
    part(
      "options",
      "Options",
      "2",
      options,
      (holding, parent) => [optionLine(holding, rules.options, requirement, parent)],
      (holding) => optionAmount(holding, rules.options, requirement),
    ),
    part(
      "futures",
      "Futures and perpetuals",
      "3",
      futures,
      (holding, parent) => futureLine(holding, rules, requirement, parent),
      (holding) => futureAmount(holding, rules, requirement),
    ),
    ...(requirement === "initial" ? componentLines(orders, currency, id, "4") : []),
  ]);
}
