import type { Option } from "../../instrument/index.ts";
import type { PricingTerms } from "../../market/index.ts";
import type { BookPosition } from "../contract.ts";
import type { Line } from "../statement.ts";
import { columnSums } from "./column-sums.ts";
import { groupsBy, noGroup } from "./groups.ts";
import type { Holding } from "./holding.ts";
import { nothingElse, oncePerContracts } from "./once-per-contracts.ts";
import { oncePerPositions } from "./once-per-positions.ts";
import { rememberedRows } from "./remembered-rows.ts";

/** In the order of the numbers that are remembered of an option. */
const requirements = ["initial", "maintenance"] as const;

export type Requirement = (typeof requirements)[number];

/** An option with its mark in the quote currency. */
export interface QuotedOption {
  readonly instrument: Option;
  readonly terms: PricingTerms;
  /** Quote currency per unit of underlying; of inverse options the coin mark at the forward. */
  readonly quoteMark: number;
  /** How far out of the money at the index, quote currency; ≥ 0. */
  readonly outOfTheMoney: number;
}

/** What one unit of a short option needs, quote currency; ≥ 0. `line` opens the same amount down to its factors. */
export interface ShortOptionMargin {
  readonly amount: (option: QuotedOption, requirement: Requirement) => number;
  readonly line: (option: QuotedOption, requirement: Requirement, id: string) => Line;
}

/** The option of a holding; `undefined` of everything else. */
export function quotedOption({ instrument, terms }: Pick<Holding, "instrument" | "terms">): QuotedOption | undefined {
  if (instrument.kind !== "option") return undefined;
  const { index, forward, mark } = terms;
  const { strike } = instrument;
  const outOfTheMoney = Math.max(0, instrument.optionType === "put" ? index - strike : strike - index);
  return { instrument, terms, outOfTheMoney, quoteMark: instrument.payoff === "inverse" ? mark * forward : mark };
}

/** Quote currencies of the options of a book, in alphabetical order. */
export function optionQuotes(positions: readonly BookPosition[]): readonly string[] {
  return [...seriesOf(positions, nothingElse).currencies].sort();
}

/**
 * Margin of the options of each quote currency: nothing for a long series, size × margin of one unit for a short one, series netted with
 * themselves only.
 *
 * @param margin of one unit of a short option; what it says of an option is remembered while the book is the same
 * @returns by quote currency; ≥ 0
 */
export function shortOptionAmounts(
  positions: readonly BookPosition[],
  margin: ShortOptionMargin,
  requirement: Requirement,
): ReadonlyMap<string, number> {
  const { first, quotes, currencies, quantities } = seriesOf(positions, nothingElse);
  const units = marginsOf(positions, margin);
  const which = requirements.indexOf(requirement);
  const sums = columnSums(currencies.length);
  for (let series = 0; series < quantities.length; series++) {
    const quantity = quantities[series] as number;
    const unit = units[(first[series] as number) * requirements.length + which] as number;
    if (quantity < 0) sums.add(quotes[series] as number, -quantity * unit);
  }
  return new Map(currencies.map((currency, at) => [currency, sums.total(at)]));
}

const marginsOf = rememberedRows(
  requirements.length,
  ({ position: { instrument }, terms }, margin: ShortOptionMargin, into, at) => {
    const option = quotedOption({ instrument, terms });
    if (option === undefined) return;
    requirements.forEach((requirement, which) => {
      into[at + which] = margin.amount(option, requirement);
    });
  },
);

/** Series of options of a book whatever the market: the place of a position, the quote currency and the quantity of each. */
const seriesOf = oncePerPositions((list) => {
  const contracts = contractSeries(list, nothingElse);
  const { of, first } = contracts;
  const held = columnSums(first.length);
  list.forEach(({ quantity }, at) => {
    const series = of[at] as number;
    if (series !== noGroup) held.add(series, quantity);
  });
  return { ...contracts, quantities: Float64Array.from(first, (_, series) => held.total(series)) };
});

const contractSeries = oncePerContracts((list) => {
  const { of, first } = groupsBy(list, ({ instrument }) => (instrument.kind === "option" ? instrument.id : undefined));
  const quoteAt = (at: number) => list[at]?.instrument.quote ?? "";
  const quotes = groupsBy(first, quoteAt);
  return { of, first, quotes: quotes.of, currencies: quotes.first.map((series) => quoteAt(first[series] as number)) };
});
