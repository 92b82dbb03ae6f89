import { DomainError, numbersOf } from "../base/index.ts";
import type { PricingTerms } from "../market/index.ts";
import type { MarketColumns } from "../methodology/index.ts";
import { blackDeltaKernel, logMoneyness, modelPrice } from "../pricing/index.ts";
import type { RevaluationKernel } from "../revaluation/index.ts";
import type { ScenarioSet } from "../scenario/index.ts";
import type { ClassSums, PointRow } from "./class-sums.ts";
import type { MergedBook, Singles } from "./merged-book.ts";

/** What the figures of a row are made from. */
export interface RowState {
  readonly merged: MergedBook;
  readonly single: Singles;
  /** By class. */
  readonly sums: readonly ClassSums[];
  readonly units: Float64Array;
  /** Of the instruments that stand for themselves, by instrument and point. */
  readonly terms: readonly (readonly PricingTerms[])[];
  readonly row: PointRow;
}

/** What a methodology charges the points of a row by: the entries of a merged book, their numbers in columns. */
export function marketsAt(
  { merged, single, sums, terms, row }: RowState,
  given: {
    readonly indices: ReadonlyMap<string, Float64Array>;
    readonly profits: ReadonlyMap<string, Float64Array>;
    readonly pnl: Float64Array;
    readonly kernel: RevaluationKernel;
    readonly sets: readonly ScenarioSet[];
  },
): MarketColumns {
  const { book, holdings, classes, classOf } = merged;
  const { indices, profits, pnl, kernel, sets } = given;
  const count = row.priceMoves.length;
  const singleAt = new Map(single.rows.map((at, i) => [at, i]));
  const rowOf = (position: number): number => holdings.instrumentOf[position] ?? -1;
  const termsOf = (position: number) => terms[singleAt.get(rowOf(position)) ?? -1] ?? [];
  const perUnit = (position: number, of: (one: ClassSums) => Float64Array): Float64Array | undefined => {
    const at = classOf[rowOf(position)] ?? -1;
    const [one, own] = [classes[at], sums[at]];
    return one === undefined || own === undefined ? undefined : shares(of(own), one.quantity, count);
  };
  return {
    book,
    count,
    indices,
    equities: book.balances.map(({ currency, equity, wholeAccount }) => {
      const gains = wholeAccount ? pnl : (profits.get(currency) ?? new Float64Array(count));
      return gains.map((gain) => equity + gain);
    }),
    marks: book.positions.map(
      (_, at) => perUnit(at, ({ values }) => values) ?? numbersOf(termsOf(at), ({ mark }) => mark),
    ),
    deltas: book.positions.map(({ position: { instrument } }, at) =>
      instrument.kind === "option"
        ? (perUnit(at, ({ sensitivities }) => sensitivities) ??
          numbersOf(termsOf(at), ({ forward, volatility, years }) =>
            blackDeltaKernel(
              logMoneyness(forward, instrument.strike),
              volatility * Math.sqrt(years),
              instrument.optionType === "call",
            ),
          ))
        : new Float64Array(),
    ),
    forwards: (position) =>
      (classOf[rowOf(position)] ?? -1) < 0
        ? numbersOf(termsOf(position), ({ forward }) => forward)
        : row.priceMoves.map((move) => (book.positions[position]?.terms.forward ?? Number.NaN) * (1 + move)),
    models(position) {
      const instrument = book.positions[position]?.position.instrument;
      if (instrument?.kind !== "option")
        throw new DomainError("options only have a model value", instrument?.id ?? position);
      return (
        perUnit(position, ({ models }) => models) ??
        numbersOf(termsOf(position), (moved) => modelPrice(instrument, moved))
      );
    },
    profits(setId, position) {
      const set = sets.find(({ id }) => id === setId);
      const held = book.positions[position]?.position;
      if (set === undefined || held === undefined)
        throw new DomainError("a methodology may ask for its own scenario sets and positions only", setId);
      const cells = sums[classOf[rowOf(position)] ?? -1]?.cells.get(setId);
      if (cells !== undefined) return cells;
      const { instrument, quantity } = held;
      const at = termsOf(position).map((moved) => ({ instrument, terms: moved }));
      return kernel.unitPnl(at, set.scenarios).map((unit) => quantity * unit);
    },
  };
}

/** The first numbers of a list, each over the same. */
function shares(list: Float64Array, over: number, count: number): Float64Array {
  const divided = new Float64Array(count);
  for (let at = 0; at < count; at++) divided[at] = (list[at] as number) / over;
  return divided;
}
