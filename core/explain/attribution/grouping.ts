import { isoDate } from "../../base/index.ts";
import { expiryOf } from "../../instrument/index.ts";
import type { Position, PositionId } from "../../portfolio/index.ts";

/** By what positions are put together before a requirement is split. */
export const groupings = ["position", "expiry", "underlying", "tag", "account", "venue"] as const;
export type Grouping = (typeof groupings)[number];

/** Positions that are one player of the split. */
export interface PositionGroup {
  /** Unique in the split. */
  readonly id: string;
  readonly label: string;
  /** The underlying, where all its positions have the same. */
  readonly underlying?: string;
  readonly positions: readonly PositionId[];
}

/**
 * Positions by what they share, in the order of first appearance; expiries by underlying and date, those without one first.
 *
 * @param positions any order
 * @param grouping  `expiry` keeps underlyings apart; a position without a tag or account stands in a group that says so
 * @param tags      set by the user, over those of the positions
 */
export function groupsOf(
  positions: readonly Position[],
  grouping: Grouping,
  tags: ReadonlyMap<string, string> = new Map(),
): readonly PositionGroup[] {
  const groups = new Map<string, { label: string; sortMs: number; members: Position[] }>();
  for (const position of positions) {
    const { id, label, sortMs = 0 } = keyOf(position, grouping, tags);
    const group = groups.get(id) ?? { label, sortMs, members: [] };
    groups.set(id, group);
    group.members.push(position);
  }
  const entries = [...groups].map(([id, group]) => ({ id, ...group }));
  if (grouping === "expiry") {
    const order = [...new Set(positions.map(({ instrument }) => instrument.underlying))];
    const place = ({ members }: { readonly members: readonly Position[] }): number =>
      order.indexOf(members[0]?.instrument.underlying ?? "");
    entries.sort((a, b) => place(a) - place(b) || a.sortMs - b.sortMs);
  }
  return entries.map(({ id, label, members }) => {
    const underlyings = new Set(members.map(({ instrument }) => instrument.underlying));
    const [underlying] = underlyings;
    return {
      ...{ id, label, positions: members.map((member) => member.id) },
      ...(underlying === undefined || underlyings.size > 1 ? {} : { underlying }),
    };
  });
}

interface Key {
  readonly id: string;
  readonly label: string;
  readonly sortMs?: number;
}

function keyOf(position: Position, grouping: Grouping, tags: ReadonlyMap<string, string>): Key {
  const { id, instrument, account, tag } = position;
  const { underlying, symbol, venue } = instrument;
  const named = (value: string | undefined, none: string): Key =>
    value === undefined || value === "" ? { id: "none", label: none } : { id: `is ${value}`, label: value };
  switch (grouping) {
    case "position":
      return { id, label: symbol };
    case "underlying":
      return named(underlying, "no underlying");
    case "venue":
      return named(venue, "no venue");
    case "account":
      return named(account, "no account");
    case "tag":
      return named(tags.get(id) ?? tag, "not tagged");
    case "expiry": {
      const expiryMs = expiryOf(instrument);
      if (expiryMs === undefined) return { id: `${underlying} `, label: `${underlying} no expiry` };
      return { id: `${underlying} ${expiryMs}`, label: `${underlying} ${isoDate(expiryMs)}`, sortMs: expiryMs };
    }
  }
}
