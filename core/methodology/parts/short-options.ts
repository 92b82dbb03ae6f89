import { numbersOf } from "../../base/index.ts";
import type { Instrument, Option } from "../../instrument/index.ts";
import type { PricingTerms } from "../../market/index.ts";
import type { BookPosition } from "../contract.ts";
import type { Line } from "../statement.ts";
import { columnSums } from "./column-sums.ts";
import { groupsBy, noGroup } from "./groups.ts";
import type { Holding } from "./holding.ts";
import { type AboutContract, oncePerContracts } from "./once-per-contracts.ts";
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

/** What one unit of a short option needs, in the currency it is added up in; ≥ 0. `line` opens the same amount down to its factors. */
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
  return [...seriesOf(positions, added.quote).currencies].sort();
}

/** The currencies margins are added up by. */
const added = {
  quote: { currencyOf: ({ quote }: Instrument) => quote },
  settlement: { currencyOf: ({ settlement }: Instrument) => settlement },
} as const;

/**
 * Margin of the options of each quote (or settlement) currency: nothing for a long series, size × margin of one unit for a short one, series netted with
 * themselves only.
 *
 * @param margin of one unit of a short option; what it says of an option is remembered while the book is the same
 * @returns by currency; ≥ 0
 */
export function shortOptionAmounts(
  positions: readonly BookPosition[],
  margin: Pick<ShortOptionMargin, "amount">,
  requirement: Requirement,
  by: keyof typeof added = "quote",
): ReadonlyMap<string, number> {
  const { first, currencyOf, currencies, quantities } = seriesOf(positions, added[by]);
  const units = marginsOf(positions, margin);
  const which = requirements.indexOf(requirement);
  const sums = columnSums(currencies.length);
  for (let series = 0; series < quantities.length; series++) {
    const quantity = quantities[series] as number;
    const unit = units[(first[series] as number) * requirements.length + which] as number;
    if (quantity < 0) sums.add(currencyOf[series] as number, -quantity * unit);
  }
  return new Map(currencies.map((currency, at) => [currency, sums.total(at)]));
}

const marginsOf = rememberedRows(
  requirements.length,
  ({ position: { instrument }, terms }, margin: Pick<ShortOptionMargin, "amount">, into, at) => {
    const option = quotedOption({ instrument, terms });
    if (option === undefined) return;
    requirements.forEach((requirement, which) => {
      into[at + which] = margin.amount(option, requirement);
    });
  },
);

/** Series of options of a book whatever the market: the place of a position, the currency and the quantity of each. */
const seriesOf = oncePerPositions((list, by: (typeof added)[keyof typeof added]) => {
  const contracts = contractSeries(list, by);
  const { of, first } = contracts;
  const held = columnSums(first.length);
  list.forEach(({ quantity }, at) => {
    const series = of[at] as number;
    if (series !== noGroup) held.add(series, quantity);
  });
  return { ...contracts, quantities: numbersOf(first, (_, series) => held.total(series)) };
});

const contractSeries = oncePerContracts((list, by: (typeof added)[keyof typeof added]) => {
  const { of, first } = groupsBy(list, ({ instrument }) => (instrument.kind === "option" ? instrument.id : undefined));
  const currencyAt = (at: number) => by.currencyOf((list[at] as AboutContract).instrument);
  const { of: currencyOf, first: firstSeries } = groupsBy(first, currencyAt);
  return { of, first, currencyOf, currencies: firstSeries.map((series) => currencyAt(first[series] as number)) };
});
