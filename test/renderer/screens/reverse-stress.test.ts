import { describe, expect, it } from "vitest";
import { stressScenario } from "../../../core/scenario/index.ts";
import type { ReverseStress, StressPush } from "../../../renderer/client/stress.ts";
import { reverseCsv } from "../../../renderer/screens/reverse-stress/reverse-rows.ts";
import { scenarioOf } from "../../../renderer/screens/reverse-stress/reverse-scenario.ts";
import {
  chance,
  plausibilityWords,
  pushSentence,
  reverseSentence,
} from "../../../renderer/screens/reverse-stress/reverse-words.ts";

const levels = [{ underlying: "BTC", price: 100_000, volatility: { level: 0.5, tenorDays: 30 } }];
const solution = {
  ...{
    norm: 2.9,
    chiSquareTail: 0.08,
    degrees: 4,
    halfSpaceProbability: 0.00187,
    width: 1e-9,
    quadraticPnlUsd: 0,
    losses: [],
  },
  moves: [
    { factor: "volatility:BTC", move: 0.22, deviations: 1, shareOfNorm: 0.1 },
    { factor: "price:BTC", move: -0.18, deviations: -2.8, shareOfNorm: 0.9 },
  ],
  state: { pnlUsd: -5, initialUsd: 3, maintenanceUsd: 2, account: "BTC", leftUsd: 0 },
};
const reverse = (change: object = {}) =>
  ({
    ...{
      goal: { kind: "maintenance" },
      reachedNow: false,
      horizonDays: 1,
      mostDeviations: 10,
      levels,
      solutions: [solution],
    },
    ...{
      factors: [{ factor: "price:BTC" }, { factor: "volatility:BTC" }],
      ladder: [],
      pairs: [],
      notMoved: [],
      remarks: [],
    },
    ...{ answer: "", covarianceSource: "history", ...change },
  }) as unknown as ReverseStress;

describe("the answer of a reverse stress", () => {
  it("names the move, largest factor first, with its level", () => {
    expect(reverseSentence(reverse())).toBe(
      "The smallest plausible move that triggers maintenance of account BTC is 2.90 standard deviations over 1 day: BTC −18.0 % (82,000 USD), BTC vol +22.0 %.",
    );
    expect(reverseSentence(reverse({ solutions: [], goal: { kind: "loss", amountUsd: 1e6 } }))).toBe(
      "No move up to 10 standard deviations loses 1,000,000 USD.",
    );
    expect(reverseSentence(reverse({ goal: { kind: "equity" } }))).toContain(
      "that takes the equity of account BTC to 0 is",
    );
    expect(reverseSentence(reverse({ reachedNow: true }))).toMatch(/there already/);
  });

  it("says how plausible it is, and that real tails are fatter", () => {
    const words = plausibilityWords(solution as unknown as ReverseStress["solutions"][number], 1);
    expect(words).toContain("0.19 % over 1 day (about once in 535 days)");
    expect(words).toContain("8.0 % (chi-square, 4 degrees of freedom)");
    expect(words).toMatch(/real tails are fatter\.$/);
    expect([chance(0.25), chance(3.2e-8), chance(0)]).toEqual(["25 %", "3.2e−8", "below 1e-300"]);
  });

  it("becomes a sound scenario of the library", () => {
    const scenario = scenarioOf(reverse({ methodology: "m", version: "1" }), solution as never);
    expect(stressScenario.safeParse(scenario).success).toBe(true);
    expect(scenario.shocks.map(({ kind, ...shock }) => [kind, "amount" in shock && shock.amount])).toEqual([
      ["volatility", 0.22],
      ["price", -0.18],
    ]);
    expect(scenario.note).toMatch(/^m 1\. The smallest plausible move that triggers maintenance/);
  });

  it("says what all losing sides together lose", () => {
    const move = (pnlUsd: number, norm: number) => ({ pnlUsd, norm, factors: [] });
    const push = {
      ...{ push: 3, settled: true, rounds: 1, together: move(-1_290_970, 6.39) },
      ellipsoid: { confidence: 0.99, radius: 3.644, worst: move(-1_323_944, 3.644) },
    } as unknown as StressPush;
    expect(pushSentence(push)).toBe(
      "All factors pushed 3 deviations to their losing sides lose 1,290,970 USD as a joint move that is 6.39 standard deviations away. Within 99 % of normal moves (3.64 deviations) the book can lose 1,323,944 USD.",
    );
    expect(pushSentence({ ...push, settled: false, rounds: 10 })).toContain("sides still changed after 10 rounds");
  });

  it("writes what was not found, too", () => {
    const ladder = [{ factor: "price:BTC", direction: "up", others: "alone" }];
    const { rows, header } = reverseCsv(reverse({ ladder }));
    expect(rows[0]?.slice(0, 3)).toEqual(["solution", "1", 2.9]);
    expect(rows[0]?.slice(-2)).toEqual([-0.18, 0.22]);
    expect(header.at(-1)).toBe("volatility:BTC (relative move)");
    expect(rows[1]).toEqual(["ladder", "price:BTC up, others alone: none within the bound"]);
  });
});
