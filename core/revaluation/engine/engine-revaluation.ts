import { DomainError } from "../../base/index.ts";
import type { Option } from "../../instrument/index.ts";
import type { PricingTerms } from "../../market/index.ts";
import { logMoneyness } from "../../pricing/index.ts";
import { dampedChange, type VolatilityShock, yearsAfter } from "../../scenario/index.ts";
import type { RevaluationKernel } from "../pnl-cube.ts";
import { fillMove } from "../scalar-kernel.ts";
import { arenaStart, recordLength, smallestTotalVolatility, writeRecord } from "./arena.ts";
import { checkPrice, isAmount, mostOfAny } from "./domain.ts";
import type { EngineKernel } from "./engine-kernel.ts";
import { type LoadRecord, unitsAlongList } from "./joint-units.ts";
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
    unitPnl(instruments, scenarios, into) {
      const plan = segmentPlan(scenarios);
      const width = scenarios.length;
      const values = into ?? new Float64Array(instruments.length * width);
      if (values.length !== instruments.length * width)
        throw new DomainError("a cube needs room for every value", values.length);
      if (!instruments.some(({ instrument }) => instrument.kind === "option")) {
        instruments.forEach((priced, row) => {
          fillMove(values, row * width, priced, plan);
        });
        return values;
      }
      if (isJoint(plan, width)) {
        const load: LoadRecord = ({ instrument, terms }, at) =>
          loadForJoint(engine.arena, instrument as Option, terms, at);
        unitsAlongList(engine, instruments, scenarios, load, values);
        return values;
      }
      const layout = layoutOf(plan, engine.arena.length);
      loadPlan(engine.arena, plan, layout);
      const shocksAt = shocksByYears(plan);
      const rows = new Uint32Array(layout.block);
      let count = 0;
      const flush = (): void => {
        runBlock(engine, plan, layout, count);
        for (let i = 0; i < count; i++)
          readProfits(engine.arena, layout.out + i * layout.columns, plan, values, (rows[i] ?? 0) * width);
        count = 0;
      };
      for (let row = 0; row < instruments.length; row++) {
        const priced = instruments[row];
        if (priced === undefined) continue;
        const { instrument, terms } = priced;
        if (instrument.kind !== "option") {
          fillMove(values, row * width, priced, plan);
          continue;
        }
        loadOption(engine.arena, instrument, terms, layout.options + count * recordLength);
        const volatilities = layout.volatilities + count * plan.shocks.length;
        loadVolatilities(engine.arena, instrument, terms.volatility, shocksAt(terms.years), volatilities);
        rows[count] = row;
        count += 1;
        if (count === layout.block) flush();
      }
      if (count > 0) flush();
      return values;
    },
  };
}

/** From so many shocks on, and one for every fourth scenario, runs of one shock cost more than scenarios one by one. */
const leastJointShocks = 32;

function isJoint({ shocks }: SegmentPlan, scenarios: number): boolean {
  return shocks.length >= leastJointShocks && shocks.length * 4 >= scenarios;
}

function loadForJoint(arena: Float64Array, option: Option, terms: PricingTerms, at: number): void {
  const { volatility, years } = terms;
  checkVolatility(option, volatility);
  if (!isAmount(years)) throw new DomainError("years must be 0 or more", years);
  loadOption(arena, option, terms, at);
  arena[at + 1] = volatility;
  arena[at + 2] = years;
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

/**
 * Writes the record of one option, checked.
 *
 * @param quantity folded into its weights
 * @param distance ln(F/K), where it is known
 * @throws DomainError for a forward or strike outside its bound
 */
export function loadOption(
  arena: Float64Array,
  option: Option,
  terms: PricingTerms,
  at: number,
  quantity: number = 1,
  distance: number = logMoneyness(terms.forward, option.strike),
): void {
  const { forward } = terms;
  const { strike, symbol } = option;
  checkPrice("forward", symbol, forward);
  checkPrice("strike", symbol, strike);
  const weight = option.optionType === "call" ? 1 : -1;
  const inverse = option.payoff === "inverse";
  const held = weight * quantity;
  const [a, b] = inverse ? [held, (held * strike) / forward] : [held * forward, held * strike];
  const total = terms.volatility * Math.sqrt(terms.years);
  writeRecord(arena, at, distance, total, weight, a, b, inverse);
}

/** Volatility shocks at one time to expiry, a column each; their damping is in the changes. */
export interface DampedShocks {
  /** 1 + change of relative shocks, 1 of others. */
  readonly factors: Float64Array;
  /** Change of absolute shocks, 0 of others. */
  readonly additions: Float64Array;
  readonly startFloors: Float64Array;
  readonly floors: Float64Array;
  /** √ of the time left when the scenario's prices hold. */
  readonly roots: Float64Array;
}

/** Shocks with their damping by time to expiry applied; computed once for each time and list of shocks. */
export function shocksByYears({
  shocks,
  decayDays,
}: Pick<SegmentPlan, "shocks" | "decayDays">): (years: number) => DampedShocks {
  const kept = dampedByShocks.get(shocks);
  if (kept !== undefined) return kept;
  const known = new Map<number, DampedShocks>();
  let lastYears = Number.NaN;
  let last: DampedShocks | undefined;
  const shocksAt = (years: number): DampedShocks => {
    if (last !== undefined && years === lastYears) return last;
    last = known.get(years) ?? dampedShocks(shocks, decayDays, years);
    lastYears = years;
    known.set(years, last);
    return last;
  };
  dampedByShocks.set(shocks, shocksAt);
  return shocksAt;
}

/** By the list of shocks of a plan, which goes with its days. */
const dampedByShocks = new WeakMap<SegmentPlan["shocks"], (years: number) => DampedShocks>();

/** @throws DomainError for years or a change outside its bound */
function dampedShocks(shocks: SegmentPlan["shocks"], decayDays: SegmentPlan["decayDays"], years: number): DampedShocks {
  if (!isAmount(years)) throw new DomainError("years must be 0 or more", years);
  for (const shock of shocks)
    for (const floor of [shock?.floor ?? 0, shock?.startFloor ?? 0])
      if (!(floor <= mostOfAny)) throw new DomainError("the floor of a volatility shock must be finite", floor);
  const column = (of: (shock: VolatilityShock) => number, neutral: number): Float64Array =>
    Float64Array.from(shocks, (shock) => (shock === undefined ? neutral : of(shock)));
  const change = (shock: VolatilityShock): number => {
    const damped = dampedChange(shock, years) ?? 0;
    if (!(Math.abs(damped) <= mostOfAny)) throw new DomainError("the volatility shock must be finite", shock.change);
    return damped;
  };
  return {
    factors: column((shock) => (shock.mode === "relative" ? 1 + change(shock) : 1), 1),
    additions: column((shock) => (shock.mode === "relative" ? 0 : change(shock)), 0),
    startFloors: column(({ startFloor = 0 }) => startFloor, 0),
    floors: column(({ floor = 0 }) => Math.max(floor, 0), 0),
    roots: Float64Array.from(shocks, (_, run) => Math.sqrt(yearsAfter(years, decayDays[run] ?? 0))),
  };
}

/** Total volatilities of an option under shocks: the arithmetic of `shockedVolatility`; shocks were checked when they were damped. */
export function loadVolatilities(
  arena: Float64Array,
  option: Option,
  volatility: number,
  { factors, additions, startFloors, floors, roots }: DampedShocks,
  at: number,
): void {
  checkVolatility(option, volatility);
  for (let i = 0; i < factors.length; i++) {
    const start = Math.max(volatility, startFloors[i] as number);
    const shocked = start * (factors[i] as number) + (additions[i] as number);
    arena[at + i] = Math.max(Math.max(shocked, floors[i] as number) * (roots[i] as number), smallestTotalVolatility);
  }
}

function checkVolatility({ symbol }: Option, volatility: number): void {
  if (!isAmount(volatility)) throw new DomainError(`the volatility of ${symbol} must be 0 or more`, volatility);
}

function runBlock(engine: EngineKernel, plan: SegmentPlan, layout: Layout, count: number): void {
  const { columns, moves, growths, starts, lengths, scratch, options, volatilities, out } = layout;
  engine.arena.fill(0, out, out + count * columns);
  const runs = plan.shocks.length;
  // Results stand where their columns do.
  const targets = starts;
  engine.segments(
    ...[options, count, moves, growths, columns, starts, lengths, targets],
    ...[volatilities, runs, scratch, out, columns],
  );
}

/** Profit = value in the scenario less the value of the unshocked column 0. */
function readProfits(arena: Float64Array, from: number, plan: SegmentPlan, values: Float64Array, to: number): void {
  const base = arena[from] ?? 0;
  for (let scenario = 0; scenario < plan.columnOf.length; scenario++) {
    const column = plan.columnOf[scenario] ?? -1;
    values[to + scenario] = column < 0 ? 0 : (arena[from + column] ?? 0) - base;
  }
}
