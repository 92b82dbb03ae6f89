import { describe, expect, it } from "vitest";
import { conventionsOf, windowOf } from "../../../renderer/app/conventions.ts";
import { hasUnequalWeights, isRanked, movesText, rankedRows } from "../../../renderer/screens/matrix/ranked.ts";
import {
  decompositionCsv,
  sectionsOf,
  splitRows,
  sumCheck,
} from "../../../renderer/screens/statement/decomposition-rows.ts";
import { totalFigures } from "../../../renderer/screens/summary/summary-figures.ts";
import { bitcoin, smallResult } from "./small-result.ts";
import { components, tailAccount, tailMatrix, tailResult, tailScenarios } from "./tail.ts";

describe("ranked scenarios", () => {
  it("are told from a grid of prices and volatilities", () => {
    expect(isRanked(tailMatrix)).toBe(true);
    expect(bitcoin.matrices.map(isRanked)).toEqual([false]);
    expect(isRanked({ ...tailMatrix, cells: [] })).toBe(false);
  });
  it("keep their order and have the weights of the measure", () =>
    expect(
      rankedRows(tailMatrix, tailAccount).map(({ rank, scenario, weight, binds }) => [rank, scenario, weight, binds]),
    )
      // the third scenario is outside the tail
      .toEqual([
        [1, "2026-02-05", 0.75, false],
        [2, "2025-08-13", 0.25, true],
        [3, "2026-01-20", undefined, false],
      ]));
  it("show weights only where they differ; the last of a tail mean counts in part", () => {
    const rows = rankedRows(tailMatrix, tailAccount);
    const weighted = (...weights: number[]) =>
      weights.map((weight, place) => ({ ...rows[place], weight }) as (typeof rows)[number]);
    expect(hasUnequalWeights(weighted(0.4, 0.4, 0.2))).toBe(false);
    expect(hasUnequalWeights(weighted(0.5, 0.3, 0.2))).toBe(true);
    expect(hasUnequalWeights([])).toBe(false);
  });
  it("write moves with a minus sign, and leave dates alone", () => {
    expect(rankedRows(tailMatrix, tailAccount)[0]?.moves).toBe("BTC −10 %, ETH +2.5 %");
    expect(movesText("2026-02-05: BTC -18.6 %")).toBe("2026-02-05: BTC −18.6 %");
  });
  it("are no worst scenario in the summary: others lose more", () => {
    expect(totalFigures(tailResult).worst.map(({ scenarioId, ranked }) => [scenarioId, ranked])).toEqual([
      ["2025-08-13", true],
    ]);
    expect(totalFigures(smallResult()).worst.map(({ ranked }) => ranked)).toEqual([false]);
  });
});

describe("decompositions", () => {
  it("stand worst first as scenarios and by size as components", () => {
    expect(splitRows(tailScenarios).map(({ contribution, share }) => [contribution, share])).toEqual([
      [225, 225 / 275],
      [50, 50 / 275],
    ]);
    expect(splitRows(components).map(({ label, contribution }) => [label, contribution])).toEqual([
      ["short call", 300],
      ["hedge", -25],
    ]);
  });
  it("say whether their sum is the measure", () => {
    expect(sumCheck(tailScenarios)).toEqual({
      verdict: "equal",
      text: "Σ weight × loss 275.00 USD = the measure",
    });
    expect(sumCheck({ ...components, sum: 274 }).verdict).toBe("different");
    expect(sumCheck({ ...components, sum: 275 + 1e-10 }).verdict).toBe("equal");
    expect(sumCheck({ ...components, sums: false, sum: 100 })).toEqual({
      verdict: "not-additive",
      text: "Sum 100.00 USD; need not be the measure 275.00 USD",
    });
  });
  it("have no share of a measure they do not add up to, or of none", () => {
    expect(splitRows({ ...components, sums: false }).map(({ share }) => share)).toEqual([undefined, undefined]);
    expect(splitRows({ ...components, measure: 0 }).map(({ share }) => share)).toEqual([undefined, undefined]);
  });
  it("are exported together, one row an entry", () => {
    const { header, rows } = decompositionCsv(sectionsOf(tailResult));
    expect(rows.map((row) => row[header.indexOf("decomposition")])).toEqual([
      tailScenarios.id,
      tailScenarios.id,
      components.id,
      components.id,
    ]);
    for (const row of rows) expect(row).toHaveLength(header.length);
    expect(sectionsOf(smallResult())).toEqual([]);
    expect(sectionsOf(undefined)).toEqual([]);
  });
});

describe("conventions of a measure", () => {
  it("are the inputs of its line without the losses of single scenarios", () => {
    const [first, ...others] = conventionsOf(tailResult);
    expect(others).toEqual([]);
    expect(first && [first.lineId, windowOf(first)]).toEqual(["cross/initial/measure", "2024-11-20 to 2026-11-19"]);
    expect(first?.inputs.map(({ label }) => label)).toEqual(["confidence", "from", "to", "standard error of ES"]);
  });
  it("are none of a method without a history", () => expect(conventionsOf(smallResult())).toEqual([]));
});
