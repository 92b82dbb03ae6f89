import type { Balance } from "../../portfolio/index.ts";
import type { Book, Charge } from "../contract.ts";
import { equityLine, inUsd } from "../parts/account-lines.ts";
import type { CoinEquity } from "../parts/extended-risk-matrix-entries.ts";
import { missingParameters } from "../parts/extended-risk-matrix-rules.ts";
import { section } from "../parts/extended-risk-matrix-sections.ts";
import { hasUsdRate, usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, lines } from "../statement.ts";
import type { CollateralRules, CrossPortfolioRules } from "./rules.ts";

/** Balances of the single currencies: the entry of the whole account repeats them and is left out. */
export function ownBalances(book: Book): readonly Balance[] {
  return book.balances.filter(({ wholeAccount }) => wholeAccount !== true);
}

/**
 * Equity that moves with the prices of the matrix, by the underlying it joins.
 *
 * @returns underlying -> equities in the order of the balances; nothing for equity that has no matrix parameters
 */
export function equitiesByUnderlying(book: Book, rules: CrossPortfolioRules): ReadonlyMap<string, CoinEquity[]> {
  const groups = new Map<string, CoinEquity[]>();
  for (const { currency, equity: amount } of ownBalances(book)) {
    const impact = impactOf(book, rules, currency);
    if (impact === undefined || amount === 0) continue;
    const { underlying, risingOnly } = impact;
    const equity = { currency, amount, usd: amount * usdPerUnit(book.indices, currency), risingOnly };
    groups.set(underlying, [...(groups.get(underlying) ?? []), equity]);
  }
  return groups;
}

/** How equity in a currency moves with the prices of a matrix; `undefined` where it does not, or the rules cannot measure it. */
export function impactOf(
  book: Book,
  rules: CrossPortfolioRules,
  currency: string,
): { readonly underlying: string; readonly risingOnly: boolean } | undefined {
  const collateral = collateralOf(rules, currency);
  const underlying = bucketOf(currency, collateral);
  if (collateral === undefined || collateral.equityImpact === "none") return undefined;
  if (unmeasured(book, rules, underlying) !== undefined) return undefined;
  return { underlying, risingOnly: collateral.equityImpact === "rising" };
}

/** Haircut × equity of every currency that has one; a negative equity has no haircut. */
export function haircutLines(book: Book, rules: CrossPortfolioRules, parent: string): Line[] {
  return ownBalances(book).flatMap((balance) => {
    const { currency } = balance;
    const haircut = collateralOf(rules, currency)?.haircut;
    if (haircut === undefined || balance.equity <= 0) return [];
    const id = `${parent}/haircut-${currency}`;
    const coins = equityLine(balance, `${id}/usd/equity`, section.equity);
    const equity = inUsd(coins, book.indices, `${id}/usd`, section.haircut);
    return lines("USD").product(id, `Haircut of ${currency}`, section.haircut, haircut, "haircut", equity, {
      component: "haircut",
      inputs: [{ label: "haircut", value: haircut, parameter: `/collateral/${currency.toLowerCase()}/haircut` }],
    });
  });
}

/** Equity for which the rules say nothing, or whose price risk they cannot measure. */
export function collateralRemarks(book: Book, rules: CrossPortfolioRules): Charge["remarks"] {
  return ownBalances(book).flatMap(({ currency, equity }) => {
    const collateral = collateralOf(rules, currency);
    const key = currency.toLowerCase();
    const remark = (message: string) => [{ accuracy: "approximate" as const, message, rule: section.coinEquity }];
    if (equity === 0) return [];
    if (collateral === undefined)
      return remark(
        `equity in ${currency} counts without haircut and price risk: the rules have no /collateral/${key}`,
      );
    if (collateral.equityImpact === "none") return [];
    const missing = unmeasured(book, rules, bucketOf(currency, collateral));
    if (missing !== undefined) return remark(`equity in ${currency} counts without price risk: ${missing}`);
    return [];
  });
}

/** Why the price risk of an underlying cannot be measured, in the user's words. */
function unmeasured(book: Book, rules: CrossPortfolioRules, underlying: string): string | undefined {
  const missing = missingParameters(rules, underlying, "USD");
  return missing ?? (hasUsdRate(book.indices, underlying) ? undefined : `the market has no index:${underlying}`);
}

/** What the rules say of a currency as collateral. */
export function collateralOf(rules: CrossPortfolioRules, currency: string): CollateralRules | undefined {
  const key = currency.toLowerCase();
  return Object.hasOwn(rules.collateral, key) ? rules.collateral[key] : undefined;
}

function bucketOf(currency: string, collateral: CollateralRules | undefined): string {
  return collateral?.countsAs?.toUpperCase() ?? currency;
}
