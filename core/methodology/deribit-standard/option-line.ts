import type { Option } from "../../instrument/index.ts";
import { type Holding, holderOf } from "../parts/holding.ts";
import type { Requirement } from "../parts/short-options.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { type UnitParts, unitParts } from "./option-margin.ts";
import type { StandardRules } from "./rules.ts";

type OptionRules = StandardRules["options"];

/**
 * Margin of one option series as a line that opens down to the factors: nothing for a long one, size × margin of one unit for a short one.
 * Settlement currency; ≥ 0.
 */
export function optionLine(holding: Holding, rules: OptionRules, requirement: Requirement, parent: string): Line {
  const { instrument, terms, quantity } = holding;
  const { leaf, product } = lines(instrument.settlement);
  const id = `${parent}/${instrument.symbol}`;
  const inputs = [{ label: "size", value: quantity, unit: instrument.underlying }];
  const extra = { component: "position", inputs, ...holderOf(holding) } as const;
  if (instrument.kind !== "option" || quantity >= 0) return leaf(id, `${instrument.symbol}, long`, 0, "2", extra);
  const parts = unitParts(instrument, terms, rules);
  const unit = unitLines(instrument, terms.index, parts, rules);
  const line = requirement === "initial" ? unit.initial(`${id}/per-unit`) : unit.maintenance(`${id}/per-unit`);
  return product(id, instrument.symbol, line.rule, -quantity, "size", line, extra);
}

function unitLines(option: Option, indexPrice: number, parts: UnitParts, rules: OptionRules) {
  const { leaf, max, sum } = lines(option.settlement);
  const isPut = option.optionType === "put";
  const index: LineInput = { label: "index", value: indexPrice, unit: option.quote };
  const factor = (key: "highestFactor" | "lowestFactor" | "maintenanceFactor", label: string): LineInput => ({
    label,
    value: rules[key],
    parameter: `/options/${key}`,
  });
  const outOfTheMoney: readonly LineInput[] = [
    { label: "out of the money", value: parts.outOfTheMoney, unit: option.quote },
    { label: "measured against", value: rules.outOfTheMoneyOver, parameter: "/options/outOfTheMoneyOver" },
  ];
  const maintenance = (id: string): Line => {
    const ofIndex = leaf(`${id}/factor-of-index`, "Factor of the index", parts.ofIndex, "2.3", {
      inputs: [factor("maintenanceFactor", "maintenance factor"), index],
    });
    const ofMark = leaf(`${id}/factor-of-mark`, "Factor of the mark", parts.ofMark, "2.3", {
      inputs: [factor("maintenanceFactor", "maintenance factor")],
    });
    return sum(id, "Maintenance per unit", "2.3", [
      isPut ? max(`${id}/factor`, "Larger of the two", "2.3", [ofIndex, ofMark]) : ofIndex,
      leaf(`${id}/mark`, "Mark price", parts.mark, "2.3"),
    ]);
  };
  const byFactor = (id: string): Line =>
    sum(id, "Initial per unit", "2.2", [
      max(`${id}/factor`, "Larger of the two", "2.2", [
        leaf(`${id}/falling`, "Highest factor less the out-of-the-money share", parts.falling, "2.1", {
          inputs: [factor("highestFactor", "highest factor"), ...outOfTheMoney, index],
        }),
        leaf(`${id}/lowest`, "Lowest factor", parts.lowest, "2.2", {
          inputs: [factor("lowestFactor", "lowest factor"), index],
        }),
      ]),
      leaf(`${id}/mark`, "Mark price", parts.mark, "2.2"),
    ]);
  const initial = (id: string): Line => {
    if (!isPut) return byFactor(id);
    const children = [byFactor(`${id}/initial`), maintenance(`${id}/maintenance`)];
    return max(id, "Larger of initial and maintenance", "2.2", children);
  };
  return { initial, maintenance };
}
