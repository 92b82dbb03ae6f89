import { type HedgeProgram, type LinearSolver, solveHedge, usualLimits } from "../../core/analysis/index.ts";
import { highsSolver } from "../../core/host/solver/highs-solver.ts";
import { randomStream } from "../../core/measure/index.ts";
import { repeatedly } from "./measure.ts";
import type { ProductTrial } from "./product-trials.ts";

const scenarios = 35;
const instruments = 200;

/** A minimum-margin hedge of 35 scenarios and 200 instruments, any size; checked by its own dual bound. */
export function hedgeTrial(): ProductTrial {
  return {
    workload: `hedge-lp-${scenarios}x${instruments}`,
    cells: scenarios * instruments,
    async measure() {
      const solver: LinearSolver = await highsSolver();
      const program = drawnProgram();
      let err = 0;
      const measured = await repeatedly(20, () => {
        const { status, plan } = solveHedge(program, solver, usualLimits);
        if (status !== "optimal" || plan === undefined) throw new Error(`the hedge ended ${status}`);
        // Ties are broken by a millionth of notional: the bound holds them too.
        const tie =
          1e-6 * plan.quantities.reduce((total, quantity, k) => total + Math.abs(quantity) * notionalOf(program, k), 0);
        err = Math.max(err, Math.abs(plan.objective + tie - plan.bound) / plan.bound);
      });
      return [{ peer: solver.name, ...measured, err }];
    },
  };
}

function notionalOf({ instruments: all }: HedgeProgram, k: number): number {
  return all[k]?.notional ?? 0;
}

function drawnProgram(): HedgeProgram {
  const random = randomStream(11);
  const around = (scale: number): number => scale * (2 * random.next() - 1);
  return {
    instruments: Array.from({ length: instruments }, (_, k) => ({
      ...{ name: `I${k}`, mostBought: 20, mostSold: 20, cost: 20 + 100 * random.next(), lot: 0.1, notional: 60_000 },
    })),
    margin: {
      ...{ kind: "worst", label: "matrix" },
      rows: Array.from({ length: scenarios }, (_, s) => ({
        ...{ id: String(s), label: String(s), profit: around(150_000) },
        unitProfits: Float64Array.from({ length: instruments }, () => around(8_000)),
      })),
    },
    ...{ marginWeight: 0.02, limits: [], whole: false },
  };
}
