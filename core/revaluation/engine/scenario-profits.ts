import { DomainError } from "../../base/index.ts";
import { arenaStart } from "./arena.ts";
import { type BlockWork, blocksByUnderlying, runBlocks } from "./block-work.ts";
import { mostLogMove, mostOfAny } from "./domain.ts";
import type { EngineKernel } from "./engine-kernel.ts";
import type { WorkKind } from "./executor.ts";
import { checkBook, checkLists, type OptionBook, writeRecords } from "./option-book.ts";

/** Joint scenarios by underlying: `[underlying * count + scenario]`. */
export interface JointScenarios {
  readonly count: number;
  /** Relative price moves; each > −1. */
  readonly priceMoves: Float64Array;
  /** Relative changes of volatility; each > −1. */
  readonly volatilityChanges: Float64Array;
}

/**
 * Profit and loss of a book in each joint scenario: historical simulation, risk matrices of relative shocks.
 *
 * @returns one value a scenario, unit of quantity × price; gain > 0; exactly 0 where nothing moves
 * @throws DomainError for a field or shock outside its bound
 */
export function scenarioProfits(engine: EngineKernel, book: OptionBook, scenarios: JointScenarios): Float64Array {
  return runBlocks(engine, scenarioProfitsWork({ book, scenarios }));
}

export interface ScenarioProfitsInput {
  readonly book: OptionBook;
  readonly scenarios: JointScenarios;
}

/** Profit along joint scenarios as work of any thread. */
export const scenarioProfitsKind: WorkKind<ScenarioProfitsInput> = {
  name: "scenario-profits",
  make: scenarioProfitsWork,
};

/** The blocks of `scenarioProfits`. */
export function scenarioProfitsWork({ book, scenarios }: ScenarioProfitsInput): BlockWork {
  checkBook(book);
  checkLists(book, scenarios.priceMoves.length, scenarios.count);
  const blocks = blocksByUnderlying(book.underlying);
  const lists = new Map<number, ScenarioList>();
  return {
    blocks: blocks.length,
    length: scenarios.count,
    run(engine, block, result) {
      const { underlying, rows } = blocks[block] ?? { underlying: 0, rows: new Uint32Array() };
      const list = lists.get(underlying) ?? scenarioList(scenarios, underlying);
      lists.set(underlying, list);
      const out = runList(engine, list, book, rows, 0);
      const base = engine.arena[out + scenarios.count + (scenarios.count % 2)] ?? 0;
      for (let j = 0; j < scenarios.count; j++) result[j] = (engine.arena[out + j] as number) - base;
    },
  };
}

/** Scenarios of one underlying as the kernel takes them, the unshocked state at the end. */
export interface ScenarioList {
  /** Even; the last two are the unshocked state. */
  readonly length: number;
  readonly logMoves: Float64Array;
  readonly growths: Float64Array;
  readonly factors: Float64Array;
  readonly inverses: Float64Array;
  readonly reach: { readonly move: number; readonly factor: number; readonly inverse: number };
}

function scenarioList({ count, priceMoves, volatilityChanges }: JointScenarios, underlying: number): ScenarioList {
  const from = underlying * count;
  const growths = Float64Array.from(priceMoves.subarray(from, from + count), (move) => 1 + move);
  return listOf(
    growths.map(Math.log),
    growths,
    volatilityChanges.subarray(from, from + count).map((change) => 1 + change),
  );
}

/** A list from log moves, growths and volatility factors of one length, padded and closed by the unshocked state. */
export function listOf(logMoves: Float64Array, growths: Float64Array, factors: Float64Array): ScenarioList {
  if (factors.length !== logMoves.length)
    throw new DomainError("price and volatility shocks must be of one number", factors.length);
  const length = logMoves.length + (logMoves.length % 2) + 2;
  const padded = (values: Float64Array, neutral: number): Float64Array => {
    const result = new Float64Array(length).fill(neutral);
    result.set(values);
    return result;
  };
  const list = { length, logMoves: padded(logMoves, 0), growths: padded(growths, 1), factors: padded(factors, 1) };
  const inverses = list.factors.map((factor) => 1 / factor);
  const reach = { move: 0, factor: 0, inverse: 0 };
  for (let j = 0; j < length; j++) {
    const [move, factor, inverse] = [Math.abs(list.logMoves[j] ?? 0), list.factors[j] ?? 0, inverses[j] ?? 0];
    if (!(move <= mostLogMove)) throw new DomainError("a price move must be above -1, at most 1e50", list.growths[j]);
    if (!(factor > 0 && factor <= mostOfAny))
      throw new DomainError("a volatility change must be above -1, at most 1e50", factor - 1);
    reach.move = Math.max(reach.move, move);
    reach.factor = Math.max(reach.factor, factor);
    reach.inverse = Math.max(reach.inverse, inverse);
  }
  return { ...list, inverses, reach };
}

/**
 * Values of options along a list.
 *
 * @param stride 0 sums over options; else values of option i stand at `result + i * stride`, for quantity 1
 * @returns offset in the arena where the values begin
 */
export function runList(
  engine: EngineKernel,
  list: ScenarioList,
  book: OptionBook,
  rows: Uint32Array,
  stride: number,
): number {
  const { arena } = engine;
  const { length, reach } = list;
  const moves = arenaStart;
  const growths = moves + length;
  const factors = growths + length;
  const inverses = factors + length;
  const options = inverses + length;
  const out = options + rows.length * 8;
  const end = out + (stride === 0 ? length : rows.length * stride);
  if (end > arena.length) throw new DomainError("a scenario list must fit the memory of the engine", length);
  arena.set(list.logMoves, moves);
  arena.set(list.growths, growths);
  arena.set(list.factors, factors);
  arena.set(list.inverses, inverses);
  arena.fill(0, out, end);
  writeRecords(arena, book, rows, options, stride === 0 ? undefined : 1);
  engine.list(
    ...[options, rows.length, moves, growths, factors, inverses, length],
    ...[reach.move, reach.factor, reach.inverse, out, stride],
  );
  return out;
}
