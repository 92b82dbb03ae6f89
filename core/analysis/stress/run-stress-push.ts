import { estimateNotice } from "../../base/format.ts";
import { failed, type Result, success, unwatched } from "../../base/index.ts";
import type { MarginRun } from "../../margin/index.ts";
import { chiSquareQuantile, rowsOfMatrix } from "../../measure/index.ts";
import { type FactorModel, type FactorModelChoice, factorModel } from "../reverse-stress/factor-model.ts";
import { factorRoot, pointOf } from "../reverse-stress/factor-root.ts";
import type { BookMover } from "../reverse-stress/moved-book.ts";
import { movedRun } from "../reverse-stress/moved-run.ts";
import { quadraticOfBook } from "../reverse-stress/quadratic-book.ts";
import { normOf, shocksOf } from "../reverse-stress/stress-solution.ts";
import { profitInUsd } from "../shocked-book.ts";
import { worstInEllipsoid } from "./ellipsoid-loss.ts";
import { factorPush, type Sides } from "./factor-push.ts";
import { stressAmounts } from "./stress-amounts.ts";
import type { LadderStep, PushedMove, StressPush } from "./stress-push-result.ts";

export interface StressPushRun extends Omit<MarginRun, "standAlone"> {
  readonly covariance: FactorModelChoice;
  /** Deviations each factor is pushed; > 0. */
  readonly push: number;
  /** At most so many. */
  readonly rounds: number;
  /** Deviations of the sensitivity ladder, both ways; > 0. */
  readonly ladder: readonly number[];
  /** Of the ellipsoid, in (0.5, 1). */
  readonly confidence: number;
}

/**
 * Factor push, sensitivity ladder and largest loss over an ellipsoid, of a book under a method. Pushes ignore correlation: the Mahalanobis norm
 * beside them says how far from the usual they are. Every move is a full revaluation with margin recomputed.
 *
 * @returns failures as in `runMargin`; `missing-data` without a covariance; `cancelled`
 */
export async function runStressPush(run: StressPushRun): Promise<Result<StressPush>> {
  const { history, market, work = unwatched, push, confidence } = run;
  const base = movedRun(run);
  if (!base.ok) return base;
  const { mover, marks } = base.value;
  const found = factorModel(mover.underlyings, run.covariance, history, market.asOfMs);
  if (!found.ok) return found;
  const model = found.value;
  const deviations = Float64Array.from(model.factors, ({ deviation }) => deviation);
  const profit = (move: Float64Array): number => {
    const moved = mover.moved({ shocks: shocksOf(model.factors, move) });
    return profitInUsd(moved.profits, moved.book.indices);
  };
  const moveOfSides = (sides: Sides): Float64Array =>
    deviations.map((deviation, at) => push * deviation * (sides[at] ?? 0));
  const sides = factorPush(model.factors.length, (one) => profit(moveOfSides(one)), run.rounds);
  await work.pause();
  const ladder: LadderStep[] = [];
  for (const [at, { factor }] of model.factors.entries()) {
    if (work.cancelled()) return failed("cancelled", "cancelled");
    work.progress(at, model.factors.length, "factors");
    for (const steps of [...run.ladder.map((step) => -step).reverse(), ...run.ladder]) {
      const move = new Float64Array(deviations.length);
      move[at] = steps * (deviations[at] ?? 0);
      const { pnlUsd, amounts } = pushedMove(mover, model, move);
      ladder.push({ factor, deviations: steps, move: Math.expm1(move[at] ?? 0), pnlUsd, amounts });
    }
    await work.pause();
  }
  const { deltas, gammas } = quadraticOfBook(model.factors, profit);
  const { rank } = factorRoot(model.covariance);
  const radius = Math.sqrt(chiSquareQuantile(confidence, rank));
  const worst = worstInEllipsoid(deltas, gammas, model.covariance, radius);
  const [first = new Float64Array(deviations.length), second] = worst.moves.map(({ shock }) => shock);
  const { correlation, horizonDays, source, notMoved } = model;
  return success({
    ...marks,
    ...{ push, factors: model.factors, correlation: rowsOfMatrix(correlation), horizonDays, notMoved },
    covarianceSource: source,
    before: pushedMove(mover, model, new Float64Array(deviations.length)).amounts,
    alone: sides.alone.map(({ down, up, side }, at) => ({
      ...{ factor: model.factors[at]?.factor ?? "", downPnlUsd: down, upPnlUsd: up },
      losing: side === 0 ? "none" : side < 0 ? "down" : "up",
    })),
    first: pushedMove(mover, model, moveOfSides(sides.first)),
    together: pushedMove(mover, model, moveOfSides(sides.last)),
    ...{ rounds: sides.rounds, settled: sides.settled, ladder },
    ellipsoid: {
      ...{ confidence, radius, lossUsd: worst.loss, worst: pushedMove(mover, model, first) },
      ...(second === undefined ? {} : { opposite: pushedMove(mover, model, second) }),
    },
    remarks: [...model.remarks, ...marks.remarks],
    synthetic: marks.synthetic || model.synthetic,
    notice: estimateNotice,
  });
}

/** A joint move revalued in full. */
function pushedMove(mover: BookMover, { factors, covariance }: FactorModel, move: Float64Array): PushedMove {
  const moved = mover.moved({ shocks: shocksOf(factors, move) });
  const { accounts } = mover.charge(moved, "amounts");
  return {
    factors: factors.map(({ factor, deviation }, at) => ({
      ...{ factor, move: Math.expm1(move[at] ?? 0), deviations: (move[at] ?? 0) / deviation },
    })),
    pnlUsd: profitInUsd(moved.profits, moved.book.indices),
    amounts: stressAmounts(accounts),
    norm: normOf(pointOf(factorRoot(covariance), move)),
  };
}
