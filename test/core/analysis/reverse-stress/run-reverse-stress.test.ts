import { describe, expect, it } from "vitest";
import {
  bookMover,
  factorModel,
  factorRoot,
  firstCrossing,
  goalMeter,
  moveOf,
  type ReverseStressResult,
  type ReverseStressRun,
  runReverseStress,
  shocksOf,
} from "../../../../core/analysis/index.ts";
import { buildBook, underRules } from "../../../../core/margin/index.ts";
import { normalQuantile, randomStream } from "../../../../core/measure/index.ts";
import { bestKernel } from "../../../../core/revaluation/index.ts";
import { unwrapped } from "../../result-value.ts";
import { tinyMethodology, tinyRules } from "../tiny-methodology.ts";
import { manyUnderlyings, statedCovariance } from "./many-underlyings.ts";

const settings = { mostDeviations: 8, solutions: 3, mostPairs: 3, randomStarts: 8, seed: 1 };
const few = ["U0", "U1", "U2"];

function runOf(names: readonly string[], equity = 3000, changes: Partial<ReverseStressRun> = {}): ReverseStressRun {
  return {
    ...{ ...manyUnderlyings(names), methodology: tinyMethodology, rules: tinyRules },
    ...{ goal: { kind: "maintenance" }, covariance: statedCovariance(names), settings },
    balances: [{ currency: "USDC", equity }],
    ...changes,
  };
}

async function stress(...asked: Parameters<typeof runOf>): Promise<ReverseStressResult> {
  return unwrapped(await runReverseStress(runOf(...asked)));
}

/** What is left to the goal of a run at logarithmic moves of its factors, and the model of these. */
function measured(run: ReverseStressRun) {
  const under = unwrapped(underRules(run.methodology, run.rules));
  const { book } = unwrapped(buildBook({ ...run, methodology: under }));
  const mover = bookMover(book, under, bestKernel());
  const model = unwrapped(factorModel(mover.underlyings, run.covariance, run.history, run.market.asOfMs));
  const meter = unwrapped(goalMeter(mover, run.goal));
  return { model, left: (move: Float64Array) => meter.left({ shocks: shocksOf(model.factors, move) }) };
}

describe("runReverseStress", () => {
  it("stands at the boundary: what is left is 0 to a billionth of what was left", async () => {
    for (const kind of ["maintenance", "initial"] as const) {
      const found = await stress(few, 3000, { goal: { kind } });
      expect(found.solutions.length).toBeGreaterThan(0);
      for (const { state, width, norm } of found.solutions) {
        expect(Math.abs(state.leftUsd)).toBeLessThanOrEqual(1e-9 * found.now.leftUsd);
        expect(width).toBeLessThanOrEqual(1e-7);
        expect(norm).toBeGreaterThan(0);
      }
      const { marginBalanceUsd = Number.NaN, maintenanceUsd } = found.solutions[0]?.state ?? { maintenanceUsd: 0 };
      if (kind === "maintenance") expect(marginBalanceUsd - maintenanceUsd).toBeCloseTo(0, 4);
    }
  });

  it("is not beaten by any of 400 random directions", async () => {
    const run = runOf(few);
    const found = unwrapped(await runReverseStress(run));
    const { model, left } = measured(run);
    const root = factorRoot(model.covariance);
    const stream = randomStream(7);
    const best = found.solutions[0]?.norm ?? Number.NaN;
    for (let turn = 0; turn < 400; turn++) {
      const point = Float64Array.from({ length: root.rank }, () => normalQuantile(stream.nextOpen()));
      const length = Math.hypot(...point);
      const along = (distance: number) =>
        left(
          moveOf(
            root,
            point.map((entry) => (entry * distance) / length),
          ),
        );
      const crossing = firstCrossing(along, { step: 0.1, most: best * 1.0001, tolerance: 0 });
      expect(crossing?.at ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(best * (1 - 1e-6));
    }
  });

  it("is not beaten by small turns of its own direction", async () => {
    const run = runOf(few);
    const found = unwrapped(await runReverseStress(run));
    const { model, left } = measured(run);
    const root = factorRoot(model.covariance);
    const stream = randomStream(11);
    const [nearest] = found.solutions;
    const move = Float64Array.from(nearest?.moves ?? [], ({ move }) => Math.log1p(move));
    const best = nearest?.norm ?? Number.NaN;
    for (let turn = 0; turn < 100; turn++) {
      const aside = moveOf(
        root,
        Float64Array.from({ length: root.rank }, () => 0.02 * normalQuantile(stream.nextOpen())),
      );
      const turned = move.map((entry, i) => entry + (aside[i] ?? 0));
      const norm = Math.hypot(...pointOfMove(turned));
      const scaled = turned.map((entry) => (entry * best * (1 - 1e-5)) / norm);
      expect(left(scaled)).toBeGreaterThan(0);
    }
    function pointOfMove(of: Float64Array): Float64Array {
      const { rank, size, values, variances } = root;
      return Float64Array.from({ length: rank }, (_, j) => {
        let total = 0;
        for (let i = 0; i < size; i++) total += (values[i * rank + j] ?? 0) * (of[i] ?? 0);
        return total / (variances[j] ?? 1);
      });
    }
  });

  it("is the closed form where the book is linear in the move, for small moves of perpetuals", async () => {
    const run = runOf(few, 3000, { goal: { kind: "loss", amountUsd: 1 } });
    const perpetuals = run.portfolio.positions.filter(({ instrument }) => instrument.kind === "perpetual");
    const found = unwrapped(
      await runReverseStress({
        ...run,
        portfolio: { ...run.portfolio, positions: perpetuals },
        covariance: pricesOnly(few),
      }),
    );
    expect(Math.abs((found.solutions[0]?.norm ?? 0) / (found.quadratic?.norm ?? 1) - 1)).toBeLessThan(1e-6);
    found.quadratic?.moves.forEach(({ move }, at) => {
      expect(Math.abs((found.solutions[0]?.moves[at]?.move ?? 0) - move)).toBeLessThan(1e-7);
    });
  });

  it("finds both sides of a symmetric book at the same norm", async () => {
    const names = ["U0"];
    const run = runOf(names, 3000, { goal: { kind: "loss", amountUsd: 40 }, covariance: pricesOnly(names) });
    // Equal short gamma on both sides: short call and put of one strike, hedged at the money by their own delta.
    const options = run.portfolio.positions.filter(({ instrument }) => instrument.kind === "option");
    const found = unwrapped(
      await runReverseStress({
        ...run,
        portfolio: { ...run.portfolio, positions: options.map((p) => ({ ...p, quantity: -10 })) },
      }),
    );
    expect(found.solutions.length).toBe(2);
    expect(found.solutions.map(({ moves }) => Math.sign(moves[0]?.move ?? 0)).sort()).toEqual([-1, 1]);
    // One factor: the ladder is the same search.
    for (const { moves, norm } of found.solutions) {
      const direction = (moves[0]?.move ?? 0) < 0 ? "down" : "up";
      const rung = found.ladder.find((one) => one.direction === direction);
      expect(Math.abs((rung?.reached?.deviations ?? 0) - norm)).toBeLessThan(1e-7);
    }
  });

  it("mirrors a mirrored book of perpetuals and covariance", async () => {
    const goal = { kind: "loss", amountUsd: 10 } as const;
    const answers = await Promise.all(
      [1, -1].map(async (sign) => {
        const run = runOf(few, 3000, { goal, covariance: pricesOnly(few) });
        const positions = run.portfolio.positions
          .filter(({ instrument }) => instrument.kind === "perpetual")
          .map((position) => ({ ...position, quantity: sign * position.quantity }));
        return unwrapped(await runReverseStress({ ...run, portfolio: { ...run.portfolio, positions } }));
      }),
    );
    const [long, short] = answers.map(({ solutions }) => solutions[0]);
    long?.moves.forEach(({ deviations }, at) => {
      expect(Math.abs(deviations + (short?.moves[at]?.deviations ?? Number.NaN))).toBeLessThan(0.01 * (long.norm ?? 1));
    });
  });

  it("splits the loss by underlying and factor without rest, and the norm into shares that add up to 1", async () => {
    const found = await stress(few);
    for (const { losses, state, moves } of found.solutions) {
      expect(losses.reduce((total, loss) => total + loss.total, 0)).toBeCloseTo(-state.pnlUsd, 6);
      for (const loss of losses) expect(loss.price + loss.volatility + loss.together).toBeCloseTo(loss.total, 9);
      expect(moves.reduce((total, { shareOfNorm }) => total + shareOfNorm, 0)).toBeCloseTo(1, 9);
    }
  });

  it("says that no move does it", async () => {
    const found = await stress(few, 1e9);
    expect(found.solutions).toEqual([]);
    expect(found.answer).toContain("no move within 8 standard deviations");
    expect(found.search.least.left).toBeGreaterThan(0);
    expect(found.ladder.every(({ reached }) => reached === undefined)).toBe(true);
  });

  it("says that the goal is reached already", async () => {
    const found = await stress(few, 1);
    expect(found.reachedNow).toBe(true);
    expect(found.solutions).toEqual([]);
  });

  it("answers the same bits twice, and others of another seed only in the search", async () => {
    const once = await stress(few);
    expect(await stress(few)).toEqual(once);
    const other = await stress(few, 3000, { settings: { ...settings, seed: 2 } });
    expect(Math.abs((other.solutions[0]?.norm ?? 0) - (once.solutions[0]?.norm ?? 1))).toBeLessThan(1e-5);
  });

  it("refuses a book without a balance, a correlation that is none, and a factor that is none", async () => {
    const run = runOf(few);
    const without = await runReverseStress({ ...run, portfolio: { ...run.portfolio, balances: [] }, balances: [] });
    expect(without).toMatchObject({ ok: false, failure: { reason: "missing-data" } });
    const stated = { from: "stated", horizonDays: 1, factors: [{ factor: "price:U0", deviation: 0.1 }] } as const;
    expect(await runReverseStress({ ...run, covariance: { ...stated, correlation: [[1, 0]] } })).toMatchObject({
      ok: false,
    });
    const strange = { ...stated, factors: [{ factor: "price:XX", deviation: 0.1 }], correlation: [[1]] };
    expect(await runReverseStress({ ...run, covariance: strange })).toMatchObject({
      ok: false,
      failure: { reason: "invalid-input" },
    });
    expect(
      await runReverseStress({
        ...run,
        covariance: { from: "history", horizonDays: 1, estimator: { kind: "equal", mean: "zero" } },
      }),
    ).toMatchObject({
      ok: false,
      failure: { reason: "missing-data" },
    });
  });

  it("answers for 20 factors", async () => {
    const names = Array.from({ length: 10 }, (_, at) => `U${at}`);
    const found = await stress(names, 30_000, { settings: { ...settings, mostPairs: 10 } });
    expect(found.factors.length).toBe(20);
    expect(found.solutions.length).toBeGreaterThan(0);
  });
});

function pricesOnly(names: readonly string[]): ReverseStressRun["covariance"] {
  const factors = names.map((name) => ({ factor: `price:${name}`, deviation: 0.08 }));
  const correlation = names.map((_, i) => names.map((__, j) => (i === j ? 1 : 0.7)));
  return { from: "stated", horizonDays: 2, factors, correlation };
}
