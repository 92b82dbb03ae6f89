import { DomainError } from "../../base/index.ts";
import type { OptionHolding, Requirement, ShortOptionMargin } from "../parts/short-option-lines.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { type BinanceOptionRules, factorsOf, type OptionFactors } from "./rules.ts";

/**
 * Margin of one unit of a short option.
 *
 *     initial      max(initialMargin·I − otm, minInitialMargin·I) + M
 *     maintenance  max(maintenanceMargin·I − otm, minMaintenanceMargin·I) + M
 *
 * @source resources/docs/methodology/binance-option.md, section 2
 */
export function shortOptionMargin(rules: BinanceOptionRules): ShortOptionMargin {
  return {
    amount: (holding, requirement) => {
      const { falling, least } = partsOf(holding, requirement, rules);
      return Math.max(falling, least) + holding.quoteMark;
    },
    line: (holding, requirement, id) => unitLine(holding, requirement, id, rules),
  };
}

const names = {
  initial: ["initialMargin", "minInitialMargin", "2.2"],
  maintenance: ["maintenanceMargin", "minMaintenanceMargin", "2.3"],
} as const satisfies Record<Requirement, readonly [keyof OptionFactors, keyof OptionFactors, string]>;

function partsOf(
  { instrument, terms, outOfTheMoney }: OptionHolding,
  requirement: Requirement,
  rules: BinanceOptionRules,
) {
  const found = factorsOf(rules, instrument);
  if (found === undefined) throw new DomainError("a margined option has factors", instrument.symbol);
  const [high, low, rule] = names[requirement];
  const { key, factors } = found;
  const factor = (name: keyof OptionFactors, label: string): LineInput => ({
    label,
    value: factors[name],
    parameter: `/options/${key}/${name}`,
  });
  return {
    falling: factors[high] * terms.index - outOfTheMoney,
    least: factors[low] * terms.index,
    rule,
    highInput: factor(high, "factor"),
    lowInput: factor(low, "least factor"),
  };
}

function unitLine(holding: OptionHolding, requirement: Requirement, id: string, rules: BinanceOptionRules): Line {
  const { instrument, terms, outOfTheMoney, quoteMark } = holding;
  const { leaf, max, sum } = lines(instrument.quote);
  const { falling, least, rule, highInput, lowInput } = partsOf(holding, requirement, rules);
  const index = { label: "index", value: terms.index, unit: instrument.quote };
  return sum(id, "Margin of one unit", rule, [
    max(`${id}/factor`, "Larger of the two", rule, [
      leaf(`${id}/factor/falling`, "Factor of the index less out of the money", falling, rule, {
        inputs: [highInput, index, { label: "out of the money", value: outOfTheMoney, unit: instrument.quote }],
      }),
      leaf(`${id}/factor/least`, "Least factor of the index", least, rule, { inputs: [lowInput, index] }),
    ]),
    leaf(`${id}/mark`, "Mark price", quoteMark, rule),
  ]);
}
