import { DomainError } from "../../base/index.ts";
import type { Option } from "../../instrument/index.ts";
import { oncePer } from "../parts/once-per.ts";
import type { QuotedOption, Requirement, ShortOptionMargin } from "../parts/short-options.ts";
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
export const shortOptionMargin = oncePer(
  (rules: BinanceOptionRules): ShortOptionMargin => ({
    amount: (option, requirement) => {
      const { falling, least } = partsOf(option, requirement, rules);
      return Math.max(falling, least) + option.quoteMark;
    },
    line: (option, requirement, id) => unitLine(option, requirement, id, rules),
  }),
);

const names = {
  initial: ["initialMargin", "minInitialMargin", "2.2"],
  maintenance: ["maintenanceMargin", "minMaintenanceMargin", "2.3"],
} as const satisfies Record<Requirement, readonly [keyof OptionFactors, keyof OptionFactors, string]>;

function factorsFor(rules: BinanceOptionRules, option: Option) {
  const found = factorsOf(rules, option);
  if (found === undefined) throw new DomainError("a margined option has factors", option.symbol);
  return found;
}

function partsOf(
  { instrument, terms, outOfTheMoney }: QuotedOption,
  requirement: Requirement,
  rules: BinanceOptionRules,
) {
  const { factors } = factorsFor(rules, instrument);
  const [high, low] = names[requirement];
  return { falling: factors[high] * terms.index - outOfTheMoney, least: factors[low] * terms.index };
}

function unitLine(option: QuotedOption, requirement: Requirement, id: string, rules: BinanceOptionRules): Line {
  const { instrument, terms, outOfTheMoney, quoteMark } = option;
  const { leaf, max, sum } = lines(instrument.quote);
  const { falling, least } = partsOf(option, requirement, rules);
  const [high, low, rule] = names[requirement];
  const { key, factors } = factorsFor(rules, instrument);
  const factor = (name: keyof OptionFactors, label: string): LineInput => ({
    label,
    value: factors[name],
    parameter: `/options/${key}/${name}`,
  });
  const index = { label: "index", value: terms.index, unit: instrument.quote };
  return sum(id, "Margin of one unit", rule, [
    max(`${id}/factor`, "Larger of the two", rule, [
      leaf(`${id}/factor/falling`, "Factor of the index less out of the money", falling, rule, {
        inputs: [
          factor(high, "factor"),
          index,
          { label: "out of the money", value: outOfTheMoney, unit: instrument.quote },
        ],
      }),
      leaf(`${id}/factor/least`, "Least factor of the index", least, rule, {
        inputs: [factor(low, "least factor"), index],
      }),
    ]),
    leaf(`${id}/mark`, "Mark price", quoteMark, rule),
  ]);
}
