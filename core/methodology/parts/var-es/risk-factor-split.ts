import { sum } from "../../../base/index.ts";
import { bestKernel } from "../../../revaluation/index.ts";
import type { Scenario } from "../../../scenario/index.ts";
import type { DecompositionEntry } from "../../contract.ts";
import type { BookLosses, GroupLosses } from "./losses.ts";
import { meanOverTail, meanProfit } from "./mean-profit.ts";
import type { Measured } from "./measured.ts";

/**
 * The measure by risk factor: the scenarios that make it are revalued with the price alone and with the volatility alone
 * (and with the time alone, where days pass); what is left is joint.
 */
export function riskFactorSplit(book: BookLosses, whole: Measured): readonly DecompositionEntry[] {
  const tail = whole.shares.scenarios;
  return book.groups.flatMap((group) => {
    const scenarios = book.list.sets.find(({ underlying }) => underlying === group.underlying)?.scenarios ?? [];
    const chosen = Array.from(tail, (scenario) => scenarios[scenario]).filter((one) => one !== undefined);
    const entry = (label: string, amount: number): DecompositionEntry => ({
      label: `${group.underlying} ${label}`,
      group: group.underlying,
      amount,
    });
    const lossOf = (only: (scenario: Scenario) => Scenario): number => {
      const profits = profitsIn(group, chosen.map(only));
      return -meanOverTail(whole, (at) => profits[at] ?? 0);
    };
    const total = -sum(group.positions.map((_, place) => meanProfit(group, place, whole)));
    const price = lossOf(({ id, label, priceMove, stickiness }) => ({
      ...{ id, label, priceMove },
      ...(stickiness === undefined ? {} : { stickiness }),
    }));
    const volatility = lossOf(({ id, label, volatility: shock }) => ({
      id,
      label,
      priceMove: 0,
      ...(shock === undefined ? {} : { volatility: shock }),
    }));
    const passes = chosen.some(({ decayDays = 0 }) => decayDays > 0);
    const time = passes ? lossOf(({ id, label, decayDays = 0 }) => ({ id, label, priceMove: 0, decayDays })) : 0;
    return [
      entry("price", price),
      entry("volatility", volatility),
      ...(passes ? [entry("time", time)] : []),
      entry("joint", total - price - volatility - time),
    ];
  });
}

/** Profit of a group in scenarios of its own, USD. */
function profitsIn(group: GroupLosses, scenarios: readonly Scenario[]): Float64Array {
  const units = bestKernel().unitPnl(
    group.positions.map(({ position, terms }) => ({ instrument: position.instrument, terms })),
    scenarios,
  );
  return Float64Array.from(scenarios, ({ priceMove }, s) =>
    sum(
      group.positions.map(
        (_, place) => (units[place * scenarios.length + s] ?? 0) * group.usdPerUnit(place, priceMove),
      ),
    ),
  );
}
