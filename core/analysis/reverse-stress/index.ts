export {
  linearReverseStress,
  type MostPlausibleMove,
  type QuadraticReverseStress,
  quadraticReverseStress,
} from "./closed-form.ts";
export { type FactorModel, type FactorModelChoice, factorModel, type StressFactor } from "./factor-model.ts";
export { factorRoot, moveOf, pointOf } from "./factor-root.ts";
export { firstCrossing } from "./first-crossing.ts";
export type { LadderRung } from "./ladder.ts";
export type { UnderlyingLoss } from "./loss-split.ts";
export type { MarketLevel } from "./market-levels.ts";
export { type BookMover, bookMover, type UnderlyingShock } from "./moved-book.ts";
export { type MovedRun, movedRun, type StressMarks } from "./moved-run.ts";
export { nearestFailures } from "./nearest-failures.ts";
export type { PairStress, ReverseStress, ReverseStressSettings } from "./reverse-stress.ts";
export {
  type ReverseStressResult,
  type ReverseStressRun,
  runReverseStress,
} from "./run-reverse-stress.ts";
export { type FactorMove, type StressSolution, shocksOf } from "./stress-solution.ts";
export { goalMeter, type StressGoal, type StressState } from "./stress-state.ts";
