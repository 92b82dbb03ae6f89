import { sum } from "../../base/index.ts";
import { expiryOf } from "../../instrument/index.ts";
import type { BookPosition } from "../contract.ts";
import { columnSums } from "../parts/column-sums.ts";
import { type Groups, groupsBy, noGroup } from "../parts/groups.ts";
import { nothingElse, oncePerContracts } from "../parts/once-per-contracts.ts";
import { oncePerPositions } from "../parts/once-per-positions.ts";

/** What contingencies take from the derivatives of a unit whatever the market. */
export interface ContingencyColumns {
  /** Of each derivative that is an option; 0 of everything else. */
  readonly optionQuantities: Float64Array;
  /** Σ net short sizes of options of one strike and type; ≥ 0. */
  readonly netShort: number;
  /** Places of futures and perpetuals. */
  readonly futures: readonly number[];
  /** Derivatives by expiry; those without one stand together. */
  readonly expiries: Groups;
}

/** Columns of the derivatives of a unit; made once for the same positions. */
export function contingencyColumns(derivatives: readonly BookPosition[]): ContingencyColumns {
  return columnsOf(derivatives, nothingElse);
}

const columnsOf = oncePerPositions((list): ContingencyColumns => {
  const { series, futures, expiries } = contractColumns(list, nothingElse);
  const optionQuantities = new Float64Array(list.length);
  const sizes = columnSums(series.first.length);
  list.forEach(({ quantity }, at) => {
    const one = series.of[at] as number;
    if (one === noGroup) return;
    optionQuantities[at] = quantity;
    sizes.add(one, quantity);
  });
  const netShort = sum(series.first.map((_, one) => Math.max(0, -sizes.total(one))));
  return { optionQuantities, netShort, futures, expiries };
});

const contractColumns = oncePerContracts((list) => ({
  series: groupsBy(list, ({ instrument }) =>
    instrument.kind === "option" ? `${instrument.strike} ${instrument.optionType}` : undefined,
  ),
  futures: list.flatMap(({ instrument }, at) => (instrument.kind === "option" ? [] : [at])),
  expiries: groupsBy(list, ({ instrument }) => expiryOf(instrument) ?? "none"),
}));
