import type { Steps } from "../../base/index.ts";
import { totalsOf } from "../../margin/index.ts";
import type { BookMover, Displacement } from "../reverse-stress/moved-book.ts";
import { type KinkKind, type KinkState, kinkKinds, kinkStates } from "./kink-states.ts";

/** A way to move a book. Price and volatility: relative moves; size: relative change of all quantities; time: days. */
export interface KinkAxis {
  readonly kind: "price" | "volatility" | "size" | "time";
  /** Moves it alone; all underlyings together when absent. */
  readonly underlying?: string;
  /** Moves searched, 0 between them: > −1 (≥ 0 for time). */
  readonly from: number;
  readonly to: number;
}

export interface Kink {
  readonly kind: KinkKind;
  /** Along the axis: first move at which the new state holds. */
  readonly move: number;
  /** The old state still holds this much nearer. */
  readonly width: number;
  readonly account: string;
  readonly lineId?: string;
  readonly before: string;
  readonly after: string;
  /** What else changes at the same place, as `before → after`. */
  readonly also: readonly string[];
  readonly initialUsd: number;
  readonly maintenanceUsd: number;
  readonly marginBalanceUsd?: number;
}

/** Kinks in one direction of an axis, nearest first; empty when nothing changes within the range. */
export interface KinkDirection {
  readonly axis: KinkAxis;
  readonly direction: "down" | "up";
  /** Where the search ended; 0 in a direction that the range does not have. */
  readonly searchedTo: number;
  readonly kinks: readonly Kink[];
}

export interface KinkSettings {
  /** Steps in each direction; a change that is undone inside one step is not seen. */
  readonly steps: number;
  /** Width to which a change is closed in on, unit of the axis. */
  readonly tolerance: number;
  /** Kinks of a direction, at most; those of balances come beside them. */
  readonly mostKinks: number;
}

/** Kinks of balances are looked for in the whole range, and never told as company of others. */
const ofBalances: ReadonlySet<KinkKind> = new Set(["equity", "liquidation", "call"]);

interface Seen {
  readonly states: ReadonlyMap<string, KinkState>;
  readonly totals: ReturnType<typeof totalsOf>;
}

/**
 * How far a book is from the next kinks of its margin along an axis: each direction is scanned in steps, the structure of the recomputed
 * statement compared with that of the book where it is, and the place of each change closed in on by bisection.
 *
 * @param mover    the book
 * @param axis     how it moves
 * @param settings steps, tolerance, number of kinks
 * @returns both directions, in steps; same inputs, same bits
 * @source resources/docs/stress.md, "Distance to the next kink"
 */
export function* nextKinks(mover: BookMover, axis: KinkAxis, settings: KinkSettings): Steps<readonly KinkDirection[]> {
  const seen = new Map<number, Seen>();
  const at = (move: number): Seen => {
    const known = seen.get(move) ?? seenAt(mover, displacementOf(mover, axis, move));
    seen.set(move, known);
    return known;
  };
  const directions: KinkDirection[] = [];
  for (const [direction, end] of [["down", axis.from] as const, ["up", axis.to] as const]) {
    const searchedTo = direction === "down" ? Math.min(end, 0) : Math.max(end, 0);
    const kinks = searchedTo === 0 ? [] : yield* kinksToward(searchedTo, at, settings);
    directions.push({ axis, direction, searchedTo, kinks });
    seen.clear();
  }
  return directions;
}

interface Change {
  readonly key: string;
  readonly inner: number;
  readonly outer: number;
}

function* kinksToward(end: number, at: (move: number) => Seen, settings: KinkSettings): Steps<readonly Kink[]> {
  const { steps, tolerance, mostKinks } = settings;
  // A book may stand on a kink: what counts is the state on this side of it.
  const beside = Math.sign(end) * Math.min(tolerance, Math.abs(end) / (2 * steps));
  const base = at(beside);
  const changes: Change[] = [];
  const changed = new Set<string>();
  const places = new Set<number>();
  let inner = beside;
  for (let step = 1; step <= steps; step++) {
    const outer = (end * step) / steps;
    const here = at(outer);
    for (const key of keysOf(base, here)) {
      if (changed.has(key) || isSame(base, here, key)) continue;
      changed.add(key);
      const kind = kindOf(base, here, key);
      if (places.size >= mostKinks && !ofBalances.has(kind)) continue;
      const [low, high] = bisected(key, base, inner, outer, at, tolerance);
      changes.push({ key, inner: low, outer: high });
      if (!ofBalances.has(kind)) places.add(high);
    }
    inner = outer;
    yield;
  }
  return grouped(changes, base, at);
}

/** The last place where the state of a key is that of the base, and the first where it is not. */
function bisected(
  key: string,
  base: Seen,
  inner: number,
  outer: number,
  at: (move: number) => Seen,
  tolerance: number,
): readonly [number, number] {
  let [low, high] = [inner, outer];
  while (Math.abs(high - low) > tolerance) {
    const middle = 0.5 * (low + high);
    if (middle === low || middle === high) break;
    if (isSame(base, at(middle), key)) low = middle;
    else high = middle;
  }
  return [low, high];
}

/** Changes at one place are one kink, named by the first kind; those of balances stand for themselves. */
function grouped(changes: readonly Change[], base: Seen, at: (move: number) => Seen): readonly Kink[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const kind = kindOf(base, at(change.outer), change.key);
    const name = ofBalances.has(kind) ? change.key : String(change.outer);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [change]);
    else group.push(change);
  }
  const order = (change: Change): number => kinkKinds.indexOf(kindOf(base, at(change.outer), change.key));
  return [...groups.values()]
    .flatMap((group): Kink[] => {
      const [first, ...rest] = [...group].sort((a, b) => order(a) - order(b));
      if (first === undefined) return [];
      const after = at(first.outer);
      const named = after.states.get(first.key) ?? base.states.get(first.key);
      const { initialUsd, maintenanceUsd, marginBalanceUsd } = after.totals;
      const also = rest.map(({ key }) => `${textOf(base, key)} → ${textOf(after, key)}`);
      return [
        {
          kind: kindOf(base, after, first.key),
          move: first.outer,
          width: Math.abs(first.outer - first.inner),
          account: named?.account ?? "",
          ...(named?.lineId === undefined ? {} : { lineId: named.lineId }),
          before: textOf(base, first.key),
          after: textOf(after, first.key),
          also: also.slice(0, mostAlso),
          ...{ initialUsd, maintenanceUsd },
          ...(marginBalanceUsd === undefined ? {} : { marginBalanceUsd }),
        },
      ];
    })
    .sort((a, b) => Math.abs(a.move) - Math.abs(b.move));
}

/** Company of a kink that is named; more says nothing. */
const mostAlso = 6;

function keysOf(base: Seen, here: Seen): readonly string[] {
  return [...base.states.keys(), ...[...here.states.keys()].filter((key) => !base.states.has(key))];
}

/** Whether a key is in its old state. A line that comes or goes is a charge; its parameters are no tier that changes. */
function isSame(base: Seen, here: Seen, key: string): boolean {
  const [before, after] = [base.states.get(key), here.states.get(key)];
  if (before?.kind === "tier" || after?.kind === "tier")
    return before === undefined || after === undefined || before.state === after.state;
  return before?.state === after?.state;
}

function textOf({ states }: Seen, key: string): string {
  return states.get(key)?.text ?? "no such line";
}

function kindOf(base: Seen, here: Seen, key: string): KinkKind {
  return base.states.get(key)?.kind ?? here.states.get(key)?.kind ?? "charge";
}

function seenAt(mover: BookMover, displacement: Displacement): Seen {
  const moved = mover.moved(displacement);
  const { accounts } = mover.charge(moved, false);
  return { states: kinkStates(accounts, moved.book.positions.length), totals: totalsOf(accounts) };
}

function displacementOf(mover: BookMover, { kind, underlying }: KinkAxis, move: number): Displacement {
  if (kind === "size") return { size: 1 + move };
  if (kind === "time") return { days: move };
  const shock = kind === "price" ? { price: move, volatility: 0 } : { price: 0, volatility: move };
  const moved = mover.underlyings.filter((one) => underlying === undefined || one.underlying === underlying);
  return { shocks: new Map(moved.map((one) => [one.underlying, shock])) };
}
