import { sum as compensatedSum } from "../../base/index.ts";
import type { Balance, Component } from "../../portfolio/index.ts";
import type { Book } from "../contract.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { componentLabels, equityLine, inUsd } from "./account-lines.ts";
import { usdPerUnit } from "./usd-per-unit.ts";

const { leaf, product, sum } = lines("USD");

/** Balances of an account in USD, each currency at its index. */
export function equityInUsd(book: Book, id: string, label: string, rule: string): Line {
  const children = book.balances.map((balance, index) => currencyInUsd(book, balance, id, index, rule));
  return sum(id, label, rule, children, { component: "balance" });
}

/** Share of a positive equity that counts as collateral, and the parameter it comes from. */
export interface CollateralShare {
  readonly share: number;
  readonly input: LineInput;
}

/**
 * Balances of an account in USD as collateral: a positive equity of a currency counts by its share, a negative one in full.
 * A margin balance the venue states for a currency stands as it is.
 *
 * @param shareOf share of a currency; in full when `undefined`
 */
export function collateralInUsd(
  book: Book,
  shareOf: (currency: string) => CollateralShare | undefined,
  id: string,
  label: string,
  rule: string,
): Line {
  const children = book.balances.map((balance, index) => {
    const { currency, equity, marginBalance, basis } = balance;
    const whole = currencyInUsd(book, balance, id, index, rule);
    if (marginBalance !== undefined) {
      const own = lines(currency).leaf(`${whole.id}/stated`, `Margin balance ${currency}`, marginBalance, rule, {
        basis,
      });
      return inUsd(own, book.indices, whole.id, rule);
    }
    const counted = equity > 0 ? shareOf(currency) : undefined;
    if (counted === undefined) return whole;
    return product(`${whole.id}-counted`, `${currency} counted`, rule, counted.share, "share counted", whole, {
      component: "haircut",
      inputs: [counted.input],
    });
  });
  return sum(id, label, rule, children, { component: "balance" });
}

/**
 * Components of some kinds that belong to no single risk unit, in USD, as lines under `parent`; amounts of one kind are added.
 */
export function statedInUsd(
  book: Book,
  kinds: readonly Component["id"][],
  parent: string,
  rule: string,
): readonly Line[] {
  return kinds.flatMap((kind) => {
    const found = book.components.filter(({ id, underlying }) => id === kind && underlying === undefined);
    const [first] = found;
    if (first === undefined) return [];
    const amount = compensatedSum(found.map((entry) => entry.amount * usdPerUnit(book.indices, entry.currency)));
    return [
      leaf(`${parent}/${kind}`, componentLabels[kind], amount, rule, { component: "orders", basis: first.basis }),
    ];
  });
}

/** One currency in USD; `index` keeps the ids of two entries of one currency apart. */
function currencyInUsd(book: Book, balance: Balance, id: string, index: number, rule: string): Line {
  const { currency } = balance;
  const repeated = book.balances.slice(0, index).filter((earlier) => earlier.currency === currency).length;
  const name = `${id}/${currency}${repeated === 0 ? "" : `-${repeated + 1}`}`;
  return inUsd(equityLine(balance, `${name}/${currency}`, rule), book.indices, name, rule);
}
