import { sum as compensatedSum } from "../../base/index.ts";
import type { Instrument, Option } from "../../instrument/index.ts";
import type { BookPosition } from "../contract.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { type Holding, holderOf, holdingsOf } from "./holding.ts";

export type Requirement = "initial" | "maintenance";

/** One series of options held, with its mark in the quote currency. */
export interface OptionHolding extends Holding {
  readonly instrument: Option;
  /** Quote currency per unit of underlying; of inverse options the coin mark at the forward. */
  readonly quoteMark: number;
  /** How far out of the money at the index, quote currency; ≥ 0. */
  readonly outOfTheMoney: number;
}

/** What one unit of a short option needs, quote currency; ≥ 0. `line` opens the same amount down to its factors. */
export interface ShortOptionMargin {
  readonly amount: (holding: OptionHolding, requirement: Requirement) => number;
  readonly line: (holding: OptionHolding, requirement: Requirement, id: string) => Line;
}

/** Series of options of a book, netted with themselves only. */
export function optionHoldings(positions: readonly BookPosition[]): readonly OptionHolding[] {
  return holdingsOf(positions).flatMap((holding): OptionHolding[] => {
    const { instrument, terms } = holding;
    if (instrument.kind !== "option") return [];
    const { index, forward, mark } = terms;
    const { strike } = instrument;
    const outOfTheMoney = Math.max(0, instrument.optionType === "put" ? index - strike : strike - index);
    return [
      { ...holding, instrument, outOfTheMoney, quoteMark: instrument.payoff === "inverse" ? mark * forward : mark },
    ];
  });
}

/** Series by quote currency, in alphabetical order of the currencies. */
export function byQuote(holdings: readonly OptionHolding[]): ReadonlyMap<string, readonly OptionHolding[]> {
  const currencies = [...new Set(holdings.map(({ instrument }) => instrument.quote))].sort();
  return new Map(currencies.map((quote) => [quote, holdings.filter(({ instrument }) => instrument.quote === quote)]));
}

/**
 * Margin of options of one quote currency: nothing for a long series, size × margin of one unit for a short one.
 *
 * @param margin   of one unit of a short option
 * @param rule     section of the method's document that says so
 * @param detail   false: one line of the same amount
 * @returns quote currency; ≥ 0
 */
export function shortOptionsLine(
  holdings: readonly OptionHolding[],
  margin: ShortOptionMargin,
  requirement: Requirement,
  {
    id,
    quote,
    rule,
    detail,
  }: { readonly id: string; readonly quote: string; readonly rule: string; readonly detail: boolean },
): Line {
  const { leaf, product, sum } = lines(quote);
  const label = `Options in ${quote}`;
  if (!detail) {
    const amounts = holdings.map((holding) =>
      holding.quantity < 0 ? -holding.quantity * margin.amount(holding, requirement) : 0,
    );
    return leaf(id, label, compensatedSum(amounts), rule);
  }
  const children = holdings.map((holding) => {
    const { instrument, quantity } = holding;
    const own = `${id}/${instrument.symbol}`;
    const inputs: LineInput[] = [{ label: "size", value: quantity, unit: instrument.underlying }];
    const extra = { component: "position", inputs, ...holderOf(holding) } as const;
    if (quantity >= 0) return leaf(own, `${instrument.symbol}, long`, 0, rule, extra);
    const unit = margin.line(holding, requirement, `${own}/unit`);
    return product(own, `${instrument.symbol}, short`, rule, -quantity, "size", unit, extra);
  });
  return sum(id, label, rule, children);
}

/** Why a method for options alone leaves a position out; `undefined` when it does not. */
export function notAnOption({ kind, symbol }: Instrument, venue: string): string | undefined {
  if (kind === "option") return undefined;
  if (kind === "spot") return `${symbol} is a spot holding: it counts as a balance, not as a position`;
  return `${symbol} is a ${kind}; ${venue}`;
}
