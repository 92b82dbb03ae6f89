import { DomainError } from "../../base/index.ts";
import { arenaStart, recordLength } from "./arena.ts";
import { type BlockWork, blocksByUnderlying, runBlocks } from "./block-work.ts";
import { checkedMove, mostOfAny } from "./domain.ts";
import type { EngineKernel } from "./engine-kernel.ts";
import type { WorkKind } from "./executor.ts";
import { checkBook, type OptionBook, writeRecords } from "./option-book.ts";

/**
 * Lists of joint scenarios, one an underlying, list-major: `[list * scenarios + scenario]`. An option's shocked volatility
 * and time to expiry are
 *
 *     σ′ = max(max(σ, starts)·factors + additions, floors),   τ′ = max(τ − decays, 0)
 */
export interface JointLists {
  /** Relative; each > −1. */
  readonly priceMoves: Float64Array;
  readonly starts: Float64Array;
  readonly factors: Float64Array;
  readonly additions: Float64Array;
  /** Fraction per √year; ≥ 0. */
  readonly floors: Float64Array;
  /** Years that pass; ≥ 0. */
  readonly decays: Float64Array;
}

export interface JointProfitsInput {
  /** Its `underlying` is the index of an option's list. */
  readonly book: OptionBook;
  readonly scenarios: number;
  readonly lists: JointLists;
  /** The sum each option belongs to, a whole number below `groups`. */
  readonly group: Float64Array;
  readonly groups: number;
}

/**
 * Profit of groups of options along joint scenarios in which every scenario has a volatility shock of its own: relative,
 * in points, floored. No position × scenario matrix is made: what is kept is one number a group and scenario.
 *
 * @returns group-major, `values[group * scenarios + scenario]`; unit of quantity × price (coin when inverse); gain > 0
 * @throws DomainError for a field or shock outside its bound
 */
export function jointProfits(engine: EngineKernel, input: JointProfitsInput): Float64Array {
  return runBlocks(engine, jointProfitsWork(input));
}

/** Profit along joint scenarios with volatility shocks of any kind, as work of any thread. */
export const jointProfitsKind: WorkKind<JointProfitsInput> = { name: "joint-profits", make: jointProfitsWork };

/** The blocks of `jointProfits`: options of one list and one group. */
export function jointProfitsWork({ book, scenarios: count, lists, group, groups }: JointProfitsInput): BlockWork {
  checkBook(book);
  for (const { length } of Object.values(lists) as readonly Float64Array[])
    if (length !== lists.priceMoves.length)
      throw new DomainError("columns of joint lists must be of one length", length);
  const blocks = blocksByUnderlying(book.underlying.map((list, row) => list * groups + (group[row] ?? Number.NaN)));
  const loaded = new Map<number, LoadedList>();
  return {
    blocks: blocks.length,
    length: groups * count,
    adds: true,
    range(block) {
      const from = ((blocks[block]?.underlying ?? 0) % groups) * count;
      return [from, from + count];
    },
    run(engine, block, result) {
      const { underlying, rows } = blocks[block] ?? { underlying: Number.NaN, rows: new Uint32Array() };
      const key = Math.floor(underlying / groups);
      const list = loaded.get(key) ?? loadedList(lists, key * count, count);
      loaded.set(key, list);
      const out = runJoint(engine, list, book, rows);
      const base = engine.arena[out + list.length - 1] as number;
      for (let j = 0; j < count; j++) result[j] = (engine.arena[out + j] as number) - base;
    },
  };
}

/** A list as the kernel takes it: rows of one even length, the last two scenarios unshocked. */
export interface LoadedList {
  readonly length: number;
  /** ln(1 + p), 1 + p, starts, factors, additions, floors, decays, one after the other. */
  readonly rows: Float64Array;
  readonly passes: 0 | 1;
}

/** Rows of a loaded list. */
export const rowsOfList = 7;

/** @throws DomainError for a shock outside its bound */
export function loadedList(lists: JointLists, from: number, count: number): LoadedList {
  const length = count + (count % 2) + 2;
  const rows = new Float64Array(rowsOfList * length);
  rows.fill(1, length, 2 * length);
  rows.fill(1, 3 * length, 4 * length);
  const columns = [lists.starts, lists.factors, lists.additions, lists.floors, lists.decays];
  for (let j = 0; j < count; j++) {
    const move = checkedMove(lists.priceMoves[from + j]);
    rows[j] = Math.log1p(move);
    rows[length + j] = 1 + move;
    columns.forEach((column, at) => {
      const value = column[from + j];
      if (value === undefined || !(Math.abs(value) <= mostOfAny))
        throw new DomainError("a volatility shock must be finite", value);
      rows[(at + 2) * length + j] = value;
    });
  }
  return { length, rows, passes: lists.decays.subarray(from, from + count).some((years) => years > 0) ? 1 : 0 };
}

/** Sums the values of options along a list. @returns offset in the arena where they begin */
function runJoint(
  engine: EngineKernel,
  { length, rows: list, passes }: LoadedList,
  book: OptionBook,
  rows: Uint32Array,
): number {
  const { arena } = engine;
  const at = (row: number): number => arenaStart + row * length;
  const options = at(rowsOfList);
  const out = options + rows.length * recordLength;
  if (out + length > arena.length) throw new DomainError("a scenario list must fit the memory of the engine", length);
  arena.set(list, arenaStart);
  arena.fill(0, out, out + length);
  writeRecords(arena, book, rows, options);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    arena[options + i * recordLength + 1] = book.volatility[row] as number;
    arena[options + i * recordLength + 2] = book.years[row] as number;
  }
  engine.joint(options, rows.length, at(0), at(1), at(2), at(3), at(4), at(5), at(6), passes, length, out, 0);
  return out;
}
