import type { AccountColumns, MarketColumns } from "../market-columns.ts";
import { addColumn, addProducts } from "../parts/columns.ts";
import { netted } from "../parts/holding.ts";
import { unitPlaces } from "../parts/unit-entries.ts";
import { gridColumns } from "../parts/unit-grid-columns.ts";
import { balancesInUsd, componentsInUsd, isOfAccount } from "../parts/usd-account-columns.ts";
import { isCollateral, type ThalexRules } from "./rules.ts";
import { coinsOf, coveredScenarios, setIdOf } from "./scenarios.ts";
import { contingencies, matrixTitle } from "./unit.ts";

type Input = MarketColumns & { readonly rules: ThalexRules };

/** Amounts of the account of `thalex-portfolio` at many markets. */
export function accountColumns(input: Input): readonly AccountColumns[] {
  const { book, rules, count } = input;
  if (book.positions.length + book.balances.length + book.components.length === 0) return [];
  const units = new Float64Array(count);
  const matrices = coinsOf(book, rules).map((coin) => addUnit(units, input, coin));
  const initial = componentsInUsd(input, isOfAccount(["open-orders", "other-initial"]));
  addColumn(initial, units);
  const maintenance = componentsInUsd(input, isOfAccount(["other-maintenance"]));
  addColumn(maintenance, units, rules.maintenanceShare);
  const marginBalance = balancesInUsd(input, ({ currency }) => isCollateral(currency, rules));
  return [
    {
      ...{ id: "cross", usdPerUnit: new Float64Array(count).fill(1), initial, maintenance, matrices },
      ...(book.balances.length === 0 ? {} : { marginBalance }),
    },
  ];
}

/** Adds the initial margin of one coin; as `thalexUnit`. */
function addUnit(into: Float64Array, input: Input, coin: string) {
  const { book, rules, count, indices, equities } = input;
  const { derivatives } = unitPlaces(book, coin);
  const index = indices.get(coin) ?? new Float64Array(count);
  const spot = new Float64Array(count);
  book.balances.forEach(({ currency }, at) => {
    if (currency === coin) addProducts(spot, equities[at] as Float64Array, index);
  });
  const scenarios = coveredScenarios(rules);
  const { losses, matrix } = gridColumns(input, {
    ...{ setId: setIdOf(coin), scenarios, derivatives, spot, title: matrixTitle(coin) },
    weights: scenarios.map(({ coverage }) => coverage),
  });
  addColumn(into, losses);
  const { roll, option } = contingencies;
  const isOfUnit = ({ id, underlying }: (typeof book.components)[number]) =>
    underlying === coin && (id === roll || id === option);
  addColumn(into, componentsInUsd(input, isOfUnit));
  if (book.components.some(({ id, underlying }) => underlying === coin && id === option)) return matrix;
  let short = 0;
  for (const { instrument, quantity } of netted(derivatives.flatMap((at) => book.positions[at]?.position ?? [])))
    if (instrument.kind === "option" && quantity < 0) short -= quantity;
  addColumn(into, index, rules.optionContingencyRate * short);
  return matrix;
}
