import { describe, expect, it } from "vitest";
import {
  apartRows,
  binomialAtLeast,
  binomialAtMost,
  blockBootstrapCoverage,
  type CoverageSeries,
  checkedSeries,
  coverageOf,
  exceptionsOf,
  hitsOf,
} from "../../../core/validation/index.ts";
import { near } from "./near.ts";
import { daysFrom, normalSeries, start } from "./series.ts";

const series: CoverageSeries = {
  ...{ label: "house", unit: "USD", timesMs: daysFrom(5), confidence: 0.99, horizon: 1 },
  losses: [50, -30, 120, 100, 300],
  margins: [100, 100, 100, 100, 0],
  drivers: ["", "", "BTC fell", "", "ETH fell"],
  runIds: ["", "", "run-3", "", ""],
};

describe("coverageOf", () => {
  it("covers a loss equal to the margin, counts and values the rest", () => {
    expect(coverageOf(series)).toEqual({
      ...{ observations: 5, exceptions: 2, inCount: 0.6, target: 0.99, meetsTarget: false, meanMargin: 80 },
      // 50 + 100 + 100 of 570
      inValue: 250 / 570,
      ...{ meanShortfall: 160, largestShortfall: 300, largestShortfallOfMargin: 0.2 },
    });
  });

  it("has no shortfall without an exception and no value without a loss", () => {
    const calm = coverageOf({ ...series, losses: [-1, -1, -1, -1, -1] });
    expect(calm).toMatchObject({ exceptions: 0, inCount: 1, meetsTarget: true });
    expect(calm).not.toHaveProperty("inValue");
    expect(calm).not.toHaveProperty("meanShortfall");
  });
});

describe("exceptionsOf", () => {
  it("lists date, loss, margin, shortfall, main driver and run", () => {
    expect(exceptionsOf(series)).toEqual([
      {
        ...{ row: 2, timeMs: start + 2 * 86_400_000, loss: 120, margin: 100, shortfall: 20 },
        ...{ driver: "BTC fell", runId: "run-3" },
      },
      { row: 4, timeMs: start + 4 * 86_400_000, loss: 300, margin: 0, shortfall: 300, driver: "ETH fell" },
    ]);
  });
});

describe("checkedSeries", () => {
  const refused: readonly [string, Partial<CoverageSeries>, string][] = [
    ["no rows", { timesMs: [] }, "has no rows"],
    ["a negative margin", { margins: [1, 2, -3, 4, 5] }, "column margins, row 3: -3; expected 0 or more"],
    ["a loss that is no number", { losses: [1, Number.NaN, 3, 4, 5] }, "column losses, row 2: NaN"],
    ["a short column", { expectedShortfall: [1, 2] }, "column expectedShortfall has 2 rows and the times have 5"],
    ["a shortfall of 0", { expectedShortfall: [1, 1, 1, 1, 0] }, "expectedShortfall, row 5: 0; expected above 0"],
    ["a tail probability above 1", { tailProbabilities: [0, 1, 2, 0, 0] }, "expected a probability from 0 to 1"],
    ["times that go back", { timesMs: [0, 2, 1, 3, 4] }, "row 3: 1970-01-01 00:00:00Z does not follow"],
    ["a confidence in percent", { confidence: 99 }, "confidence 99: expected a fraction"],
    ["half a row of horizon", { horizon: 1.5 }, "horizon 1.5: expected whole rows"],
  ];
  it.each(refused)("refuses %s and says where", (_, change, words) => {
    const result = checkedSeries({ ...series, ...change });
    expect(result.ok ? "" : result.failure.message).toContain(words);
  });

  it("takes what keeps the rules", () => expect(checkedSeries(normalSeries(300)).ok).toBe(true));
});

describe("overlapping close-out periods", () => {
  // a shock that lasts five rows makes runs of five exceptions
  const overlapping: CoverageSeries = {
    ...normalSeries(1000, 3),
    horizon: 5,
    losses: Array.from({ length: 1000 }, (_, row) => ([100, 420, 760].includes(row - (row % 5)) ? 9000 : 0)),
  };

  it("keeps every h-th row with all columns", () => {
    const apart = apartRows(overlapping);
    expect(apart.timesMs).toHaveLength(200);
    expect(apart.timesMs[1]).toBe(overlapping.timesMs[5]);
    expect(apart.drivers?.[1]).toBe(overlapping.drivers?.[5]);
    expect(hitsOf(apart).filter((hit) => hit === 1)).toHaveLength(3);
  });

  it("the block bootstrap is not misled by runs of exceptions as single rows are", () => {
    const hits = hitsOf(overlapping);
    const exceptions = hits.reduce((total, hit) => total + hit, 0);
    expect(exceptions).toBe(15);
    const blocks = blockBootstrapCoverage(hits, 0.01, { block: 10, seed: 2 });
    const rows = blockBootstrapCoverage(hits, 0.01, { block: 1, seed: 2 });
    expect(blocks.pValue ?? 0).toBeGreaterThan((rows.pValue ?? 0) + 0.1);
    // single rows scatter as a binomial number at the observed share
    const scatter = binomialAtMost(10, 1000, exceptions / 1000) + binomialAtLeast(20, 1000, exceptions / 1000);
    near(rows.pValue, scatter, 0.015);
    expect(blocks.distribution).toContain("blocks of 10 rows, seed 2");
  });

  it("has nothing to resample without an exception", () => {
    expect(blockBootstrapCoverage([0, 0, 0], 0.01, { block: 1 }).decision).toBe("not testable");
  });

  it("the critical value parts p-values at the level", () => {
    const hits = hitsOf(overlapping);
    const outcome = blockBootstrapCoverage(hits, 0.05, { block: 10, seed: 2 });
    expect(outcome.decision).toBe("reject");
    expect(outcome.statistic ?? 0).toBeGreaterThan(outcome.criticalValue ?? Number.POSITIVE_INFINITY);
  });
});
