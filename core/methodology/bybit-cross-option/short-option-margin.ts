import { sum as compensatedSum } from "../../base/index.ts";
import { oncePer } from "../parts/once-per.ts";
import type { QuotedOption, Requirement, ShortOptionMargin } from "../parts/short-options.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import type { CrossOptionRules } from "./rules.ts";

/**
 * Margin of one unit of a short option.
 *
 *     maintenance  call: maintenanceFactor·I,  put: the larger of that and maintenanceFactor·M;  + M + liquidationFee·I
 *     initial      the larger of  max(highestFactor·I − otm, lowestFactor·I) + M  and maintenance
 *
 * @source resources/docs/methodology/bybit-cross-option.md, section 2
 */
export const shortOptionMargin = oncePer(
  (rules: CrossOptionRules): ShortOptionMargin => ({
    amount: (option, requirement) => {
      const { ofIndex, ofMark, fee, falling, least } = partsOf(option, rules);
      const { quoteMark } = option;
      const maintenance = compensatedSum([isPut(option) ? Math.max(ofIndex, ofMark) : ofIndex, quoteMark, fee]);
      return requirement === "maintenance" ? maintenance : Math.max(Math.max(falling, least) + quoteMark, maintenance);
    },
    line: (option, requirement, id) => unitLine(option, requirement, id, rules),
  }),
);

function isPut({ instrument }: QuotedOption): boolean {
  return instrument.optionType === "put";
}

function partsOf({ terms: { index }, quoteMark, outOfTheMoney }: QuotedOption, rules: CrossOptionRules) {
  return {
    ofIndex: rules.maintenanceFactor * index,
    ofMark: rules.maintenanceFactor * quoteMark,
    fee: rules.liquidationFee * index,
    falling: rules.highestFactor * index - outOfTheMoney,
    least: rules.lowestFactor * index,
  };
}

function unitLine(option: QuotedOption, requirement: Requirement, id: string, rules: CrossOptionRules): Line {
  const { instrument, terms, outOfTheMoney, quoteMark } = option;
  const { leaf, max, sum } = lines(instrument.quote);
  const parts = partsOf(option, rules);
  const index = { label: "index", value: terms.index, unit: instrument.quote };
  const factor = (name: keyof CrossOptionRules, label: string): LineInput => ({
    label,
    value: rules[name],
    parameter: `/${name}`,
  });
  const mark = (parent: string, rule: string) => leaf(`${parent}/mark`, "Mark price", quoteMark, rule);
  const maintenance = (own: string): Line => {
    const ofIndex = leaf(`${own}/of-index`, "Factor of the index", parts.ofIndex, "2.2", {
      inputs: [factor("maintenanceFactor", "maintenance factor"), index],
    });
    const ofMark = leaf(`${own}/of-mark`, "Factor of the mark", parts.ofMark, "2.2", {
      inputs: [factor("maintenanceFactor", "maintenance factor")],
    });
    return sum(own, "Maintenance of one unit", "2.2", [
      isPut(option) ? max(`${own}/factor`, "Larger of the two", "2.2", [ofIndex, ofMark]) : ofIndex,
      mark(own, "2.2"),
      leaf(`${own}/fee`, "Liquidation fee", parts.fee, "2.2", {
        inputs: [factor("liquidationFee", "liquidation fee"), index],
      }),
    ]);
  };
  if (requirement === "maintenance") return maintenance(id);
  const initial = `${id}/initial`;
  return max(id, "Larger of initial and maintenance", "2.3", [
    sum(initial, "Initial of one unit", "2.3", [
      max(`${initial}/factor`, "Larger of the two", "2.3", [
        leaf(`${initial}/factor/falling`, "Highest factor of the index less out of the money", parts.falling, "2.3", {
          inputs: [
            factor("highestFactor", "highest factor"),
            index,
            { label: "out of the money", value: outOfTheMoney, unit: instrument.quote },
          ],
        }),
        leaf(`${initial}/factor/least`, "Lowest factor of the index", parts.least, "2.3", {
          inputs: [factor("lowestFactor", "lowest factor"), index],
        }),
      ]),
      mark(initial, "2.3"),
    ]),
    maintenance(`${id}/maintenance`),
  ]);
}
