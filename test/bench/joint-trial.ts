import type { JobOptions } from "../../core/revaluation/index.ts";
import {
  type BlockExecutor,
  bestKernel,
  buildCube,
  cubeOf,
  type HeldInstrument,
  type ProfitsBySet,
  profitsBySet,
  profitsBySetOn,
} from "../../core/revaluation/index.ts";
import type { ScenarioSet } from "../../core/scenario/index.ts";
import { repeatedly } from "./measure.ts";
import { productBook } from "./product-book.ts";
import type { ProductTrial } from "./product-trials.ts";
import { draws } from "./synthetic-inputs.ts";

const legs = 2_000;
const days = 2_500;
const tail = 25;
const interactive: JobOptions = { priority: "interactive" };

/** Historical simulation as a methodology asks for it: objects in, profits by set out, and the tail by position. */
export function jointTrial(pool: BlockExecutor): ProductTrial {
  return {
    workload: `profits-by-set-${legs}x${days}`,
    cells: legs * days,
    async measure() {
      const held = heldOf(legs);
      const sets = setsOf();
      const compute = () => withTail(sets, held, profitsBySet(sets, held));
      const computePooled = async () => {
        const profits = await profitsBySetOn(pool, sets, held, interactive);
        if (!profits.ok) throw new Error(profits.failure.message);
        return withTail(sets, held, profits.value);
      };
      const err = errorOf(sets, held, compute());
      const one = await repeatedly(15, compute);
      const many = await repeatedly(15, computePooled);
      return [
        { peer: `${bestKernel().name}, 1 thread`, ...one, err },
        { peer: `${bestKernel().name}, ${pool.name}`, ...many, err },
      ];
    },
  };
}

function heldOf(count: number): readonly HeldInstrument[] {
  const { portfolio, market } = productBook(count);
  const quotes = new Map(market.quotes.map((quote) => [quote.instrument.id, quote]));
  return portfolio.positions.map(({ instrument, quantity }) => {
    const index = market.indices.find(({ underlying }) => underlying === instrument.underlying)?.price ?? Number.NaN;
    const expiryMs = instrument.kind === "option" ? instrument.expiryMs : market.asOfMs;
    const years = (expiryMs - market.asOfMs) / (365 * 86_400_000);
    const volatility = quotes.get(instrument.id)?.markVolatility ?? 0;
    const sources = { forward: "set", mark: "model" } as const;
    return { instrument, quantity, terms: { index, forward: index, years, volatility, mark: 0, sources } };
  });
}

/** Joint days of two underlyings; volatility moves in points, more for short expiries. */
function setsOf(): readonly ScenarioSet[] {
  const { normal } = draws(11);
  return ["BTC", "ETH"].map((underlying) => ({
    ...{ id: underlying, repricer: "model" as const, underlying },
    scenarios: Array.from({ length: days }, (_, day) => {
      const priceMove = Math.max(-0.6, Math.min(0.6, 0.04 * normal()));
      const volatility = { change: -0.4 * priceMove + 0.02 * normal(), mode: "absolute" as const, floor: 0.05 };
      return { id: `${day}`, label: `day ${day}`, priceMove, volatility };
    }),
  }));
}

/** Total profit a day, the worst days, and every position on them. */
function withTail(sets: readonly ScenarioSet[], held: readonly HeldInstrument[], profits: ProfitsBySet) {
  const total = new Float64Array(days);
  for (const groups of profits.values()) {
    for (const [currency, values] of groups) {
      const usd = currency === "BTC" ? 91_000 : 3_100;
      for (let day = 0; day < days; day++) total[day] = (total[day] as number) + usd * (values[day] as number);
    }
  }
  const worst = Array.from(total.keys())
    .sort((a, b) => (total[a] as number) - (total[b] as number) || a - b)
    .slice(0, tail);
  return { total, worst, cubes: sets.map((set) => cubeOf(set, worst, held, bestKernel())) };
}

/** Against sums over whole cubes, and the tail's values against them; relative to gross notional. */
function errorOf(
  sets: readonly ScenarioSet[],
  held: readonly HeldInstrument[],
  { total, worst, cubes }: ReturnType<typeof withTail>,
): number {
  const usdOf = (currency: string): number => (currency === "BTC" ? 91_000 : 3_100);
  const expected = new Float64Array(days);
  for (const [at, set] of sets.entries()) {
    const { rowOf, values } = buildCube(set, held, bestKernel());
    const part = cubes[at];
    for (const { instrument, quantity } of held) {
      const row = rowOf.get(instrument.id);
      if (row === undefined) continue;
      const weight = usdOf(instrument.settlement) * quantity;
      for (let day = 0; day < days; day++)
        expected[day] = (expected[day] as number) + weight * (values[row * days + day] as number);
      worst.forEach((day, i) => {
        const inTail = part?.values[(part.rowOf.get(instrument.id) ?? Number.NaN) * worst.length + i];
        if (inTail !== values[row * days + day]) throw new Error("the tail has other values than the whole cube");
      });
    }
  }
  const gross = held.reduce(
    (sum, { quantity, instrument }) => sum + Math.abs(quantity) * usdOf(instrument.settlement),
    0,
  );
  return (
    total.reduce((worstYet, value, day) => Math.max(worstYet, Math.abs(value - (expected[day] as number))), 0) / gross
  );
}
