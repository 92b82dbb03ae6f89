import { type Holding, holderOf } from "../parts/holding.ts";
import type { Requirement } from "../parts/short-options.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { tierRate } from "./leverage.ts";
import { type FuturesRule, productOf, type StandardRules } from "./rules.ts";

/**
 * Margin of one future or perpetual: size in settlement currency × rate of the whole position.
 *
 *     inverse: |q|/mark × rate (coin),   linear: |q| × mark × rate (quote currency)
 *
 * @returns settlement currency; ≥ 0; 0 when the rulebook has no rates for the product (such positions are excluded before)
 * @source resources/docs/methodology/deribit-standard.md, section 3
 */
export function futureAmount(holding: Holding, rules: StandardRules, requirement: Requirement): number {
  const rule = rules.futures[productOf(holding.instrument)];
  return rule === undefined ? 0 : notionalOf(holding) * rateOf(rule, requirement, Math.abs(holding.coins));
}

/** `futureAmount` as a line that opens down to the parts of the rate. */
export function futureLine(
  holding: Holding,
  rules: StandardRules,
  requirement: Requirement,
  parent: string,
): readonly Line[] {
  const { instrument, terms, coins } = holding;
  const product = productOf(instrument);
  const rule = rules.futures[product];
  if (rule === undefined) return [];
  const id = `${parent}/${instrument.symbol}`;
  const section = rule.formula === "base-and-slope" ? "3.1" : "3.2";
  const inputs: LineInput[] = [
    { label: "size", value: coins, unit: instrument.underlying },
    { label: "mark price", value: terms.mark, unit: instrument.quote },
  ];
  const rate = rateLine(rule, requirement, Math.abs(coins), `${id}/rate`, `/futures/${product}`);
  const extra = { component: "position", inputs, ...holderOf(holding) } as const;
  const { settlement } = instrument;
  return [
    lines(settlement).product(
      id,
      instrument.symbol,
      section,
      notionalOf(holding),
      `size in ${settlement}`,
      rate,
      extra,
    ),
  ];
}

function notionalOf({ instrument, terms, coins }: Holding): number {
  return instrument.payoff === "inverse" ? Math.abs(coins) : Math.abs(coins) * terms.mark;
}

function rateOf(rule: FuturesRule, requirement: Requirement, size: number): number {
  if (rule.formula === "base-and-slope")
    return (requirement === "initial" ? rule.initialBase : rule.maintenanceBase) + rule.slopePerUnit * size;
  return requirement === "initial" ? tierRate(rule, size) : rule.maintenanceShare * tierRate(rule, size);
}

function rateLine(rule: FuturesRule, requirement: Requirement, size: number, id: string, pointer: string): Line {
  const { leaf, product, sum } = lines("fraction of size");
  const input = (label: string, value: number | string, parameter: string): LineInput => ({
    label,
    value,
    parameter: `${pointer}/${parameter}`,
  });
  if (rule.formula === "base-and-slope") {
    const base = requirement === "initial" ? "initialBase" : "maintenanceBase";
    return sum(id, "Rate of the whole position", "3.1", [
      leaf(`${id}/base`, "Base rate", rule[base], "3.1", { inputs: [input("base", rule[base], base)] }),
      leaf(`${id}/slope`, "Added for size", rule.slopePerUnit * size, "3.1", {
        inputs: [input("slope per unit", rule.slopePerUnit, "slopePerUnit"), { label: "size", value: size }],
      }),
    ]);
  }
  const initial = leaf(
    requirement === "initial" ? id : `${id}/initial`,
    "One over leverage",
    tierRate(rule, size),
    "3.2",
    {
      inputs: [
        { label: "size", value: size },
        input("highest leverage C1", rule.highestLeverage, "highestLeverage"),
        input("lowest leverage C2", rule.lowestLeverage, "lowestLeverage"),
        input("flat share C3", rule.flatShare, "flatShare"),
        input("end share C4", rule.endShare, "endShare"),
        input("largest position NMax", rule.largestPosition, "largestPosition"),
        input("between", rule.between, "between"),
      ],
    },
  );
  if (requirement === "initial") return initial;
  return product(id, "Maintenance rate", "3.2", rule.maintenanceShare, "share of initial", initial, {
    inputs: [input("maintenance share", rule.maintenanceShare, "maintenanceShare")],
  });
}
