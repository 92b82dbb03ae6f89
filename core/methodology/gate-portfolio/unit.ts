import { sum as compensatedSum } from "../../base/index.ts";
import type { Book, Revalued, RiskMatrix } from "../contract.ts";
import { type SpotHedge, spotHedge } from "../parts/spot-hedge.ts";
import { unitEntries } from "../parts/unit-entries.ts";
import { riskMatrix, type UnitGrid, unitGrid } from "../parts/unit-grid.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import type { GateRules } from "./rules.ts";
import { setIdOf, statedParts } from "./scenarios.ts";

const { leaf, loss, sum } = lines("USD");

/** A risk unit: its maintenance margin as a line under an id, and its grid. */
export interface GateUnit {
  readonly coin: string;
  readonly maintenance: (id: string) => Line;
  readonly matrix: RiskMatrix;
}

/**
 * Maintenance margin of a risk unit: MR1 computed, MR2 to MR4 as stated.
 *
 * Lines stand under the ids that the reader of `unified/portfolio_calculator` names.
 *
 * @source resources/docs/methodology/gate-portfolio.md, sections 3 and 4
 */
export function gateUnit(coin: string, book: Book, rules: GateRules, { cube, detail }: Revalued): GateUnit {
  const entries = unitEntries(book, coin);
  const { derivatives } = entries;
  const notCounted: SpotHedge = { held: 0, counted: 0, index: 0 };
  const spot = rules.spotHedge ? spotHedge(entries, "offsetting") : notCounted;
  const grid = unitGrid({ coin, derivatives, cube: cube(setIdOf(coin)), indices: book.indices, spot });
  const maintenance = (id: string): Line => {
    const parts = statedParts.flatMap(({ kind, id: name, label }) => {
      const found = book.components.filter((component) => component.id === kind && component.underlying === coin);
      const [first] = found;
      if (first === undefined) return [];
      const amount = compensatedSum(found.map((entry) => entry.amount * usdPerUnit(book.indices, entry.currency)));
      const extra = {
        component: "contingency",
        basis: first.basis,
        inputs: [{ label: "stated as", value: name }],
      } as const;
      return [leaf(`${id}/contingency/${kind}`, label, amount, "4", extra)];
    });
    return sum(id, `${coin}: maintenance of the risk unit`, "2.1", [
      stressLoss(grid, rules, `${id}/maximum-loss`, detail),
      sum(`${id}/contingency`, "MR2 to MR4", "4", parts, { component: "contingency" }),
    ]);
  };
  return { coin, maintenance, matrix: riskMatrix(grid) };
}

function stressLoss(
  { cube, worst, derivatives, spot, coin, totals, ...grid }: UnitGrid,
  rules: GateRules,
  id: string,
  detail: boolean,
): Line {
  const scenario = worst === undefined ? undefined : cube.scenarios[worst];
  if (worst === undefined || scenario === undefined)
    return loss(id, "MR1 stress: no cell loses", "3.4", [], { component: "scenario" });
  const parameter = (
    label: string,
    name: "priceRange" | "movesPerSide" | "volatilityUp" | "volatilityDown",
  ): LineInput => ({
    label,
    value: rules[name],
    parameter: `/${name}`,
  });
  const change = scenario.volatility?.change ?? 0;
  const inputs = [
    { label: "price move", value: scenario.priceMove },
    parameter("edge of the grid", "priceRange"),
    parameter("moves on each side", "movesPerSide"),
    ...(change > 0 ? [parameter("volatility up", "volatilityUp")] : []),
    ...(change < 0 ? [parameter("volatility down", "volatilityDown")] : []),
  ];
  const profits = detail ? grid.profits(worst) : [];
  const children = detail
    ? [
        ...derivatives.map(({ position: { id: positionId, instrument, quantity } }, index) =>
          leaf(`${id}/${positionId}`, instrument.symbol, profits[index] ?? 0, "3.2", {
            component: "position",
            positionId,
            inputs: [{ label: "quantity", value: quantity }],
          }),
        ),
        ...(spot.held === 0
          ? []
          : [
              leaf(`${id}/hedging-spot`, "Spot that hedges", grid.spotProfit(worst), "3.3", {
                component: "position",
                inputs: [
                  { label: "held", value: spot.held, unit: coin },
                  { label: "counted", value: spot.counted, unit: coin },
                ],
              }),
            ]),
      ]
    : [leaf(`${id}/all`, "All positions", totals[worst] ?? 0, "3.2")];
  return loss(id, `MR1 stress: ${scenario.label}`, "3.4", children, { component: "scenario", inputs });
}
