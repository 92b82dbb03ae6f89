import type { Instrument } from "../../instrument/index.ts";
import { type Groups, groupsBy, placesBy } from "../parts/groups.ts";
import { type AboutContract, oncePerContracts } from "../parts/once-per-contracts.ts";
import { oncePerPositions } from "../parts/once-per-positions.ts";

/** Kinds of contracts by their formulas, options last. */
export const kind = { future: 0, perpetual: 1, linearOption: 2, inverseOption: 3 } as const;

/** The contracts of a base asset, as columns. */
export interface AssetContracts {
  readonly asset: string;
  /** Places of its positions in the book. */
  readonly places: readonly number[];
  /** By position: contract, and its `kind`. */
  readonly list: readonly AboutContract[];
  readonly kinds: Uint8Array;
  readonly hasOptions: boolean;
  /** Positions by instrument. */
  readonly instruments: Groups;
  /** `kind` by instrument. */
  readonly nettedKinds: Uint8Array;
}

/** What depends on the contracts of a book only. */
export interface BookContracts {
  /** In order of first appearance. */
  readonly assets: readonly AssetContracts[];
  /** How many positions are of other venues' kinds: paid in coin, dated. */
  readonly inverse: number;
  readonly dated: number;
}

/** The contracts of a book: made once, whatever market and quantities. */
export const contractsOf = oncePerPositions(
  oncePerContracts((list, _: object): BookContracts => {
    const assets = placesBy(list, ({ instrument }) => instrument.underlying);
    return {
      assets: [...assets].map(([asset, places]) => assetContracts(asset, places, list)),
      inverse: list.filter(({ instrument }) => instrument.payoff === "inverse").length,
      dated: list.filter(({ instrument }) => instrument.kind === "future").length,
    };
  }),
);

function assetContracts(asset: string, places: readonly number[], book: readonly AboutContract[]): AssetContracts {
  const list = places.map((place) => ({ instrument: (book[place] as AboutContract).instrument }));
  const kinds = Uint8Array.from(list, ({ instrument }) => kindOf(instrument));
  const instruments = groupsBy(list, ({ instrument }) => instrument.id);
  return {
    ...{ asset, places, list, kinds, instruments },
    hasOptions: kinds.some(isOption),
    nettedKinds: Uint8Array.from(instruments.first, (at) => kinds[at] as number),
  };
}

function kindOf(instrument: Instrument): number {
  if (instrument.kind === "option") return instrument.payoff === "linear" ? kind.linearOption : kind.inverseOption;
  return instrument.kind === "perpetual" ? kind.perpetual : kind.future;
}

/** Whether a `kind` is one of options. */
export function isOption(own: number): boolean {
  return own >= kind.linearOption;
}
