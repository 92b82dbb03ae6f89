import { numbersOf, sum } from "../../base/index.ts";
import type { Option } from "../../instrument/index.ts";
import type { Position } from "../../portfolio/index.ts";
import { type NettedPosition, netted } from "./holding.ts";
import { nothingElse } from "./once-per-contracts.ts";
import { oncePerPositions } from "./once-per-positions.ts";

/** The options of one underlying and expiry as columns, one row an instrument: whatever the market. */
export interface ExpiryOptions {
  readonly underlying: string;
  readonly expiryMs: number;
  /** ISO day. */
  readonly name: string;
  /** At least one. */
  readonly held: readonly [NettedOption, ...NettedOption[]];
  /** Long > 0, units of the underlying. */
  readonly quantities: Float64Array;
  readonly strikes: Float64Array;
  /** 1 for calls, 0 for puts. */
  readonly isCall: Uint8Array;
  /** Σ |quantity|, and Σ |quantity| of the short ones. */
  readonly size: number;
  readonly shortSize: number;
  /** Naked short options, units of the underlying; ≥ 0. */
  readonly naked: number;
}

export interface NettedOption extends NettedPosition {
  readonly instrument: Option;
}

/** What an account of this venue holds, whatever the market. */
export interface DeriveHoldings {
  /** In order of first appearance. */
  readonly positions: readonly NettedPosition[];
  readonly perpetuals: readonly NettedPosition[];
  /** Ascending; of equal ones the first that appears. */
  readonly expiries: readonly ExpiryOptions[];
}

const together = oncePerPositions((list, _: object) => heldIn(netted(list)));

const apart = oncePerPositions((list, _: object): ReadonlyMap<string, DeriveHoldings> => {
  const positions = netted(list);
  const names = [...new Set(positions.map(({ instrument }) => instrument.underlying))].sort();
  return new Map(
    names.map((name) => [name, heldIn(positions.filter(({ instrument }) => instrument.underlying === name))]),
  );
});

type Held = readonly { readonly position: Position }[];

/** Holdings of a book in one account. */
export function heldTogether(positions: Held): DeriveHoldings {
  return together(positions, nothingElse);
}

/** Holdings of a book with an account for each underlying, by name. */
export function heldByUnderlying(positions: Held): ReadonlyMap<string, DeriveHoldings> {
  return apart(positions, nothingElse);
}

function heldIn(positions: readonly NettedPosition[]): DeriveHoldings {
  const groups = new Map<string, [NettedOption, ...NettedOption[]]>();
  for (const held of positions) {
    const { instrument } = held;
    if (instrument.kind !== "option") continue;
    const key = `${instrument.underlying} ${instrument.expiryMs}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ ...held, instrument }]);
    else group.push({ ...held, instrument });
  }
  return {
    positions,
    perpetuals: positions.filter(({ instrument }) => instrument.kind === "perpetual"),
    expiries: [...groups.values()].map(expiryOptions).sort((a, b) => a.expiryMs - b.expiryMs),
  };
}

function expiryOptions(held: readonly [NettedOption, ...NettedOption[]]): ExpiryOptions {
  const { underlying, expiryMs } = held[0].instrument;
  const quantities = numbersOf(held, ({ quantity }) => quantity);
  return {
    ...{ underlying, expiryMs, name: new Date(expiryMs).toISOString().slice(0, 10), held, quantities },
    strikes: numbersOf(held, ({ instrument }) => instrument.strike),
    isCall: Uint8Array.from(held, ({ instrument }) => (instrument.optionType === "call" ? 1 : 0)),
    size: sum(quantities.map(Math.abs)),
    shortSize: sum(quantities.map((quantity) => Math.max(0, -quantity))),
    naked: nakedShorts(held),
  };
}

/**
 * Naked short options of an expiry, strike by strike: with net calls c and net puts p of one strike
 *
 *     c·p < 0:  max(0, −(c + p)),   otherwise  max(0, −c) + max(0, −p)
 *
 * @returns units of the underlying; ≥ 0
 * @source resources/docs/methodology/derive-portfolio-2.md, section 4.3
 */
function nakedShorts(held: readonly NettedOption[]): number {
  const strikes = new Map<number, { call: number; put: number }>();
  for (const { instrument, quantity } of held) {
    const nets = strikes.get(instrument.strike) ?? { call: 0, put: 0 };
    strikes.set(instrument.strike, nets);
    nets[instrument.optionType] += quantity;
  }
  const naked = [...strikes.values()].map(({ call, put }) =>
    call * put < 0 ? Math.max(0, -(call + put)) : Math.max(0, -call) + Math.max(0, -put),
  );
  return sum(naked);
}
