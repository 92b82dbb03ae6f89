import { DomainError } from "../../base/index.ts";
import type { Option } from "../../instrument/index.ts";
import type { PricingTerms } from "../../market/index.ts";
import { leastTotalVolatility } from "../../pricing/index.ts";
import { shockedVolatility, type VolatilityShock } from "../../scenario/index.ts";
import { arenaStart, recordLength, writeRecord } from "./arena.ts";
import { blockSize } from "./block-work.ts";
import type { EngineKernel } from "./engine-kernel.ts";
import { loadOption, loadVolatilities, shocksByYears } from "./engine-revaluation.ts";
import type { MarketPlan } from "./market-plan.ts";

/** An option with its terms at the unshocked market and what is held of it. */
export interface HeldOption {
  readonly instrument: Option;
  readonly terms: PricingTerms;
  readonly quantity: number;
  /** ln(F/K), by `logMoneyness`. */
  readonly distance: number;
}

/**
 * Profit of options together in scenarios that start from shocked markets: price points × volatility shocks.
 *
 *     sum_{w,p,s} = Σ quantity · [ V(F(1+p)(1+m_s), σ″) − V(F(1+p), σ′) ],   σ′ by shock w, σ″ by s from σ′
 *
 * Options are added in their order; a cell is the kernel's to rounding of F(1+p)(1+m): 1e-14 of the gross notional.
 *
 * @param shocks volatility shocks of the market; `marketRowsThatFit` at most
 * @param out    takes the sums, `[(shock * points + point) * scenarios + scenario]`; its contents are overwritten
 * @param values takes Σ quantity · V(F(1+p), σ′), `[shock * points + point]`
 * @throws DomainError for a term or shock outside its bound
 */
export function marketSums(
  engine: EngineKernel,
  plan: MarketPlan,
  options: readonly HeldOption[],
  shocks: readonly (VolatilityShock | undefined)[],
  out: Float64Array,
  values?: Float64Array,
): void {
  const { arena } = engine;
  const layout = layoutOf(plan, shocks.length);
  const { columns, runs, moves, growths, starts, lengths, targets, scratch, sums, records, volatilities } = layout;
  if (layout.end > arena.length) throw new DomainError("a scenario list must fit the memory of the engine", columns);
  arena.set(plan.logMoves, moves);
  arena.set(plan.growths, growths);
  shocks.forEach((_, row) => {
    arena.set(plan.starts, starts + row * plan.shocks.length);
    arena.set(plan.lengths, lengths + row * plan.shocks.length);
    arena.set(
      plan.starts.map((start) => row * columns + start),
      targets + row * plan.shocks.length,
    );
  });
  arena.fill(0, sums, records);
  const shocksAt = shocksByYears(plan);
  const { records: loaded, volatilities: now, years } = columnsOf(options);
  for (let first = 0; first < options.length; first += blockSize) {
    const count = Math.min(blockSize, options.length - first);
    arena.set(loaded.subarray(first * recordLength, (first + count) * recordLength), records);
    for (let i = 0; i < count; i++) {
      const { instrument } = options[first + i] as HeldOption;
      const left = years[first + i] as number;
      const damped = shocksAt(left);
      for (let row = 0; row < shocks.length; row++) {
        const volatility = shockedVolatility(now[first + i] as number, left, shocks[row]);
        loadVolatilities(arena, instrument, volatility, damped, volatilities + i * runs + row * plan.shocks.length);
      }
    }
    engine.segments(
      ...[records, count, moves, growths, columns, starts, lengths, targets],
      ...[volatilities, runs, scratch, sums, 0],
    );
  }
  for (let row = 0; row < shocks.length; row++) {
    const from = row * plan.points * plan.scenarios;
    for (let point = 0; point < plan.points; point++) {
      const base = arena[sums + row * columns + (plan.baseOf[point] as number)] as number;
      if (values !== undefined) values[row * plan.points + point] = base;
      for (let at = point * plan.scenarios; at < (point + 1) * plan.scenarios; at++) {
        const column = plan.columnOf[at] as number;
        out[from + at] = column < 0 ? 0 : (arena[sums + row * columns + column] as number) - base;
      }
    }
  }
}

/** What options give to every market they are summed at, side by side. */
interface OptionColumns {
  readonly records: Float64Array;
  readonly volatilities: Float64Array;
  readonly years: Float64Array;
  /** ln(F/K), F, q and w = ±1. */
  readonly distances: Float64Array;
  readonly forwards: Float64Array;
  readonly quantities: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Columns of options; kept for lists that come back. Those of one market are not: what a weak map is given outlives the collections of young
 * memory until the next full one.
 */
function columnsOf(options: readonly HeldOption[]): OptionColumns {
  if (last?.options === options) return last.columns;
  const columns = columnsByOptions.get(options) ?? makeColumns(options);
  if (!seen.has(options)) seen.add(options);
  else if (!columnsByOptions.has(options)) columnsByOptions.set(options, columns);
  last = { options, columns };
  return columns;
}

let last: { readonly options: readonly HeldOption[]; readonly columns: OptionColumns } | undefined;
const seen = new WeakSet<readonly HeldOption[]>();
const columnsByOptions = new WeakMap<readonly HeldOption[], OptionColumns>();

function makeColumns(options: readonly HeldOption[]): OptionColumns {
  const count = options.length;
  const records = new Float64Array(count * recordLength);
  const column = (): Float64Array => new Float64Array(count);
  const columns = {
    ...{ records, volatilities: column(), years: column(), distances: column(), forwards: column() },
    ...{ quantities: column(), weights: column() },
  };
  for (let at = 0; at < count; at++) {
    const { instrument, terms, quantity, distance } = options[at] as HeldOption;
    loadOption(records, instrument, terms, at * recordLength, quantity, distance);
    columns.volatilities[at] = terms.volatility;
    columns.years[at] = terms.years;
    columns.distances[at] = distance;
    columns.forwards[at] = terms.forward;
    columns.quantities[at] = quantity;
    columns.weights[at] = instrument.optionType === "call" ? 1 : -1;
  }
  return columns;
}

/** Volatility shocks that one call takes beside a plan; at least 1. */
export function marketRowsThatFit({ arena }: EngineKernel, plan: MarketPlan): number {
  const one = layoutOf(plan, 1).end;
  return Math.max(1, 1 + Math.floor((arena.length - one) / (layoutOf(plan, 2).end - one)));
}

function layoutOf(plan: MarketPlan, rows: number) {
  const columns = plan.logMoves.length;
  const runs = plan.shocks.length * rows;
  const even = runs + (runs % 2);
  const moves = arenaStart;
  const growths = moves + columns;
  const starts = growths + columns;
  const lengths = starts + even;
  const targets = lengths + even;
  const scratch = targets + even;
  const sums = scratch + 3 * columns;
  const records = sums + rows * columns;
  const volatilities = records + blockSize * recordLength;
  const end = volatilities + blockSize * runs;
  return { columns, runs, moves, growths, starts, lengths, targets, scratch, sums, records, volatilities, end };
}

/** What `marketSensitivities` adds up, one row each. */
export const sensitivityRows = 4;

/**
 * Sensitivities of options together at the points of a plan. Rows of the result, each `points` long:
 *
 *     Σ q·w·N(w·d1)        Black delta, units of the underlying
 *     Σ q·n(d1)/v          gamma × forward
 *     Σ q·F′·n(d1)·√τ      vega, quote currency per 1.00 of volatility
 *     Σ −q·F′·n(d1)·σ′/(2√τ)  theta, quote currency a year
 *
 * The last three are 0 for options without total volatility (below 1e-13).
 */
export function marketSensitivities(
  engine: EngineKernel,
  plan: MarketPlan,
  options: readonly HeldOption[],
  shock: VolatilityShock | undefined,
  out: Float64Array,
): void {
  const { arena } = engine;
  const columns = plan.pointLogMoves.length;
  const moves = arenaStart;
  const sums = moves + columns;
  const records = sums + sensitivityRows * columns;
  arena.set(plan.pointLogMoves, moves);
  arena.fill(0, sums, records);
  const own = columnsOf(options);
  for (let first = 0; first < options.length; first += blockSize) {
    const count = Math.min(blockSize, options.length - first);
    for (let i = 0; i < count; i++) {
      const option = first + i;
      const [years, quantity] = [own.years[option] as number, own.quantities[option] as number];
      const volatility = shockedVolatility(own.volatilities[option] as number, years, shock);
      const root = Math.sqrt(years);
      const total = volatility * root;
      const weight = own.weights[option] as number;
      const at = records + i * recordLength;
      writeRecord(arena, at, own.distances[option] as number, total, weight, quantity * weight, 0, false);
      const lively = total >= leastTotalVolatility;
      const perForward = quantity * (own.forwards[option] as number);
      arena[at + 4] = lively ? quantity / total : 0;
      arena[at + 5] = lively ? perForward * root : 0;
      arena[at + 6] = lively ? (-perForward * volatility) / (2 * root) : 0;
    }
    engine.sensitivities(records, count, moves, columns, sums);
  }
  for (let row = 0; row < sensitivityRows; row++) {
    for (let point = 0; point < plan.points; point++) {
      const value = arena[sums + row * columns + point] as number;
      out[row * plan.points + point] = row < 2 ? value : value * (plan.pointGrowths[point] as number);
    }
  }
}
