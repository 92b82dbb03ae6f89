import { sum } from "../../base/index.ts";
import { type Line, lines } from "../statement.ts";
import { type Leg, optionValue } from "./leg.ts";
import type { OkxRules } from "./rules.ts";
import { section } from "./sections.ts";
import type { RiskUnit } from "./units.ts";

/**
 * MR2, what the options of a unit lose in a day when nothing moves.
 *
 *     MR2 = max(0, Σ q·(V(τ) − V(τ − 1 day))),  τ − 1 day not below 0
 *
 * @source OKX, portfolio margin mode, MR2 theta decay risk (in words)
 */
export function decayLine(unit: RiskUnit, rules: OkxRules, detail: boolean): Line {
  const { leaf, loss } = lines("USD");
  const id = `${unit.id}/mr2`;
  const options = unit.positions.flatMap((held, index) => {
    const leg = unit.legs[index];
    return leg?.instrument.kind === "option"
      ? [{ held, change: changeUsd(leg, unit.values[index] ?? 0, rules.mr2.days) }]
      : [];
  });
  const children = detail
    ? options.map(({ held: { position }, change }) =>
        leaf(`${id}/${position.id}`, position.instrument.symbol, change, section.mr2, { component: "position" }),
      )
    : [leaf(`${id}/options`, "All options", sum(options.map(({ change }) => change)), section.mr2)];
  return loss(id, "MR2 time decay", section.mr2, children, {
    component: "scenario",
    inputs: options.length === 0 ? [] : [{ label: "days", value: rules.mr2.days, parameter: "/mr2/days" }],
  });
}

function changeUsd(leg: Leg, valueNow: number, days: number): number {
  const change = optionValue(leg, days) - valueNow;
  const { instrument, quantity, terms, pairIndexUsd } = leg;
  const perUnit = instrument.payoff === "inverse" ? terms.index : pairIndexUsd / terms.forward;
  return quantity * perUnit * change;
}
