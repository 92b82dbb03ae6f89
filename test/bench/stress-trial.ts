import { runStress, type StressColumnRequest, type StressRun } from "../../core/analysis/index.ts";
import { success } from "../../core/base/index.ts";
import { mappedBook } from "../../core/explain/index.ts";
import { type BlockExecutor, bestKernel } from "../../core/revaluation/index.ts";
import { type StressScenario, type StressShock, stressScenario } from "../../core/scenario/index.ts";
import { repeatedly } from "./measure.ts";
import { type ProductBook, productBook, shippedRules } from "./product-book.ts";
import type { ProductTrial } from "./product-trials.ts";
import { draws } from "./synthetic-inputs.ts";

const legs = 2_000;
const scenarios = 200;
const methods = [
  ...["deribit-portfolio", "deribit-cross-portfolio", "okx-portfolio"],
  ...["bybit-portfolio", "derive-portfolio-2", "paradex-portfolio"],
];

/** A stress run of 200 scenarios under six portfolio margins, of a book of 2,000 legs in the instruments of each venue. */
export function stressTrial(pool: BlockExecutor): ProductTrial {
  return {
    workload: "stress-run",
    cells: legs * scenarios * methods.length,
    async measure() {
      const book = productBook(legs);
      const kernel = bestKernel().name;
      const again = columnsOf(book, methods);
      const one = await run(again);
      const many = await run(again, pool);
      const err = difference(one, many);
      if (err !== 0) throw new Error("threads give another stress run");
      // A book of its own for each: nothing of an earlier run is taken.
      const fresh = Array.from({ length: 6 }, () => columnsOf({ ...book, portfolio: { ...book.portfolio } }, methods));
      let next = 0;
      const first = await repeatedly(3, () => run(fresh[next++] ?? again));
      const firstPooled = await repeatedly(3, () => run(fresh[next++] ?? again, pool));
      const alone = await repeatedly(5, () => run(again));
      const pooled = await repeatedly(7, () => run(again, pool));
      const rows = [
        { peer: `${kernel}, 1 thread, first run of a book`, ...first, err },
        { peer: `${kernel}, ${pool.name}, first run of a book`, ...firstPooled, err },
        { peer: `${kernel}, 1 thread`, ...alone, err },
        { peer: `${kernel}, ${pool.name}`, ...pooled, err },
      ];
      for (const id of methods) {
        const own = columnsOf(book, [id]);
        await run(own);
        rows.push({ peer: `${kernel}, 1 thread, ${id}`, ...(await repeatedly(3, () => run(own))), err });
      }
      return rows;
    },
  };
}

export function columnsOf({ portfolio, market }: ProductBook, ids: readonly string[]): readonly StressColumnRequest[] {
  return ids.map((id) => {
    const { methodology, rules } = shippedRules(id);
    const mapped = mappedBook(portfolio, market, methodology.venue);
    const { title, venue } = methodology;
    const inputs = { portfolio: mapped.portfolio, market: mapped.market };
    return {
      ...{ label: id, methodology: { id, title, venue }, mappings: mapped.mappings, leftOut: mapped.leftOut },
      run: success({ ...inputs, methodology, rules }),
    };
  });
}

export async function run(columns: readonly StressColumnRequest[], executor?: BlockExecutor): Promise<StressRun> {
  const result = await runStress({
    ...{ portfolioName: "synthetic", marketName: "synthetic", asOfMs: Date.UTC(2026, 0, 4, 9), columns, days: [0] },
    ...{ mode: "instant", scale: 1, parameters: "today", sets: [{ name: "drawn", scenarios: drawn }], executor },
  });
  if (!result.ok) throw new Error(result.failure.message);
  const failures = result.value.columns.flatMap(({ failure }) => failure ?? []);
  if (failures[0] !== undefined) throw new Error(failures[0].message);
  return result.value;
}

/** Nine of ten move prices, volatilities and the basis; every tenth also skew and near volatilities. */
const drawn: readonly StressScenario[] = Array.from({ length: scenarios }, (_, at) => {
  const { uniform } = draws(at + 1);
  const shocks: Partial<StressShock>[] = ["BTC", "ETH"].flatMap((factor) => [
    { kind: "price", factor, mode: "relative", amount: uniform() * 0.9 - 0.5 },
    { kind: "volatility", factor, mode: "relative", amount: uniform() * 1.5 - 0.3 },
    { kind: "basis", factor, amount: uniform() * 0.1 - 0.05 },
  ]);
  if (at % 10 === 0)
    shocks.push(
      { kind: "skew", factor: "BTC", amount: 0.1 },
      { kind: "volatility", factor: "ETH", mode: "absolute", amount: 0.2, tenor: { fromDays: 0, toDays: 14 } },
    );
  return stressScenario.parse({ id: `s${at}`, label: `Scenario ${at}`, shocks });
});

/** Largest difference of amounts after. */
function difference(one: StressRun, other: StressRun): number {
  return one.scenarios.reduce(
    (worst, { outcomes }, at) =>
      outcomes.reduce((most, { after, pnlUsd }, column) => {
        const there = other.scenarios[at]?.outcomes[column];
        const gap = Math.max(
          Math.abs(after.initialUsd - (there?.after.initialUsd ?? Number.NaN)),
          Math.abs(pnlUsd - (there?.pnlUsd ?? Number.NaN)),
        );
        return Math.max(most, gap);
      }, worst),
    0,
  );
}
