import { DomainError } from "../../base/index.ts";
import { oncePer } from "../parts/once-per.ts";
import type { QuotedOption, Requirement, ShortOptionMargin } from "../parts/short-options.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { type BitcomOptionRules, factorsOf, type OptionFactors } from "./rules.ts";

/**
 * Margin of one unit of a short option.
 *
 *     maintenance  call: maintenanceFactor·I,  put: the larger of that and maintenanceFactor·M;  + M
 *     initial      max(highestFactor·I − otm, lowestFactor·I) + M;  of a put at least its maintenance
 *
 * @source resources/docs/methodology/bitcom-option.md, section 2
 */
export const shortOptionMargin = oncePer(
  (rules: BitcomOptionRules): ShortOptionMargin => ({
    amount: (option, requirement) => {
      const { ofIndex, ofMark, falling, least, put } = partsOf(option, rules);
      const maintenance = (put ? Math.max(ofIndex, ofMark) : ofIndex) + option.quoteMark;
      if (requirement === "maintenance") return maintenance;
      const initial = Math.max(falling, least) + option.quoteMark;
      return put ? Math.max(initial, maintenance) : initial;
    },
    line: (option, requirement, id) => unitLine(option, requirement, id, rules),
  }),
);

function partsOf({ instrument, terms, quoteMark, outOfTheMoney }: QuotedOption, rules: BitcomOptionRules) {
  const factors = factorsOf(rules, instrument.underlying);
  if (factors === undefined) throw new DomainError("a margined option has factors", instrument.symbol);
  return {
    factors,
    put: instrument.optionType === "put",
    ofIndex: factors.maintenanceFactor * terms.index,
    ofMark: factors.maintenanceFactor * quoteMark,
    falling: factors.highestFactor * terms.index - outOfTheMoney,
    least: factors.lowestFactor * terms.index,
  };
}

function unitLine(option: QuotedOption, requirement: Requirement, id: string, rules: BitcomOptionRules): Line {
  const { instrument, terms, outOfTheMoney, quoteMark } = option;
  const { leaf, max, sum } = lines(instrument.quote);
  const { factors, put, ofIndex, ofMark, falling, least } = partsOf(option, rules);
  const index = { label: "index", value: terms.index, unit: instrument.quote };
  const factor = (name: keyof OptionFactors, label: string): LineInput => ({
    label,
    value: factors[name],
    parameter: `/options/${instrument.underlying}/${name}`,
  });
  const mark = (parent: string, rule: string) => leaf(`${parent}/mark`, "Mark price", quoteMark, rule);
  const maintenance = (own: string): Line => {
    const rate = factor("maintenanceFactor", "maintenance factor");
    const indexLine = leaf(`${own}/of-index`, "Factor of the index", ofIndex, "2.3", { inputs: [rate, index] });
    const markLine = leaf(`${own}/of-mark`, "Factor of the mark", ofMark, "2.3", { inputs: [rate] });
    return sum(own, "Maintenance of one unit", "2.3", [
      put ? max(`${own}/factor`, "Larger of the two", "2.3", [indexLine, markLine]) : indexLine,
      mark(own, "2.3"),
    ]);
  };
  if (requirement === "maintenance") return maintenance(id);
  const initial = (own: string): Line =>
    sum(own, "Initial of one unit", "2.2", [
      max(`${own}/factor`, "Larger of the two", "2.2", [
        leaf(`${own}/factor/falling`, "Highest factor of the index less out of the money", falling, "2.2", {
          inputs: [
            factor("highestFactor", "highest factor"),
            index,
            { label: "out of the money", value: outOfTheMoney, unit: instrument.quote },
          ],
        }),
        leaf(`${own}/factor/least`, "Lowest factor of the index", least, "2.2", {
          inputs: [factor("lowestFactor", "lowest factor"), index],
        }),
      ]),
      mark(own, "2.2"),
    ]);
  return put
    ? max(id, "Larger of initial and maintenance", "2.2", [initial(`${id}/initial`), maintenance(`${id}/maintenance`)])
    : initial(id);
}
