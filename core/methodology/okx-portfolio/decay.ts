import { sum } from "../../base/index.ts";
import { logMoneyness } from "../../pricing/index.ts";
import { rememberedAmounts } from "../parts/remembered-amounts.ts";
import { type Line, lines } from "../statement.ts";
import { field, optionValue, rowWidth } from "./leg-rows.ts";
import { isOption } from "./legs.ts";
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
export function decayLine({ id: unitId, legs, profits }: RiskUnit, { mr2 }: OkxRules, detail: boolean): Line {
  const { leaf, loss } = lines("USD");
  const id = `${unitId}/mr2`;
  const later = laterValues(legs.entries, mr2);
  const changes = new Float64Array(later.length);
  for (let at = 0; at < later.length; at++) {
    if (!isOption(legs, at)) continue;
    const change = (later[at] as number) - (legs.rows[rowWidth * at + field.value] as number);
    changes[at] = (profits.weights[at] as number) * change;
  }
  const children = detail
    ? legs.entries.flatMap(({ position }, at) =>
        isOption(legs, at)
          ? leaf(`${id}/${position.id}`, position.instrument.symbol, changes[at] as number, section.mr2, {
              component: "position",
            })
          : [],
      )
    : [leaf(`${id}/options`, "All options", sum(changes), section.mr2)];
  return loss(id, "MR2 time decay", section.mr2, children, {
    component: "scenario",
    inputs: legs.hasOptions ? [{ label: "days", value: mr2.days, parameter: "/mr2/days" }] : [],
  });
}

/** Just above 1/√(2π), the most the value of an option changes with its total volatility, per unit of the forward. */
const mostSlope = 0.39895;
/** Above what rounding makes of the value of an option, per unit of the forward. */
const rounding = 1e-9;

/**
 * What MR2 is not above, USD: options held lose at most what their total volatility falls, options sold gain.
 *
 *     V(τ) − V(τ′) ≤ F·(σ√τ − σ√τ′)/√(2π)
 */
export function mostDecay({ legs }: RiskUnit, { mr2 }: OkxRules): number {
  const { kinds, rows, pairIndexUsd } = legs;
  let most = 0;
  for (let at = 0; at < kinds.length; at++) {
    if (!isOption(legs, at)) continue;
    const row = rowWidth * at;
    const quantity = rows[row + field.quantity] as number;
    const years = rows[row + field.years] as number;
    const held = quantity > 0 ? (rows[row + field.volatility] as number) : 0;
    const fall = held === 0 ? 0 : held * (Math.sqrt(years) - Math.sqrt(yearsLater(years, mr2)));
    most += Math.abs(quantity) * (mostSlope * fall + rounding) * (pairIndexUsd[at] as number);
  }
  return most;
}

/** Model value of one option after the days of MR2 when nothing moves, its own price unit; 0 for everything else. */
const laterValues = rememberedAmounts(
  ({ position: { instrument }, terms: { forward, volatility, years } }, mr2: OkxRules["mr2"]) =>
    instrument.kind === "option"
      ? optionValue(
          instrument,
          forward,
          logMoneyness(forward, instrument.strike),
          volatility * Math.sqrt(yearsLater(years, mr2)),
        )
      : 0,
);

function yearsLater(years: number, { days }: OkxRules["mr2"]): number {
  return Math.max(0, years - days / 365);
}
