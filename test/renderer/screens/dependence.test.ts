import { describe, expect, it } from "vitest";
import type { Dependence } from "../../../renderer/client/stress.ts";
import { clusterRows, dependenceSentence } from "../../../renderer/screens/dependence/dependence-rows.ts";

describe("the answer about diversification", () => {
  const relief = (standAloneUsd: number, jointUsd: number) => ({
    standAloneUsd,
    jointUsd,
    reliefUsd: standAloneUsd - jointUsd,
  });
  const answer = (whole: object) =>
    ({
      ...{ relief: whole, clusters: [{ underlyings: ["BTC", "ETH"], ...relief(9, 6) }], acrossClusters: relief(8, 7) },
      rows: [{ kind: "one-factor", share: 1, reliefLost: 0.8, emulatedMarginUsd: 95 }],
    }) as unknown as Dependence;

  it("says what offsets save and what goes when all moves as one", () => {
    expect(dependenceSentence(answer(relief(100, 75)))).toBe(
      "Offsets between underlyings save 25 USD of initial margin (25.0 %). If all factors moved as one, 80 % of the diversification of the book's expected shortfall would be gone: the margin would be about 95 USD.",
    );
    expect(dependenceSentence(answer(relief(100, 100)))).toMatch(/^The method nets nothing between underlyings/);
  });

  it("puts what joins the clusters below them", () => {
    expect(clusterRows(answer(relief(100, 75))).map(({ underlyings }) => underlyings)).toEqual([
      ["BTC", "ETH"],
      ["between clusters"],
    ]);
  });
});
