import { type BlockExecutor, bestKernel } from "../../core/revaluation/index.ts";
import { backtestTrial } from "./backtest-trial.ts";
import { hedgeTrial } from "./hedge-trial.ts";
import { jointTrial } from "./joint-trial.ts";
import { reverseStressTrial } from "./reverse-stress-trial.ts";
import { shapleyTrial } from "./shapley-trial.ts";
import { stressTrial } from "./stress-trial.ts";
import { surfaceTrial } from "./surface-trial.ts";
import { whatIfLegs } from "./what-if-legs-trial.ts";
import { whatIfSurface, whatIfTogether, whatIfTotals } from "./what-if-trials.ts";

/** A workload of the product itself, from a request with its inputs at hand to the result. */
export interface ProductTrial {
  readonly workload: string;
  readonly cells: number;
  readonly measure: () => Promise<
    readonly {
      readonly peer: string;
      readonly times: readonly number[];
      readonly cpu?: readonly number[];
      readonly err: number;
    }[]
  >;
}

export function productTrials(pool: BlockExecutor): readonly ProductTrial[] {
  const kernel = bestKernel().name;
  return [
    surfaceTrial(1_000, 41, pool),
    surfaceTrial(2_000, 41, pool),
    surfaceTrial(10_000, 41, pool),
    whatIfTotals(10_000, kernel),
    whatIfLegs(10_000, kernel),
    whatIfSurface(10_000, pool),
    whatIfTogether(10_000, pool),
    jointTrial(pool),
    backtestTrial(),
    shapleyTrial("deribit-portfolio"),
    shapleyTrial("okx-portfolio"),
    stressTrial(pool),
    hedgeTrial(),
    reverseStressTrial(),
  ];
}
