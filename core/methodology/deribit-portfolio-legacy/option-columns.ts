import { numbersOf } from "../../base/index.ts";
import type { Option } from "../../instrument/index.ts";
import { columnSums } from "../parts/column-sums.ts";
import { groupsBy, noGroup, placesBy } from "../parts/groups.ts";
import { type AboutContract, nothingElse, oncePerContracts } from "../parts/once-per-contracts.ts";
import { oncePerPositions } from "../parts/once-per-positions.ts";

/** Net size of each option series, in order of first appearance: made once for the same positions. */
export const seriesSizes = oncePerPositions((list): Float64Array => {
  const { of, first } = seriesOf(list, nothingElse);
  const sizes = columnSums(first.length);
  list.forEach(({ quantity }, at) => {
    const series = of[at] as number;
    if (series !== noGroup) sizes.add(series, quantity);
  });
  return numbersOf(first, (_, series) => sizes.total(series));
});

export interface Strike {
  readonly strike: number;
  /** Calls and puts together, long > 0. */
  readonly net: number;
}

/**
 * Net size by strike (or by strike within each expiry), ascending by strike in each group.
 *
 * @param sizes    of `seriesSizes`
 * @param contracts of the positions
 */
export function strikesOf(
  sizes: Float64Array,
  contracts: readonly AboutContract[],
  rule: NettingRule,
): readonly (readonly Strike[])[] {
  const { strikeOf, strikes, groups } = strikeColumns(contracts, rule);
  const nets = columnSums(strikes.length);
  for (let series = 0; series < sizes.length; series++) nets.add(strikeOf[series] as number, sizes[series] as number);
  return groups.map((group) => group.map((at) => ({ strike: strikes[at] as number, net: nets.total(at) })));
}

/** Which options are netted. */
export interface NettingRule {
  readonly netOver: "strike" | "strike-and-expiry";
}

const seriesOf = oncePerContracts((list) =>
  groupsBy(list, ({ instrument }) => (instrument.kind === "option" ? instrument.id : undefined)),
);

/** Strike of each series, and the strikes of each group in ascending order. */
const strikeColumns = oncePerContracts((list, { netOver }: NettingRule) => {
  const options = seriesOf(list, nothingElse).first.map((at) => (list[at] as AboutContract).instrument as Option);
  const groupOf = ({ expiryMs }: Option) => (netOver === "strike" ? 0 : expiryMs);
  const { of: strikeOf, first } = groupsBy(options, (option) => `${groupOf(option)} ${option.strike}`);
  const held = first.map((series) => options[series] as Option);
  const strikes = held.map(({ strike }) => strike);
  const groups = [...placesBy(held, groupOf).values()];
  return {
    ...{ strikeOf, strikes },
    groups: groups.map((group) => [...group].sort((a, b) => (strikes[a] ?? 0) - (strikes[b] ?? 0))),
  };
});
