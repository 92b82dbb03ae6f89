import type { Instrument } from "../../instrument/index.ts";
import type { AccountCharge, Book } from "../contract.ts";
import { type Line, lines } from "../statement.ts";
import { componentLines, equityLessOptionsLine, equityLine } from "./account-lines.ts";
import { shortOptionLines } from "./short-option-lines.ts";
import { optionQuotes, type Requirement, type ShortOptionMargin } from "./short-options.ts";
import { usdPerUnit } from "./usd-per-unit.ts";

/**
 * Accounts that hold options only, one per quote currency: every short series by formula, nothing offsets.
 *
 * The method's document orders these lines by its sections 1 (requirements), 2 (short options), 3 (stated orders) and 4
 * (balances).
 *
 * @param margin of one unit of a short option
 * @param detail false: no lines of single positions
 */
export function optionAccounts(book: Book, margin: ShortOptionMargin, detail: boolean): readonly AccountCharge[] {
  const optionsIn = (which: Requirement) => shortOptionLines(book.positions, margin, which, "2", detail);
  const options = { initial: optionsIn("initial"), maintenance: optionsIn("maintenance") };
  const orders = book.components.filter(isStatedOrder);
  const others = [...book.balances, ...book.components].map(({ currency }) => currency);
  return [...new Set([...optionQuotes(book.positions), ...others])].sort().map((currency): AccountCharge => {
    const requirement = (which: Requirement, label: string): Line => {
      const id = `${currency}/${which}`;
      return lines(currency).sum(id, label, "1", [
        options[which](currency, `${id}/options`),
        ...(which === "initial" ? componentLines(orders, currency, id, "3") : []),
      ]);
    };
    const balance = book.balances.find((candidate) => candidate.currency === currency);
    return {
      id: currency,
      unit: currency,
      usdPerUnit: usdPerUnit(book.indices, currency),
      initial: requirement("initial", "Initial margin"),
      maintenance: requirement("maintenance", "Maintenance margin"),
      ...(balance === undefined
        ? {}
        : {
            equity: equityLine(balance, `${currency}/equity`, "4"),
            marginBalance: equityLessOptionsLine(book, balance, `${currency}/margin-balance`, "4"),
          }),
      matrices: [],
    };
  });
}

/** Whether such an account has a line for a component: amounts for orders, and others of initial margin. */
export function isStatedOrder({ id, underlying }: Book["components"][number]): boolean {
  return underlying === undefined && (id === "open-orders" || id === "other-initial");
}

/** Names of market data such an account needs. */
export function requiredByOptions(portfolio: readonly { readonly instrument: Instrument }[]): readonly string[] {
  return [
    ...new Set(
      portfolio.flatMap(({ instrument: { underlying, symbol, quote } }) => [
        `index:${underlying}`,
        `index:${quote}`,
        `mark:${symbol}`,
      ]),
    ),
  ];
}
