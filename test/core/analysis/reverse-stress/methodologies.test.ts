import { describe, expect, it } from "vitest";
import { movedRun, type ReverseStressRun, runReverseStress } from "../../../../core/analysis/index.ts";
import { catalog } from "../../../../core/methodology/index.ts";
import { latestRules } from "../../methodology/run-case.ts";
import { market, portfolio } from "../sample-market.ts";

const covariance: ReverseStressRun["covariance"] = {
  from: "stated",
  horizonDays: 2,
  factors: [
    { factor: "price:BTC", deviation: 0.06 },
    { factor: "volatility:BTC", deviation: 0.12 },
    { factor: "price:SOL", deviation: 0.09 },
  ],
  correlation: [
    [1, -0.3, 0.7],
    [-0.3, 1, -0.2],
    [0.7, -0.2, 1],
  ],
};
const settings = { mostDeviations: 10, solutions: 2, mostPairs: 0, randomStarts: 0, seed: 1 };
/** Liquidation of every method; each goal of one whose accounts are segregated by coin. */
const goalsOf = (id: string) =>
  id === "deribit-portfolio" ? (["equity", "maintenance", "initial"] as const) : (["maintenance"] as const);

/** Coin-settled and dollar-settled positions; the price of the coin moves the equity held in it. */
const cases = [...catalog.values()].flatMap((methodology) => {
  const run = { portfolio, market, methodology, rules: latestRules(methodology), covariance, settings };
  return movedRun(run).ok
    ? goalsOf(methodology.id).map((kind) => ({ id: methodology.id, kind, run: { ...run, goal: { kind } } }))
    : [];
});

describe("runReverseStress of the methodologies that margin the sample book", () => {
  it("are nine at least", () => expect(new Set(cases.map(({ id }) => id)).size).toBeGreaterThanOrEqual(9));

  it.each(cases)("brings $id to $kind, or says that nothing does", async ({ run }) => {
    const found = await runReverseStress(run);
    if (!found.ok) {
      expect(found.failure.reason).toBe("missing-data");
      return;
    }
    const { solutions, answer, reachedNow, now, ladder } = found.value;
    if (reachedNow || solutions.length === 0) expect(answer).toMatch(/reached already|no move within/);
    for (const { state, norm, width } of solutions) {
      expect(norm).toBeLessThanOrEqual(10);
      // A margin that jumps is met at the far side of the jump; elsewhere nothing is left.
      expect(state.leftUsd).toBeLessThanOrEqual(1e-9 * now.leftUsd);
      expect(width).toBeLessThanOrEqual(1e-7 * norm + 1e-9);
      expect(state.account).toMatch(/^(BTC|ETH|SOL|USDC|USDT|USD|cross|account)$/);
    }
    // One factor with the others following is one ray among all: the joint answer is no farther.
    const nearest = solutions[0]?.norm ?? Number.POSITIVE_INFINITY;
    for (const { others, reached } of ladder)
      if (others === "following" && reached !== undefined)
        expect(nearest).toBeLessThanOrEqual(reached.norm * (1 + 1e-6));
    for (const { others, reached } of ladder)
      if (others === "alone" && reached !== undefined) expect(nearest).toBeLessThanOrEqual(reached.norm * (1 + 1e-6));
  });
});
