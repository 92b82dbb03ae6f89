import type { Option } from "../../instrument/index.ts";
import type { PricingTerms } from "../../market/index.ts";
import { oncePer } from "../parts/once-per.ts";
import type { Requirement, ShortOptionMargin } from "../parts/short-options.ts";
import type { StandardRules } from "./rules.ts";

/** The amounts from which the margin of one short option is made, settlement currency per unit of underlying. */
export interface UnitParts {
  /** How far out of the money, quote currency; ≥ 0. */
  readonly outOfTheMoney: number;
  /** (highest factor − out-of-the-money share)·scale; may be negative. */
  readonly falling: number;
  readonly lowest: number;
  readonly ofIndex: number;
  readonly ofMark: number;
  readonly mark: number;
}

/**
 * Amounts from which the margin of a short option is made.
 *
 *     falling = (highest − otm/price)·scale,   lowest·scale,   factor·scale,   factor·mark
 *     scale   = 1 when inverse (coin), the index when linear (quote currency)
 *
 * @param option contract terms
 * @param terms  numbers of the market
 * @param rules  factors, and the price by which the out-of-the-money amount is measured
 * @source resources/docs/methodology/deribit-standard.md, section 2
 */
export function unitParts(option: Option, terms: PricingTerms, rules: StandardRules["options"]): UnitParts {
  const scale = option.payoff === "inverse" ? 1 : terms.index;
  const price = rules.outOfTheMoneyOver === "index" ? terms.index : terms.forward;
  const outOfTheMoney = Math.max(0, option.optionType === "put" ? price - option.strike : option.strike - price);
  return {
    outOfTheMoney,
    falling: (rules.highestFactor - outOfTheMoney / price) * scale,
    lowest: rules.lowestFactor * scale,
    ofIndex: rules.maintenanceFactor * scale,
    ofMark: rules.maintenanceFactor * terms.mark,
    mark: terms.mark,
  };
}

/**
 * Margin of one unit of a short option.
 *
 *     initial      max(falling, lowest) + mark            put: not below maintenance
 *     maintenance  call ofIndex + mark,   put max(ofIndex, ofMark) + mark
 *
 * @returns settlement currency per unit of underlying; ≥ 0
 * @source resources/docs/methodology/deribit-standard.md, sections 2.2 and 2.3
 */
function unitMargin(isPut: boolean, parts: UnitParts, requirement: Requirement): number {
  const maintenance = (isPut ? Math.max(parts.ofIndex, parts.ofMark) : parts.ofIndex) + parts.mark;
  if (requirement === "maintenance") return maintenance;
  const initial = Math.max(parts.falling, parts.lowest) + parts.mark;
  return isPut ? Math.max(initial, maintenance) : initial;
}

/** What one unit of a short option needs under the rules, settlement currency; ≥ 0. */
export const shortOptionMargin = oncePer(
  (rules: StandardRules["options"]): Pick<ShortOptionMargin, "amount"> => ({
    amount: ({ instrument, terms }, requirement) =>
      unitMargin(instrument.optionType === "put", unitParts(instrument, terms, rules), requirement),
  }),
);
