import { sum as compensatedSum } from "../../base/index.ts";
import type { Component } from "../../portfolio/index.ts";
import type { Book, Revalued, RiskMatrix } from "../contract.ts";
import { componentLabels } from "../parts/account-lines.ts";
import { holderOf, holdingsOf } from "../parts/holding.ts";
import { unitEntries } from "../parts/unit-entries.ts";
import { riskMatrix, type UnitGrid, unitGrid } from "../parts/unit-grid.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, lines } from "../statement.ts";
import type { ThalexRules } from "./rules.ts";
import { type CoveredScenario, coveredScenarios, setIdOf } from "./scenarios.ts";

const { leaf, loss, product, sum } = lines("USD");

/** Kinds of components that stand for the contingencies of one coin. */
export const contingencies = { roll: "delta-contingency", option: "option-contingency" } as const;

/** What the scenarios of a coin are called. */
export function matrixTitle(coin: string): string {
  return `Scenarios ${coin}`;
}

/** One coin: its requirement as a line under an id, and its scenarios. */
export interface ThalexUnit {
  readonly coin: string;
  readonly initial: (id: string) => Line;
  readonly matrix: RiskMatrix;
}

/**
 * Initial margin of one coin: loss coverage + roll contingency + option contingency.
 *
 * @source resources/docs/methodology/thalex-portfolio.md, sections 3 to 5
 */
export function thalexUnit(coin: string, book: Book, rules: ThalexRules, { cube, detail }: Revalued): ThalexUnit {
  const { derivatives } = unitEntries(book, coin);
  const held = compensatedSum(book.balances.filter(({ currency }) => currency === coin).map(({ equity }) => equity));
  const scenarios = coveredScenarios(rules);
  const weights = scenarios.map(({ coverage }) => coverage);
  const spot = { held, counted: held, index: book.indices.get(coin) ?? 0 };
  const grid = unitGrid({ coin, derivatives, cube: cube(setIdOf(coin)), indices: book.indices, spot, weights });
  const initial = (id: string): Line =>
    sum(
      id,
      `${coin}: loss coverage and contingencies`,
      "2.1",
      [
        lossCoverage(grid, scenarios, rules, `${id}/loss-coverage`, detail),
        stated(book, coin, contingencies.roll, `${id}/roll-contingency`, "Roll contingency", "4"),
        stated(
          book,
          coin,
          contingencies.option,
          `${id}/option-contingency`,
          componentLabels["option-contingency"],
          "5",
        ) ?? optionContingency(grid, rules, `${id}/option-contingency`, detail),
      ].filter((line) => line !== undefined),
    );
  const matrix = riskMatrix(grid);
  const cells = matrix.cells.map((cell, index) => {
    const weight = weights[index] ?? 1;
    return { ...cell, amount: cell.amount * weight, group: weight === 1 ? "standard" : "extended" };
  });
  return { coin, initial, matrix: { ...matrix, title: matrixTitle(coin), cells } };
}

function lossCoverage(
  grid: UnitGrid,
  scenarios: readonly CoveredScenario[],
  rules: ThalexRules,
  id: string,
  detail: boolean,
): Line {
  const { worst, derivatives, spot, coin, totals } = grid;
  const scenario = worst === undefined ? undefined : scenarios[worst];
  if (worst === undefined || scenario === undefined)
    return loss(id, "Loss coverage: no scenario loses", "3.4", [], { component: "scenario" });
  const profits = detail ? grid.profits(worst) : [];
  const children = detail
    ? [
        ...derivatives.map(({ position: { id: positionId, instrument, quantity } }, index) =>
          leaf(`${id}/loss/${positionId}`, instrument.symbol, profits[index] ?? 0, "3.2", {
            component: "position",
            positionId,
            inputs: [{ label: "quantity", value: quantity }],
          }),
        ),
        ...(spot.held === 0
          ? []
          : [
              leaf(`${id}/loss/balance`, `${coin} held`, grid.spotProfit(worst), "3.3", {
                component: "position",
                inputs: [{ label: "held", value: spot.held, unit: coin }],
              }),
            ]),
      ]
    : [leaf(`${id}/loss/all`, "All positions", totals[worst] ?? 0, "3.2")];
  const label = `Loss coverage: ${scenario.label}`;
  const extended = Math.abs(scenario.priceMove) > rules.coveredMove;
  const largest = loss(`${id}/loss`, "Loss in the scenario", "3.2", children, { component: "scenario" });
  return product(id, label, "3.4", scenario.coverage, "coverage factor", largest, {
    component: "scenario",
    inputs: [
      { label: "index move", value: scenario.priceMove },
      ...(scenario.volatility === undefined ? [] : [{ label: "volatility change", value: scenario.volatility.change }]),
      extended
        ? { label: "coverage factor", value: rules.largeMoveCoverage, parameter: "/largeMoveCoverage" }
        : { label: "covered move", value: rules.coveredMove, parameter: "/coveredMove" },
    ],
  });
}

/** Rate × short cash position: short options at the index. No line where the rate is not known. */
function optionContingency(
  { derivatives, coin }: UnitGrid,
  { optionContingencyRate: rate }: ThalexRules,
  id: string,
  detail: boolean,
): Line | undefined {
  if (rate === 0) return undefined;
  const short = holdingsOf(derivatives).filter(
    ({ instrument, quantity }) => instrument.kind === "option" && quantity < 0,
  );
  const cash = short.map(({ quantity, terms }) => -quantity * terms.index);
  const extra = { component: "contingency" } as const;
  const children = detail
    ? short.map((holding, index) =>
        leaf(`${id}/cash/${holding.instrument.symbol}`, holding.instrument.symbol, cash[index] ?? 0, "5", {
          ...extra,
          ...holderOf(holding),
          inputs: [{ label: "size", value: holding.quantity, unit: coin }],
        }),
      )
    : [leaf(`${id}/cash/all`, "All short options", compensatedSum(cash), "5", extra)];
  const position = sum(`${id}/cash`, "Short cash position", "5", children, extra);
  return product(id, componentLabels["option-contingency"], "5", rate, "rate", position, {
    ...extra,
    inputs: [{ label: "rate", value: rate, parameter: "/optionContingencyRate" }],
  });
}

function stated(
  book: Book,
  coin: string,
  kind: Component["id"],
  id: string,
  label: string,
  rule: string,
): Line | undefined {
  const found = book.components.filter((component) => component.id === kind && component.underlying === coin);
  const [first] = found;
  if (first === undefined) return undefined;
  const amount = compensatedSum(found.map((entry) => entry.amount * usdPerUnit(book.indices, entry.currency)));
  return leaf(id, label, amount, rule, { component: "contingency", basis: first.basis });
}
