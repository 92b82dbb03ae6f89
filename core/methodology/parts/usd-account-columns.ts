import type { Balance, Component } from "../../portfolio/index.ts";
import type { MarketColumns } from "../market-columns.ts";
import { addColumn } from "./columns.ts";
import { usdColumn } from "./usd-per-unit.ts";

/**
 * Balances of an account in USD at each market, as `equityInUsd` and `collateralInUsd`.
 *
 * @param isCounted which balances count; all when absent
 * @param shareOf   share of a positive equity that counts; all of it when absent or `undefined`
 */
export function balancesInUsd(
  { book, count, indices, equities }: MarketColumns,
  isCounted: (balance: Balance) => boolean = () => true,
  shareOf: (currency: string) => number | undefined = () => undefined,
): Float64Array {
  const total = new Float64Array(count);
  book.balances.forEach((balance, place) => {
    const amounts = equities[place];
    if (amounts === undefined || !isCounted(balance)) return;
    const share = shareOf(balance.currency) ?? 1;
    const rate = usdColumn(indices, balance.currency, count);
    for (let at = 0; at < count; at++) {
      const amount = (amounts[at] as number) * (rate[at] as number);
      total[at] = (total[at] as number) + (amount > 0 ? share * amount : amount);
    }
  });
  return total;
}

/** Components of a book in USD at each market, as `statedInUsd`. */
export function componentsInUsd(
  { book, count, indices }: MarketColumns,
  isCounted: (component: Component) => boolean,
): Float64Array {
  const total = new Float64Array(count);
  for (const component of book.components)
    if (isCounted(component)) addColumn(total, usdColumn(indices, component.currency, count), component.amount);
  return total;
}

/** Whether a component is of the whole account and of one of some kinds. */
export function isOfAccount(kinds: readonly Component["id"][]): (component: Component) => boolean {
  return ({ id, underlying }) => underlying === undefined && kinds.includes(id);
}
