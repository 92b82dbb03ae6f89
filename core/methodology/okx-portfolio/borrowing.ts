import { sum } from "../../base/index.ts";
import type { Balance } from "../../portfolio/index.ts";
import type { Book } from "../contract.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, lines } from "../statement.ts";
import { groupOf, type OkxRules } from "./rules.ts";
import { section } from "./sections.ts";
import { tierOf, tierParts } from "./tiers.ts";

/** Balances of the single currencies; the entry of the whole account only where there is nothing else. */
export function ownBalances(book: Book): readonly Balance[] {
  return book.balances.filter(({ wholeAccount }) => wholeAccount !== true);
}

/**
 * MR8, the requirement on what is borrowed: a negative equity in USD × the rate of its tier.
 *
 * @param which `maintenance` or `initial`
 * @source OKX, position tiers of margin; position builder sample of 2025-01-15
 */
export function borrowingLines(book: Book, rules: OkxRules, which: "maintenance" | "initial"): Line[] {
  const { leaf, product } = lines("USD");
  return ownBalances(book).flatMap(({ currency, equity, basis }) => {
    const found = groupOf(rules.mr8.groups, currency);
    if (equity >= 0 || found === undefined) return [];
    const { tier, index } = tierOf(-equity, found.group.tiers);
    const id = `cross/${which}/borrowing/${currency}`;
    const parameter = `/mr8/groups/${found.key}/tiers/${index}/${which}`;
    const liability = leaf(`${id}/liability`, "Liability", liabilityUsd(book, currency, equity), section.borrowing, {
      basis,
      component: "balance",
      inputs: [{ label: "negative equity", value: equity, unit: currency }],
    });
    return product(id, `MR8 borrowing of ${currency}`, section.borrowing, tier[which], "rate of the tier", liability, {
      component: "contingency",
      inputs: [{ label: "rate", value: tier[which], parameter }],
    });
  });
}

/** USD borrowed in all currencies; ≥ 0. */
export function totalLiabilityUsd(book: Book): number {
  return sum(ownBalances(book).map(({ currency, equity }) => liabilityUsd(book, currency, equity)));
}

function liabilityUsd({ indices }: Book, currency: string, equity: number): number {
  return Math.max(0, -equity) * usdPerUnit(indices, currency);
}

/**
 * Equity of a currency that counts as collateral: what the venue states of it, else each slice of the coins at its own rate and a
 * debt in full.
 *
 * @source OKX, discount rate tiers; each slice of the tier table has its own rate
 */
export function discountedLines(book: Book, rules: OkxRules): Line[] {
  const { leaf, product, sum: total } = lines("USD");
  return ownBalances(book).map(({ currency, equity, marginBalance, basis }) => {
    const id = `cross/margin-balance/${currency}`;
    const usd = usdPerUnit(book.indices, currency);
    const extra = { basis, component: "balance" } as const;
    if (marginBalance !== undefined)
      return leaf(
        id,
        `Discounted equity in ${currency}, as stated`,
        marginBalance * usd,
        section.adjustedEquity,
        extra,
      );
    const found = groupOf(rules.collateral, currency);
    if (equity < 0 || found === undefined)
      return leaf(id, `Equity in ${currency}`, equity * usd, section.adjustedEquity, extra);
    const slices = tierParts(equity, found.group.tiers).map(({ tier, index, part }) => {
      const at = `/collateral/${found.key}/tiers/${index}`;
      const value = leaf(`${id}/slice-${index + 1}/value`, "Value of the slice", part * usd, section.adjustedEquity, {
        ...extra,
        inputs: [{ label: "slice", value: part, unit: currency }],
      });
      return product(
        `${id}/slice-${index + 1}`,
        `Slice ${index + 1}`,
        section.adjustedEquity,
        tier.rate,
        "rate",
        value,
        {
          component: "haircut",
          inputs: [
            { label: "discount rate", value: tier.rate, parameter: `${at}/rate` },
            ...(tier.upTo === undefined ? [] : [{ label: "up to", value: tier.upTo, parameter: `${at}/upTo` }]),
          ],
        },
      );
    });
    return total(id, `Discounted equity in ${currency}`, section.adjustedEquity, slices, extra);
  });
}
