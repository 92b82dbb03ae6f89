import { type InstrumentId, isListed } from "../../instrument/index.ts";
import { hasUsdRate, usdPerUnit } from "../../methodology/index.ts";
import type { PricedInstrument, RevaluationKernel } from "../../revaluation/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import type { Holding } from "./book-change.ts";

const noIndices: ReadonlyMap<string, number> = new Map();

/** Instruments revalued at once: a whole book in a wide grid is not held in memory. */
const block = 512;

/**
 * Profit of holdings in each scenario, USD; gain > 0. Profit in coin counts at the shocked index, as on a margin surface; dollar currencies
 * and their spot do not move.
 *
 * @param indices   index prices before the shock; must have a rate for every settlement currency
 * @param scenarios of all underlyings together
 */
export function scenarioProfitsOf(
  holdings: readonly Holding[],
  indices: ReadonlyMap<string, number>,
  scenarios: readonly Scenario[],
  kernel: RevaluationKernel,
): Float64Array {
  const profits = new Float64Array(scenarios.length);
  const moving = holdings.filter(({ instrument }) => !hasUsdRate(noIndices, instrument.underlying));
  const rows = new Map<InstrumentId, Map<number, number>>();
  const instruments: PricedInstrument[] = [];
  const quantities: number[] = [];
  for (const { instrument, terms, quantity } of moving) {
    const byMark = rows.get(instrument.id) ?? new Map<number, number>();
    rows.set(instrument.id, byMark);
    const row = byMark.get(terms.mark) ?? instruments.push({ instrument, terms }) - 1;
    byMark.set(terms.mark, row);
    quantities[row] = (quantities[row] ?? 0) + quantity;
  }
  if (instruments.length === 0) return profits;
  const width = scenarios.length;
  const factors = Float64Array.from(scenarios, ({ priceMove }) => 1 + priceMove);
  for (let first = 0; first < instruments.length; first += block) {
    const some = instruments.slice(first, first + block);
    const units = kernel.unitPnl(some, scenarios);
    for (let row = 0; row < some.length; row++) {
      const instrument = some[row]?.instrument;
      if (instrument === undefined) continue;
      const { settlement } = instrument;
      const amount = (quantities[first + row] ?? 0) * usdPerUnit(indices, settlement);
      const fixed = hasUsdRate(noIndices, settlement) || isListed(instrument);
      for (let column = 0; column < width; column++) {
        const profit = amount * (units[row * width + column] ?? 0);
        profits[column] = (profits[column] ?? 0) + (fixed ? profit : profit * (factors[column] ?? 1));
      }
    }
  }
  return profits;
}
