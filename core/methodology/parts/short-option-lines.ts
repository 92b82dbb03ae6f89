import type { Instrument } from "../../instrument/index.ts";
import type { BookPosition } from "../contract.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { holderOf, holdingsOf } from "./holding.ts";
import { quotedOption, type Requirement, type ShortOptionMargin, shortOptionAmounts } from "./short-options.ts";

/** Line of the options of one quote currency under an id, quote currency; ≥ 0. */
export type QuotedOptionsLine = (quote: string, id: string) => Line;

/**
 * Margin of the options of a book as lines, one for each quote currency; see `shortOptionAmounts`.
 *
 * @param rule   section of the method's document that says so
 * @param detail false: one line of the same amount
 */
export function shortOptionLines(
  positions: readonly BookPosition[],
  margin: ShortOptionMargin,
  requirement: Requirement,
  rule: string,
  detail: boolean,
): QuotedOptionsLine {
  const label = (quote: string) => `Options in ${quote}`;
  if (!detail) {
    const amounts = shortOptionAmounts(positions, margin, requirement);
    return (quote, id) => lines(quote).leaf(id, label(quote), amounts.get(quote) ?? 0, rule);
  }
  const holdings = holdingsOf(positions);
  return (quote, id) => {
    const { leaf, product, sum } = lines(quote);
    const children = holdings.flatMap((holding): readonly Line[] => {
      const option = quotedOption(holding);
      if (option?.instrument.quote !== quote) return [];
      const { symbol, underlying } = option.instrument;
      const { quantity } = holding;
      const own = `${id}/${symbol}`;
      const inputs: LineInput[] = [{ label: "size", value: quantity, unit: underlying }];
      const extra = { component: "position", inputs, ...holderOf(holding) } as const;
      if (quantity >= 0) return [leaf(own, `${symbol}, long`, 0, rule, extra)];
      const unit = margin.line(option, requirement, `${own}/unit`);
      return [product(own, `${symbol}, short`, rule, -quantity, "size", unit, extra)];
    });
    return sum(id, label(quote), rule, children);
  };
}

/** Why a method for options alone leaves a position out; `undefined` when it does not. */
export function notAnOption({ kind, symbol }: Instrument, venue: string): string | undefined {
  if (kind === "option") return undefined;
  if (kind === "spot") return `${symbol} is a spot holding: it counts as a balance, not as a position`;
  return `${symbol} is a ${kind}; ${venue}`;
}
