import type { AccountColumns, MarketColumns } from "../market-columns.ts";
import { addColumn } from "../parts/columns.ts";
import { spotHedgeColumn } from "../parts/spot-hedge-columns.ts";
import { unitPlaces } from "../parts/unit-entries.ts";
import { gridTitle } from "../parts/unit-grid.ts";
import { gridColumns } from "../parts/unit-grid-columns.ts";
import { balancesInUsd, componentsInUsd, isOfAccount } from "../parts/usd-account-columns.ts";
import { addContingencies } from "./contingency-amounts.ts";
import { type BybitRules, haircutOf, statedKinds, unitRulesOf } from "./rules.ts";
import { coinsOf, gridScenarios, setIdOf } from "./scenarios.ts";

/** Amounts of `unifiedAccount` at many markets. */
export function accountColumns(input: MarketColumns & { readonly rules: BybitRules }): readonly AccountColumns[] {
  const { book, rules, count } = input;
  const initial = componentsInUsd(input, isOfAccount([...statedKinds.orders, ...statedKinds.initial]));
  const maintenance = componentsInUsd(input, isOfAccount(statedKinds.maintenance));
  const matrices = coinsOf(book).flatMap((coin) => {
    const found = unitRulesOf(rules, coin);
    if (found === undefined) return [];
    const places = unitPlaces(book, coin);
    const { losses, matrix } = gridColumns(input, {
      ...{ setId: setIdOf(coin), scenarios: gridScenarios(found.rules), title: gridTitle(coin) },
      derivatives: places.derivatives,
      spot: spotHedgeColumn(input, coin, places, rules.spotHedge.size),
      spotGainsOnly: rules.spotHedge.direction === "gains-only",
    });
    addContingencies(losses, input, coin, places.derivatives, found.rules);
    addColumn(maintenance, losses);
    addColumn(initial, losses, found.rules.initialFactor);
    return [matrix];
  });
  if (matrices.length + book.balances.length + book.components.length === 0) return [];
  const marginBalance = balancesInUsd(
    input,
    () => true,
    (currency) => 1 - (haircutOf(rules, currency) ?? 0),
  );
  return [
    {
      ...{ id: "cross", usdPerUnit: new Float64Array(count).fill(1), initial, maintenance, matrices },
      ...(book.balances.length === 0 ? {} : { marginBalance }),
    },
  ];
}
