import { DomainError } from "../../base/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import type { PricedInstrument } from "../pnl-cube.ts";
import { fillMove } from "../scalar-kernel.ts";
import { arenaStart, recordLength } from "./arena.ts";
import { blockSize } from "./block-work.ts";
import type { EngineKernel } from "./engine-kernel.ts";
import { jointListAt, listKey } from "./joint-list.ts";
import { type LoadedList, loadedList, rowsOfList } from "./joint-profits.ts";

/** Writes the record of an option for the joint kernel. */
export type LoadRecord = (priced: PricedInstrument, at: number) => void;

/**
 * Profit of one unit of each instrument along a list in which most scenarios have a volatility shock of their own: the same
 * bits as by runs of one shock, without their two columns for each scenario.
 *
 * @param load   writes σ and τ in the record where others stand
 * @param values instrument-major; overwritten
 */
export function unitsAlongList(
  engine: EngineKernel,
  instruments: readonly PricedInstrument[],
  scenarios: readonly Scenario[],
  load: LoadRecord,
  values: Float64Array,
): void {
  const count = scenarios.length;
  const length = count + (count % 2) + 2;
  const options = arenaStart + rowsOfList * length;
  const block = Math.min(blockSize, Math.floor((engine.arena.length - options) / (recordLength + length)));
  if (block < 1) throw new DomainError("a scenario list must fit the memory of the engine", count);
  const moves = { moves: Float64Array.from(scenarios, ({ priceMove }) => priceMove) };
  const out = options + block * recordLength;
  const lists = new Map<number, LoadedList>();
  const rows = new Uint32Array(block);
  let waiting = 0;
  let list: LoadedList | undefined;
  const flush = (): void => {
    if (list !== undefined && waiting > 0) runBlock(engine, list, { options, out, waiting, length });
    for (let i = 0; i < waiting; i++)
      readProfits(engine.arena, out + i * length, length, values, (rows[i] ?? 0) * count, count);
    waiting = 0;
  };
  instruments.forEach((priced, row) => {
    if (priced.instrument.kind !== "option") {
      fillMove(values, row * count, priced, moves);
      return;
    }
    const key = listKey(scenarios, priced.terms.years);
    const own = lists.get(key) ?? loadedList(jointListAt(scenarios, priced.terms.years), 0, count);
    lists.set(key, own);
    if (own !== list || waiting === block) flush();
    list = own;
    load(priced, options + waiting * recordLength);
    rows[waiting] = row;
    waiting += 1;
  });
  flush();
}

interface Block {
  readonly options: number;
  readonly out: number;
  readonly waiting: number;
  readonly length: number;
}

function runBlock(engine: EngineKernel, list: LoadedList, { options, out, waiting, length }: Block): void {
  const at = (row: number): number => arenaStart + row * length;
  engine.arena.set(list.rows, arenaStart);
  engine.arena.fill(0, out, out + waiting * length);
  engine.joint(options, waiting, at(0), at(1), at(2), at(3), at(4), at(5), at(6), list.passes, length, out, length);
}

function readProfits(
  arena: Float64Array,
  from: number,
  length: number,
  values: Float64Array,
  to: number,
  count: number,
): void {
  const base = arena[from + length - 1] as number;
  for (let j = 0; j < count; j++) values[to + j] = (arena[from + j] as number) - base;
}
