import type { BookPosition } from "../contract.ts";
import { columnSums } from "../parts/column-sums.ts";
import { type Line, lines } from "../statement.ts";
import { isOption } from "./legs.ts";
import { laterValues, priceWidth, yearsLater } from "./option-prices.ts";
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
  const total = columnSums(1);
  for (let at = 0; at < later.length; at++) {
    if (!isOption(legs, at)) continue;
    changes[at] = (profits.weights[at] as number) * ((later[at] as number) - (legs.prices[priceWidth * at] as number));
    total.add(0, changes[at] as number);
  }
  const children = detail
    ? legs.entries.flatMap(({ position }, at) =>
        isOption(legs, at)
          ? leaf(`${id}/${position.id}`, position.instrument.symbol, changes[at] as number, section.mr2, {
              component: "position",
            })
          : [],
      )
    : [leaf(`${id}/options`, "All options", total.total(0), section.mr2)];
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
  const { entries, quantities, pairIndexUsd } = legs;
  let most = 0;
  for (let at = 0; at < entries.length; at++) {
    if (!isOption(legs, at)) continue;
    const quantity = quantities[at] as number;
    const { years, volatility } = (entries[at] as BookPosition).terms;
    const fall = quantity > 0 ? volatility * (Math.sqrt(years) - Math.sqrt(yearsLater(years, mr2.days))) : 0;
    most += Math.abs(quantity) * (mostSlope * fall + rounding) * (pairIndexUsd[at] as number);
  }
  return most;
}
