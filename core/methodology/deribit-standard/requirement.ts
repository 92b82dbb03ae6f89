import type { Book } from "../contract.ts";
import { componentLines, positionsSettledIn } from "../parts/account-lines.ts";
import { holdingsOf } from "../parts/holding.ts";
import { type Line, lines } from "../statement.ts";
import { futureLine, type Requirement } from "./futures.ts";
import { optionLine } from "./options.ts";
import type { StandardRules } from "./rules.ts";

/**
 * Requirement of one settlement currency: short options, futures and perpetuals, and for initial margin open orders.
 * Nothing offsets anything: instruments are netted only with themselves.
 *
 * @param id id of the total line; the lines below it begin with it
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
  const { sum } = lines(currency);
  const holdings = holdingsOf(positionsSettledIn(book, currency));
  const options = holdings.filter(({ instrument }) => instrument.kind === "option");
  const futures = holdings.filter(({ instrument }) => instrument.kind === "future" || instrument.kind === "perpetual");
  const orders = book.components.filter(
    (component) => component.id === "open-orders" || component.id === "spot-orders",
  );
  const total = requirement === "initial" ? "Initial margin" : "Maintenance margin";
  return sum(id, `${total} ${currency}`, "1", [
    sum(
      `${id}/options`,
      "Options",
      "2",
      options.map((holding) => optionLine(holding, rules.options, requirement, `${id}/options`, detail)),
    ),
    sum(
      `${id}/futures`,
      "Futures and perpetuals",
      "3",
      futures.flatMap((holding) => futureLine(holding, rules, requirement, `${id}/futures`, detail) ?? []),
    ),
    ...(requirement === "initial" ? componentLines(orders, currency, id, "4") : []),
  ]);
}
