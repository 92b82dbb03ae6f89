import { type Groups, groupsBy, placesBy } from "../parts/groups.ts";
import { type AboutContract, oncePerContracts } from "../parts/once-per-contracts.ts";
import { oncePerPositions } from "../parts/once-per-positions.ts";
import type { OkxRules } from "./rules.ts";

/** Kinds of contracts by the formula of their profit, options last. */
export const kind = { linear: 0, inverse: 1, linearOption: 2, inverseOption: 3 } as const;

/** What depends on contracts only, as columns: a place in each is a contract. */
export interface Contracts {
  readonly list: readonly AboutContract[];
  /** Of `kind`. */
  readonly kinds: Uint8Array;
  readonly hasOptions: boolean;
  readonly hasFutures: boolean;
  /** USDT, USDC, USD: the monies deltas are against, by first contract. */
  readonly monies: readonly string[];
  /** Place of each contract's money in `monies`. */
  readonly moneyOf: Int32Array;
}

/** The contracts of a risk unit. */
export interface UnitContracts {
  /** `BTC`, or `BTC-USDT` where families stand apart. */
  readonly id: string;
  readonly underlying: string;
  /** Of its first contract. */
  readonly quote: string;
  /** Places of its positions in the book. */
  readonly places: readonly number[];
  /** A contract for each position, in their order. */
  readonly own: Contracts;
  /** A contract for each instrument; `own` where no two positions share one. */
  readonly netted: Contracts;
  /** Positions by instrument: groups are places in `netted`. */
  readonly instruments: Groups;
}

/**
 * Contracts of a book by risk unit, in order of first appearance: made once, whatever market and quantities.
 *
 * @source OKX, portfolio margin mode with merged risk units: one unit per coin; before, one per settlement family
 */
export const contractsByUnit = oncePerPositions(
  oncePerContracts((list, { riskUnit }: OkxRules): readonly UnitContracts[] => {
    const units = placesBy(list, ({ instrument: { underlying, quote } }) =>
      riskUnit === "coin" ? underlying : `${underlying}-${quote}`,
    );
    return [...units].map(([id, places]) => {
      const held = places.map((place) => list[place] as AboutContract);
      const instruments = groupsBy(held, ({ instrument }) => instrument.id);
      const own = columnsOf(held);
      const { underlying, quote } = (held[0] as AboutContract).instrument;
      const netted =
        instruments.first.length === held.length
          ? own
          : columnsOf(instruments.first.map((at) => held[at] as AboutContract));
      return { id, underlying, quote, places, own, netted, instruments };
    });
  }),
);

function columnsOf(held: readonly AboutContract[]): Contracts {
  const list = held.map(({ instrument }) => ({ instrument }));
  const moneyOf = ({ instrument: { payoff, quote } }: AboutContract) => (payoff === "linear" ? quote : "USD");
  const monies = groupsBy(list, moneyOf);
  const kinds = Uint8Array.from(list, ({ instrument }) => {
    const linear = instrument.payoff === "linear";
    if (instrument.kind === "option") return linear ? kind.linearOption : kind.inverseOption;
    return linear ? kind.linear : kind.inverse;
  });
  return {
    ...{ list, kinds, moneyOf: monies.of, monies: monies.first.map((at) => moneyOf(list[at] as AboutContract)) },
    hasOptions: kinds.some((own) => own >= kind.linearOption),
    hasFutures: kinds.some((own) => own < kind.linearOption),
  };
}
