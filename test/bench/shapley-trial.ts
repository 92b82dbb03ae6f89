import { type AttributionRun, runAttribution } from "../../core/explain/index.ts";
import { bestKernel } from "../../core/revaluation/index.ts";
import { repeatedly } from "./measure.ts";
import { productBook, shippedRules } from "./product-book.ts";
import type { ProductTrial } from "./product-trials.ts";

const legs = 2_000;
const groups = 10;

/** Shapley values of ten groups of a book: 1,024 coalitions, each charged in full. Groups cut through every expiry. */
export function shapleyTrial(methodology: string): ProductTrial {
  return {
    workload: `shapley-${groups}x${legs} ${methodology}`,
    cells: 2 ** groups,
    async measure() {
      const { portfolio, market } = productBook(legs);
      const positions = portfolio.positions.map((position, at) => ({ ...position, tag: `group ${at % groups}` }));
      const run: AttributionRun = {
        ...{ portfolio: { ...portfolio, positions }, market, ...shippedRules(methodology) },
        ...{ grouping: "tag", requirement: "initial", kinds: ["shapley"] },
        shapley: { seed: 1, tolerance: 0 },
      };
      let err = 0;
      const measured = await repeatedly(3, async () => {
        const found = await runAttribution(run);
        if (!found.ok) throw new Error(found.failure.message);
        const [split] = found.value.splits;
        if (split?.how !== "exact: all 1,024 coalitions") throw new Error(`not exact: ${split?.how}`);
        err = Math.max(err, Math.abs(split.difference) / found.value.total);
      });
      return [{ peer: `${bestKernel().name}, 1 thread`, ...measured, err }];
    },
  };
}
