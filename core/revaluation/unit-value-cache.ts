import type { Instrument, InstrumentId } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import type { Scenario } from "../scenario/index.ts";
import type { PricedInstrument, RevaluationKernel } from "./pnl-cube.ts";

/** Memory of the values kept, by default. */
const defaultBytes = 64 * 1024 * 1024;

/**
 * A kernel that prices an instrument once for each scenario list and market, whoever holds it: a changed quantity, another
 * account or a leg added costs copies of what is known and the pricing of what is not. The same bits as without it,
 * because a kernel gives an instrument the same bits whatever stands beside it.
 *
 * A value is taken again only when contract terms, forward, index, time and volatility are the same numbers; scenario
 * lists count as the same when their moves and shocks are. The lists used longest ago are forgotten first, and one that
 * is larger than the bound is not kept.
 *
 * @param kernel prices what is not known yet
 * @param bytes  bound of the memory kept; > 0
 */
export function cachingKernel(kernel: RevaluationKernel, bytes = defaultBytes): RevaluationKernel {
  const tables = new Map<string, Table>();
  return {
    name: kernel.name,
    unitPnl(instruments, scenarios, into) {
      if (instruments.length * scenarios.length * Float64Array.BYTES_PER_ELEMENT > bytes)
        return kernel.unitPnl(instruments, scenarios, into);
      const key = keyOf(scenarios);
      const table = tables.get(key) ?? emptyTable(scenarios.length);
      tables.delete(key);
      tables.set(key, table);
      const values = revalued(kernel, table, instruments, scenarios, into);
      forgetOldest(tables, bytes);
      return values;
    },
  };
}

/** Values of one scenario list: a row for each instrument, with what it was priced from. */
interface Table {
  readonly width: number;
  readonly slotOf: Map<InstrumentId, number>;
  readonly instruments: Instrument[];
  readonly terms: PricingTerms[];
  /** Slots × width; grows by half. */
  values: Float64Array;
}

function emptyTable(width: number): Table {
  return { width, slotOf: new Map(), instruments: [], terms: [], values: new Float64Array(64 * width) };
}

/** Bytes of a slot beside its values, about. */
const bytesOfSlot = 200;

function sizeOf({ values, instruments }: Table): number {
  return values.byteLength + bytesOfSlot * instruments.length;
}

function forgetOldest(tables: Map<string, Table>, bytes: number): void {
  let total = 0;
  for (const table of tables.values()) total += sizeOf(table);
  for (const [key, table] of tables) {
    if (total <= bytes) return;
    tables.delete(key);
    total -= sizeOf(table);
  }
}

function revalued(
  kernel: RevaluationKernel,
  table: Table,
  instruments: readonly PricedInstrument[],
  scenarios: readonly Scenario[],
  into: Float64Array | undefined,
): Float64Array {
  const { width } = table;
  const values = into ?? new Float64Array(instruments.length * width);
  const missing: PricedInstrument[] = [];
  const missingRows: number[] = [];
  for (let row = 0; row < instruments.length; row++) {
    const priced = instruments[row];
    if (priced === undefined) continue;
    const slot = table.slotOf.get(priced.instrument.id);
    if (slot !== undefined && isKnown(table, slot, priced)) copy(table.values, slot, values, row, width);
    else missingRows[missing.push(priced) - 1] = row;
  }
  if (missing.length === 0) return values;
  const computed = kernel.unitPnl(missing, scenarios);
  missing.forEach((priced, index) => {
    copy(computed, index, values, missingRows[index] ?? 0, width);
    // The slot first: making one may replace the values.
    const slot = slotFor(table, priced);
    copy(computed, index, table.values, slot, width);
  });
  return values;
}

function isKnown({ instruments, terms }: Table, slot: number, { instrument, terms: now }: PricedInstrument): boolean {
  const then = terms[slot];
  const known = instruments[slot];
  if (then === undefined || known === undefined) return false;
  if (
    then !== now &&
    (then.forward !== now.forward ||
      then.volatility !== now.volatility ||
      then.years !== now.years ||
      then.index !== now.index ||
      then.smile !== now.smile ||
      !sameCarry(then.carry, now.carry))
  )
    return false;
  if (known === instrument) return true;
  if (known.kind !== instrument.kind || known.payoff !== instrument.payoff) return false;
  if (known.kind !== "option" || instrument.kind !== "option") return true;
  return (
    known.strike === instrument.strike &&
    known.optionType === instrument.optionType &&
    known.exercise === instrument.exercise
  );
}

function sameCarry(a: PricingTerms["carry"], b: PricingTerms["carry"]): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return a.rate === b.rate && a.dividendYield === b.dividendYield && a.dividends === b.dividends;
}

function slotFor(table: Table, { instrument, terms }: PricedInstrument): number {
  const known = table.slotOf.get(instrument.id);
  const slot = known ?? table.instruments.length;
  table.slotOf.set(instrument.id, slot);
  table.instruments[slot] = instrument;
  table.terms[slot] = terms;
  const needed = (slot + 1) * table.width;
  if (needed > table.values.length) {
    const grown = new Float64Array(Math.ceil(needed * 1.5));
    grown.set(table.values);
    table.values = grown;
  }
  return slot;
}

function copy(from: Float64Array, row: number, to: Float64Array, target: number, width: number): void {
  const source = row * width;
  const start = target * width;
  for (let i = 0; i < width; i++) to[start + i] = from[source + i] as number;
}

/** What the values of a list depend on; made once for each list. */
function keyOf(scenarios: readonly Scenario[]): string {
  const known = keys.get(scenarios);
  if (known !== undefined) return known;
  const key = JSON.stringify(
    scenarios.map(({ priceMove, volatility, decayDays, stickiness }) => [
      ...[priceMove, volatility ?? null, decayDays ?? 0],
      ...(stickiness === undefined ? [] : [stickiness]),
    ]),
  );
  keys.set(scenarios, key);
  return key;
}

const keys = new WeakMap<readonly Scenario[], string>();
