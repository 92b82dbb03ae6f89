import type { AccountColumns, MarketColumns } from "../market-columns.ts";
import { addColumn } from "../parts/columns.ts";
import { spotHedgeColumn } from "../parts/spot-hedge-columns.ts";
import { unitPlaces } from "../parts/unit-entries.ts";
import { gridTitle } from "../parts/unit-grid.ts";
import { gridColumns } from "../parts/unit-grid-columns.ts";
import { balancesInUsd, componentsInUsd, isOfAccount } from "../parts/usd-account-columns.ts";
import { type GateRules, initialKinds, maintenanceKinds } from "./rules.ts";
import { coinsOf, gridScenarios, setIdOf, statedParts } from "./scenarios.ts";

/** Amounts of the account of `gate-portfolio` at many markets. */
export function accountColumns(input: MarketColumns & { readonly rules: GateRules }): readonly AccountColumns[] {
  const { book, rules, count } = input;
  if (book.positions.length + book.balances.length + book.components.length === 0) return [];
  const units = new Float64Array(count);
  const matrices = coinsOf(book, rules).map((coin) => {
    const places = unitPlaces(book, coin);
    const { losses, matrix } = gridColumns(input, {
      ...{ setId: setIdOf(coin), scenarios: gridScenarios(rules), title: gridTitle(coin) },
      derivatives: places.derivatives,
      spot: rules.spotHedge ? spotHedgeColumn(input, coin, places, "offsetting") : new Float64Array(count),
    });
    addColumn(units, losses);
    const isOfUnit = ({ id, underlying }: (typeof book.components)[number]) =>
      underlying === coin && statedParts.some(({ kind }) => kind === id);
    addColumn(units, componentsInUsd(input, isOfUnit));
    return matrix;
  });
  const initial = componentsInUsd(input, isOfAccount(initialKinds));
  addColumn(initial, units, rules.initialFactor);
  const maintenance = componentsInUsd(input, isOfAccount(maintenanceKinds));
  addColumn(maintenance, units);
  return [
    {
      ...{ id: "cross", usdPerUnit: new Float64Array(count).fill(1), initial, maintenance, matrices },
      ...(book.balances.length === 0 ? {} : { marginBalance: balancesInUsd(input) }),
    },
  ];
}
