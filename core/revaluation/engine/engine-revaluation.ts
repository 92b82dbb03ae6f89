import { DomainError } from "../../base/index.ts";
import type { Option } from "../../instrument/index.ts";
import type { PricingTerms } from "../../market/index.ts";
import { logMoneyness } from "../../pricing/index.ts";
import { shockedVolatility, tenorFactor, type VolatilityShock } from "../../scenario/index.ts";
import type { RevaluationKernel } from "../pnl-cube.ts";
import { fillMove } from "../scalar-kernel.ts";
import { arenaStart, recordLength, smallestTotalVolatility, writeRecord } from "./arena.ts";
import type { EngineKernel } from "./engine-kernel.ts";
import { type SegmentPlan, segmentPlan } from "./segment-plan.ts";

/** Options of one block: fixed, so that results never depend on how work is divided. */
const blockSize = 256;

/**
 * Revaluation by the engine: profit of one unit of each instrument in each scenario, to 1e-14 of the forward.
 *
 * @param engine its memory is this kernel's own from now on
 */
export function engineRevaluation(engine: EngineKernel): RevaluationKernel {
  return {
    name: engine.name,
    unitPnl(instruments, scenarios) {
      const plan = segmentPlan(scenarios);
      const values = new Float64Array(instruments.length * scenarios.length);
      const options: { readonly row: number; readonly option: Option; readonly terms: PricingTerms }[] = [];
      instruments.forEach((priced, row) => {
        if (priced.instrument.kind === "option") options.push({ row, option: priced.instrument, terms: priced.terms });
        else fillMove(values, row * scenarios.length, priced, plan);
      });
      const layout = layoutOf(plan, engine.arena.length);
      loadPlan(engine.arena, plan, layout);
      const shocks = shocksByYears(plan.shocks);
      for (let first = 0; first < options.length; first += layout.block) {
        const block = options.slice(first, first + layout.block);
        block.forEach(({ option, terms }, i) => {
          loadOption(engine.arena, option, terms, layout.options + i * recordLength);
          const volatilities = layout.volatilities + i * plan.shocks.length;
          loadVolatilities(engine.arena, option, terms, shocks(terms.years), volatilities);
        });
        runBlock(engine, plan, layout, block.length);
        block.forEach(({ row }, i) => {
          readProfits(engine.arena, layout.out + i * layout.columns, plan, values, row * scenarios.length);
        });
      }
      return values;
    },
  };
}

interface Layout {
  readonly columns: number;
  readonly moves: number;
  readonly growths: number;
  readonly starts: number;
  readonly lengths: number;
  readonly scratch: number;
  readonly options: number;
  readonly volatilities: number;
  readonly out: number;
  /** Options of one call. */
  readonly block: number;
}

function layoutOf(plan: SegmentPlan, doubles: number): Layout {
  const columns = plan.logMoves.length;
  const runs = plan.shocks.length + (plan.shocks.length % 2);
  const moves = arenaStart;
  const growths = moves + columns;
  const starts = growths + columns;
  const lengths = starts + runs;
  const scratch = lengths + runs;
  const options = scratch + 3 * columns;
  const block = Math.min(blockSize, Math.floor((doubles - options) / (recordLength + runs + columns)));
  if (block < 1) throw new DomainError("a scenario list must fit the memory of the engine", columns);
  const volatilities = options + block * recordLength;
  const out = volatilities + block * runs;
  return { columns, moves, growths, starts, lengths, scratch, options, volatilities, out, block };
}

function loadPlan(arena: Float64Array, plan: SegmentPlan, layout: Layout): void {
  arena.set(plan.logMoves, layout.moves);
  arena.set(plan.growths, layout.growths);
  arena.set(plan.starts, layout.starts);
  arena.set(plan.lengths, layout.lengths);
}

function loadOption(arena: Float64Array, option: Option, terms: PricingTerms, at: number): void {
  const { forward } = terms;
  const { strike, symbol } = option;
  if (!(forward > 0 && forward < Number.POSITIVE_INFINITY))
    throw new DomainError(`the forward of ${symbol} must be above 0`, forward);
  if (!(strike > 0 && strike < Number.POSITIVE_INFINITY))
    throw new DomainError(`the strike of ${symbol} must be above 0`, strike);
  const weight = option.optionType === "call" ? 1 : -1;
  const inverse = option.payoff === "inverse";
  const [a, b] = inverse ? [weight, (weight * strike) / forward] : [weight * forward, weight * strike];
  const total = terms.volatility * Math.sqrt(terms.years);
  writeRecord(arena, at, logMoneyness(forward, strike), total, weight, a, b, inverse);
}

/** Shocks with their tenor factor already applied; computed once for each time to expiry. */
function shocksByYears(shocks: SegmentPlan["shocks"]): (years: number) => readonly (VolatilityShock | undefined)[] {
  const known = new Map<number, readonly (VolatilityShock | undefined)[]>();
  return (years) => {
    const found = known.get(years);
    if (found) return found;
    const damped = shocks.map((shock) => {
      if (shock?.tenor === undefined) return shock;
      const { tenor, ...plain } = shock;
      const factor = tenorFactor(years, tenor);
      return { ...plain, change: factor === undefined ? 0 : shock.change * factor };
    });
    known.set(years, damped);
    return damped;
  };
}

function loadVolatilities(
  arena: Float64Array,
  option: Option,
  { volatility, years }: PricingTerms,
  shocks: readonly (VolatilityShock | undefined)[],
  at: number,
): void {
  if (!(volatility >= 0)) throw new DomainError(`the volatility of ${option.symbol} must be 0 or more`, volatility);
  const root = Math.sqrt(years);
  for (let i = 0; i < shocks.length; i++) {
    arena[at + i] = Math.max(shockedVolatility(volatility, years, shocks[i]) * root, smallestTotalVolatility);
  }
}

function runBlock(engine: EngineKernel, plan: SegmentPlan, layout: Layout, count: number): void {
  const { columns, moves, growths, starts, lengths, scratch, options, volatilities, out } = layout;
  engine.arena.fill(0, out, out + count * columns);
  const runs = plan.shocks.length;
  engine.segments(options, count, moves, growths, columns, starts, lengths, volatilities, runs, scratch, out, columns);
}

/** Profit = value in the scenario less the value of the unshocked column 0. */
function readProfits(arena: Float64Array, from: number, plan: SegmentPlan, values: Float64Array, to: number): void {
  const base = arena[from] ?? 0;
  for (let scenario = 0; scenario < plan.columnOf.length; scenario++) {
    const column = plan.columnOf[scenario] ?? -1;
    values[to + scenario] = column < 0 ? 0 : (arena[from + column] ?? 0) - base;
  }
}
