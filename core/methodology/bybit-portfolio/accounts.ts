import type { AccountCharge, Book, Revalued } from "../contract.ts";
import { spotHedge } from "../parts/spot-hedge.ts";
import { unitEntries } from "../parts/unit-entries.ts";
import { riskMatrix, type UnitGrid, unitGrid } from "../parts/unit-grid.ts";
import { collateralInUsd, equityInUsd, statedInUsd } from "../parts/usd-account.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { contingencies } from "./contingency.ts";
import { type BybitRules, haircutOf, statedKinds, type UnitRules, unitRulesOf } from "./rules.ts";
import { coinsOf, setIdOf } from "./scenarios.ts";

const { leaf, loss, product, sum } = lines("USD");

interface Unit {
  readonly grid: UnitGrid;
  readonly rules: UnitRules;
  readonly key: string;
  /** Line of its contingencies by its id. */
  readonly contingency: (id: string) => Line;
}

/**
 * The unified account: one account in USD, its risk units added.
 *
 *     maintenance = Σ units (maximum loss + contingencies) + borrowing,   initial = Σ units initial factor × that + borrowing
 */
export function unifiedAccount(
  book: Book,
  rules: BybitRules,
  { cube, detail, amountsOnly }: Revalued,
): readonly AccountCharge[] {
  const units = coinsOf(book).flatMap((coin): Unit[] => {
    const found = unitRulesOf(rules, coin);
    if (found === undefined) return [];
    const { size, direction } = rules.spotHedge;
    const entries = unitEntries(book, coin);
    const { derivatives } = entries;
    const grid = unitGrid({
      ...{ coin, derivatives, cube: cube(setIdOf(coin)), indices: book.indices },
      spot: spotHedge(entries, size),
      spotGainsOnly: direction === "gains-only",
    });
    const contingency = contingencies({ coin, derivatives, book, ...found, detail, amountsOnly });
    return [{ grid, ...found, contingency }];
  });
  const unitLine = ({ grid, rules, key, contingency }: Unit, id: string): Line =>
    sum(id, `${grid.coin}: maximum loss and contingencies`, "2.1", [
      maximumLoss(grid, rules, key, `${id}/maximum-loss`, detail),
      contingency(`${id}/contingency`),
    ]);
  const maintenance = sum("cross/maintenance", "Maintenance margin", "2.3", [
    ...units.map((unit) => unitLine(unit, `cross/maintenance/${unit.grid.coin}`)),
    ...statedInUsd(book, statedKinds.maintenance, "cross/maintenance", "6.1"),
  ]);
  const initial = sum("cross/initial", "Initial margin", "2.3", [
    ...units.map((unit) => {
      const id = `cross/initial/${unit.grid.coin}`;
      const { initialFactor } = unit.rules;
      return product(
        id,
        `${unit.grid.coin}: initial margin`,
        "2.2",
        initialFactor,
        "initial factor",
        unitLine(unit, `${id}/maintenance`),
        {
          inputs: [{ label: "initial factor", value: initialFactor, parameter: `/units/${unit.key}/initialFactor` }],
        },
      );
    }),
    ...statedInUsd(book, statedKinds.orders, "cross/initial", "5.1"),
    ...statedInUsd(book, statedKinds.initial, "cross/initial", "6.1"),
  ]);
  if (units.length + book.balances.length + book.components.length === 0) return [];
  const matrices = units.map(({ grid }) => riskMatrix(grid, amountsOnly));
  const account = { id: "cross", unit: "USD", usdPerUnit: 1, initial, maintenance, matrices };
  if (book.balances.length === 0) return [account];
  const equity = equityInUsd(book, "cross/equity", "Equity", "6.2");
  const shareOf = (currency: string) => {
    const haircut = haircutOf(rules, currency);
    if (haircut === undefined) return undefined;
    return { share: 1 - haircut, input: { label: "haircut", value: haircut, parameter: `/haircuts/${currency}` } };
  };
  const marginBalance = collateralInUsd(book, shareOf, "cross/margin-balance", "Margin balance", "6.2");
  return [{ ...account, equity, marginBalance, ratios: ratiosOf(initial, maintenance, marginBalance) }];
}

function maximumLoss(grid: UnitGrid, rules: UnitRules, key: string, id: string, detail: boolean): Line {
  const { worst, derivatives, spot, totals } = grid;
  const scenario = worst === undefined ? undefined : grid.cube.scenarios[worst];
  if (worst === undefined || scenario === undefined)
    return loss(id, "Maximum loss: no cell loses", "3.5", [], { component: "scenario" });
  const parameter = (label: string, name: keyof UnitRules): LineInput => ({
    label,
    value: rules[name],
    parameter: `/units/${key}/${name}`,
  });
  const inputs = [
    { label: "price move", value: scenario.priceMove },
    parameter("edge of the grid", "priceRange"),
    parameter("moves on each side", "movesPerSide"),
    ...(scenario.volatility === undefined
      ? []
      : [
          scenario.volatility.change > 0
            ? parameter("volatility up", "volatilityUp")
            : parameter("volatility down", "volatilityDown"),
          parameter("reference days", "referenceDays"),
          parameter("power", "tenorPower"),
        ]),
  ];
  const profits = detail ? grid.profits(worst) : [];
  const children = detail
    ? [
        ...derivatives.map(({ position: { id: positionId, instrument, quantity } }, index) =>
          leaf(`${id}/${positionId}`, instrument.symbol, profits[index] ?? 0, "3.3", {
            component: "position",
            positionId,
            inputs: [{ label: "quantity", value: quantity }],
          }),
        ),
        ...(spot.held === 0
          ? []
          : [
              leaf(`${id}/hedging-spot`, "Spot that hedges", grid.spotProfit(worst), "3.4", {
                component: "position",
                inputs: [
                  { label: "held", value: spot.held, unit: grid.coin },
                  { label: "counted", value: spot.counted, unit: grid.coin },
                ],
              }),
            ]),
      ]
    : [leaf(`${id}/all`, "All positions", totals[worst] ?? 0, "3.3")];
  return loss(id, `Maximum loss: ${scenario.label}`, "3.5", children, { component: "scenario", inputs });
}

/** Account initial and maintenance margin rates; only of a positive margin balance. */
function ratiosOf(initial: Line, maintenance: Line, marginBalance: Line): readonly Line[] {
  if (marginBalance.amount <= 0) return [];
  const rate = (id: string, label: string, requirement: Line): Line =>
    lines("times").leaf(id, label, requirement.amount / marginBalance.amount, "6.3", {
      component: "balance",
      inputs: [
        { label: requirement.label, value: requirement.amount, unit: "USD" },
        { label: "margin balance", value: marginBalance.amount, unit: "USD" },
      ],
    });
  return [
    rate("cross/maintenance-rate", "Maintenance margin rate; liquidation from 1", maintenance),
    rate("cross/initial-rate", "Initial margin rate", initial),
  ];
}
