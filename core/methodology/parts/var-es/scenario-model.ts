import { sum as compensatedSum } from "../../../base/index.ts";
import { type Line, lines } from "../../statement.ts";
import { bookDecompositions } from "./book-decompositions.ts";
import { dependentLosses } from "./dependence.ts";
import type { JointList } from "./joint-list.ts";
import type { BookLosses } from "./losses.ts";
import { meanProfit } from "./mean-profit.ts";
import { measureInputs } from "./measure-inputs.ts";
import { type Measured, measured } from "./measured.ts";
import type { VarEsRules } from "./rules.ts";
import { section } from "./sections.ts";
import type { TailModel } from "./tail-model.ts";
import { worstScenarios } from "./worst-scenarios.ts";

const { leaf, sum, loss } = lines("USD");

/** The tail of a book in joint scenarios. */
export function scenarioModel(book: BookLosses, rules: VarEsRules): TailModel {
  const { list, groups, total } = book;
  const whole = measured(total, list, rules);
  const lossesOf = (underlyings: readonly string[]): Float64Array => {
    const own = groups.filter(({ underlying }) => underlyings.includes(underlying));
    return total.map((_, s) => own.reduce((added, { losses }) => added + (losses[s] ?? 0), 0));
  };
  return {
    name: list.name,
    value: whole.value,
    forecast: whole.tail,
    horizonFactor: rules.horizon.method === "root" && list.draws === undefined ? Math.sqrt(rules.horizon.days) : 1,
    underlyings: groups.map(({ underlying }) => underlying),
    alone: (underlyings, confidence) => measured(lossesOf(underlyings), list, rules, confidence).value,
    dependent: (kind, confidence) =>
      dependentLosses(book, kind, rules, (losses) => measured(losses, unweighted(list), rules, confidence).value),
    joint: (collateral) => measured(withCollateral(book, collateral), list, rules).value,
    line: (id, detail) => measureLine(id, book, whole, rules, detail),
    decompositions: (lineId) => bookDecompositions(book, whole, rules, lineId),
    matrix: list.name === "current" ? () => worstScenarios(book, whole) : undefined,
    notes: [...list.notes, ...(whole.notes ?? [])],
  };
}

/** Mean profit of each position over the scenarios that make the measure, as a loss. */
function measureLine(id: string, book: BookLosses, whole: Measured, rules: VarEsRules, detail: boolean): Line {
  const rule = rules.measure.statistic === "VaR" ? section.valueAtRisk : section.expectedShortfall;
  const label = labelOf(whole, rules);
  const children = book.groups.map((group) => {
    const profits = group.positions.map((_, place) => meanProfit(group, place, whole));
    const groupId = `${id}/${group.underlying}`;
    const name = `Profit of ${group.underlying} in these scenarios`;
    if (!detail) return leaf(groupId, name, compensatedSum(profits), rule, { component: "scenario" });
    const positions = group.positions.map(({ position }, place) =>
      leaf(`${groupId}/${position.id}`, position.instrument.symbol, profits[place] ?? 0, rule, {
        component: "position",
        positionId: position.id,
        ...(position.quantity === 0
          ? {}
          : {
              inputs: [
                {
                  label: `marginal ${rules.measure.statistic}`,
                  value: -(profits[place] ?? 0) / position.quantity,
                  unit: "USD per unit",
                },
              ],
            }),
      }),
    );
    return sum(groupId, name, rule, positions, { component: "scenario" });
  });
  const inputs = detail ? measureInputs(book, whole, rules) : [];
  return loss(id, label, rule, children, { component: "scenario", inputs });
}

function unweighted({ weights: _, ...list }: JointList): JointList {
  return list;
}

function labelOf({ tail }: Measured, { measure }: VarEsRules): string {
  const name = measure.statistic === "VaR" ? "Value at risk" : "Expected shortfall";
  return `${name}, ${Number((tail.confidence * 100).toPrecision(6))} %`;
}

function withCollateral({ list, total }: BookLosses, collateral: ReadonlyMap<string, number>): Float64Array {
  const joint = total.slice();
  for (const { underlying, scenarios } of list.sets) {
    const value = underlying === undefined ? undefined : collateral.get(underlying);
    if (value === undefined) continue;
    scenarios.forEach(({ priceMove }, s) => {
      joint[s] = (joint[s] as number) - value * priceMove;
    });
  }
  return joint;
}
