import { type Holding, holderOf } from "../parts/holding.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import type { Requirement } from "./futures.ts";
import type { StandardRules } from "./rules.ts";

/**
 * Margin of one option series: nothing for a long one, size × requirement per unit for a short one.
 *
 *     initial      max(highest − otm/price, lowest)·scale + mark         short put: not below maintenance
 *     maintenance  call factor·scale + mark;   put max(factor·scale, factor·mark) + mark
 *     scale        1 when inverse (coin), the index when linear (quote currency)
 *
 * @param detail whether the requirement per unit is split into its parts
 * @source resources/docs/methodology/deribit-standard.md, section 2
 */
export function optionLine(
  holding: Holding,
  rules: StandardRules["options"],
  requirement: Requirement,
  parent: string,
  detail: boolean,
): Line {
  const { instrument, quantity } = holding;
  const { leaf, product } = lines(instrument.settlement);
  const id = `${parent}/${instrument.symbol}`;
  const extra = { component: "position", ...holderOf(holding) } as const;
  const size = { label: "size", value: quantity, unit: instrument.underlying };
  if (quantity >= 0) return leaf(id, `${instrument.symbol}, long`, 0, "2", { ...extra, inputs: [size] });
  const unit = perUnit(holding, rules, requirement, `${id}/per-unit`);
  const section = requirement === "initial" ? "2.2" : "2.3";
  return detail
    ? product(id, instrument.symbol, section, -quantity, "size", unit, { ...extra, inputs: [size] })
    : leaf(id, instrument.symbol, -quantity * unit.amount, section, { ...extra, inputs: [size] });
}

function perUnit(
  { instrument, terms }: Holding,
  rules: StandardRules["options"],
  requirement: Requirement,
  id: string,
): Line {
  if (instrument.kind !== "option") return lines(instrument.settlement).leaf(id, "Not an option", 0, "2");
  const { leaf, max, sum } = lines(instrument.settlement);
  const isPut = instrument.optionType === "put";
  const scale = instrument.payoff === "inverse" ? 1 : terms.index;
  const index: LineInput = { label: "index", value: terms.index, unit: instrument.quote };
  const factor = (key: "highestFactor" | "lowestFactor" | "maintenanceFactor", label: string): LineInput => ({
    label,
    value: rules[key],
    parameter: `/options/${key}`,
  });
  const maintenance = (under: string): Line => {
    const { maintenanceFactor } = rules;
    const inputs = [factor("maintenanceFactor", "maintenance factor"), index];
    const ofIndex = leaf(`${under}/factor-of-index`, "Factor of the index", maintenanceFactor * scale, "2.3", {
      inputs,
    });
    const ofMark = leaf(`${under}/factor-of-mark`, "Factor of the mark", maintenanceFactor * terms.mark, "2.3", {
      inputs: [factor("maintenanceFactor", "maintenance factor"), { label: "mark", value: terms.mark }],
    });
    const margin = isPut ? max(`${under}/factor`, "Larger of the two", "2.3", [ofIndex, ofMark]) : ofIndex;
    return sum(under, "Maintenance per unit", "2.3", [margin, leaf(`${under}/mark`, "Mark price", terms.mark, "2.3")]);
  };
  if (requirement === "maintenance") return maintenance(id);

  const price = rules.outOfTheMoneyOver === "index" ? terms.index : terms.forward;
  const outOfTheMoney = Math.max(0, isPut ? price - instrument.strike : instrument.strike - price);
  const start = isPut ? `${id}/initial` : id;
  const over: LineInput = {
    label: "out-of-the-money amount over",
    value: rules.outOfTheMoneyOver,
    parameter: "/options/outOfTheMoneyOver",
  };
  const initial = sum(start, "Initial per unit", "2.2", [
    max(`${start}/factor`, "Larger of the two", "2.2", [
      leaf(
        `${start}/falling`,
        "Highest factor less the out-of-the-money share",
        (rules.highestFactor - outOfTheMoney / price) * scale,
        "2.1",
        {
          inputs: [
            factor("highestFactor", "highest factor"),
            { label: "out of the money", value: outOfTheMoney, unit: instrument.quote },
            over,
            index,
          ],
        },
      ),
      leaf(`${start}/lowest`, "Lowest factor", rules.lowestFactor * scale, "2.2", {
        inputs: [factor("lowestFactor", "lowest factor"), index],
      }),
    ]),
    leaf(`${start}/mark`, "Mark price", terms.mark, "2.2"),
  ]);
  return isPut
    ? max(id, "Larger of initial and maintenance", "2.2", [initial, maintenance(`${id}/maintenance`)])
    : initial;
}
