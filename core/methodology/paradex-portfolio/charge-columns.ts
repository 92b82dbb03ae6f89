import type { AccountColumns, MarketColumns } from "../market-columns.ts";
import { addColumn } from "../parts/columns.ts";
import { nothingElse } from "../parts/once-per-contracts.ts";
import { balancesInUsd, componentsInUsd, isOfAccount } from "../parts/usd-account-columns.ts";
import { assetColumns } from "./asset-columns.ts";
import { account } from "./charge.ts";
import { contractsOf } from "./contracts.ts";
import { assetRules, type ParadexRules } from "./rules.ts";

/** Amounts of `portfolioCharge` at many markets. */
export function accountColumns(input: MarketColumns & { readonly rules: ParadexRules }): readonly AccountColumns[] {
  const { book, rules, count } = input;
  if (book.positions.length + book.balances.length + book.components.length === 0) return [];
  const initial = componentsInUsd(input, isOfAccount(["open-orders", "other-initial"]));
  const maintenance = componentsInUsd(input, isOfAccount(["other-maintenance"]));
  const matrices = contractsOf(book.positions, nothingElse).assets.flatMap((contracts) => {
    const own = assetRules(rules, contracts.asset);
    if (own === undefined) return [];
    const { net, provided, matrix } = assetColumns(input, contracts, own);
    addColumn(initial, net);
    addColumn(initial, provided);
    addColumn(maintenance, net, rules.maintenanceFactor);
    addColumn(maintenance, provided);
    return [matrix];
  });
  const areSeparate = book.balances.some(({ wholeAccount }) => wholeAccount !== true);
  const marginBalance = balancesInUsd(input, ({ wholeAccount }) => !areSeparate || wholeAccount !== true);
  return [
    {
      ...{ id: account, usdPerUnit: new Float64Array(count).fill(1), initial, maintenance, matrices },
      ...(book.balances.length === 0 ? {} : { marginBalance }),
    },
  ];
}
