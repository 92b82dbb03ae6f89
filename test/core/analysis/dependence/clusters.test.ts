import { describe, expect, it } from "vitest";
import {
  blends,
  correlationClusters,
  correlationOfDays,
  signsOfFirstComponent,
} from "../../../../core/analysis/index.ts";
import { matrixOfRows, type SquareMatrix, symmetricEigen } from "../../../../core/measure/index.ts";

function matrix(rows: readonly (readonly number[])[]): SquareMatrix {
  const found = matrixOfRows(rows);
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

const twoBlocks = matrix([
  [1, 0.9, 0.1, 0.2],
  [0.9, 1, 0.2, 0.1],
  [0.1, 0.2, 1, 0.8],
  [0.2, 0.1, 0.8, 1],
]);

describe("correlationClusters", () => {
  it("finds two blocks", () =>
    expect(correlationClusters(twoBlocks, 0.6)).toEqual([
      [0, 1],
      [2, 3],
    ]));
  it("joins all at the mean correlation between the blocks, 0.15, and none above 0.9", () => {
    expect(correlationClusters(twoBlocks, 0.15 - 1e-12)).toEqual([[0, 1, 2, 3]]);
    expect(correlationClusters(twoBlocks, 0.16).length).toBe(2);
    expect(correlationClusters(twoBlocks, 0.91).length).toBe(4);
  });
});

describe("blends", () => {
  it("keeps the signs of a volatility that rises when prices fall", () => {
    const smile = matrix([
      [1, 0.8, -0.5],
      [0.8, 1, -0.4],
      [-0.5, -0.4, 1],
    ]);
    const signs = signsOfFirstComponent(smile);
    expect(signs[0]).toBe(signs[1]);
    expect(signs[2]).toBe(-(signs[0] ?? 0));
  });
  it("are correlations: unit diagonal, no eigenvalue below 0", () => {
    const found = blends(twoBlocks, [0.3, 1], ["a", "a", "b", "b"]);
    expect(found.map(({ kind, share }) => `${kind} ${share}`)).toEqual([
      ...["one-factor 0.3", "one-factor 1", "clusters 0.3", "clusters 1", "independent 0.3", "independent 1"],
    ]);
    for (const { correlation } of found) {
      const { values } = symmetricEigen(correlation);
      expect(values[3]).toBeGreaterThanOrEqual(-1e-9);
      for (let i = 0; i < 4; i++) expect(correlation.values[5 * i]).toBe(1);
    }
  });
  it("moves every entry to 1 or −1 at 1, and to 0 for factors apart", () => {
    const found = blends(twoBlocks, [1], ["a", "a", "b", "b"]);
    const [one, inside, apart] = found;
    expect([...(one?.correlation.values ?? [])].every((entry) => Math.abs(entry) === 1)).toBe(true);
    expect(inside?.correlation.values[1]).toBe(1);
    // Sums of two standard normals each: (0.1 + 0.2 + 0.2 + 0.1)/√(3.8·3.6).
    expect(inside?.correlation.values[2]).toBeCloseTo(0.6 / Math.sqrt(3.8 * 3.6), 12);
    expect([...(apart?.correlation.values ?? [])].filter((entry) => entry === 0).length).toBe(12);
  });
});

describe("correlationOfDays", () => {
  it("says nothing without days", () =>
    expect(
      correlationOfDays({} as Parameters<typeof correlationOfDays>[0], [], { kind: "window", label: "" }),
    ).toBeUndefined());
});
