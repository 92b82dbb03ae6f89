import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import { horizonChanges, horizonSums, squareRootOfTime } from "../../../core/measure/index.ts";
import { refusalIn, unwrapped } from "../result-value.ts";

describe("horizons", () => {
  const levels = Float64Array.from({ length: 12 }, (_, i) => 100 * 1.01 ** i + (i % 3));
  it("overlapping log windows are the sums of the daily ones", () => {
    const daily = unwrapped(horizonChanges(levels, 1, "log", "overlap"));
    const windows = unwrapped(horizonChanges(levels, 4, "log", "overlap"));
    const sums = unwrapped(horizonSums(daily.changes, 4, "overlap"));
    expect(windows.changes).toHaveLength(8);
    windows.changes.forEach((change, i) => {
      expect(sums.changes[i]).toBeCloseTo(change, 14);
    });
    expect(windows.warning).toBe("8 overlapping windows of 4 are worth about 2 observations");
    expect(daily.warning).toBeUndefined();
  });
  it("windows end to end finish at the newest level", () => {
    const { changes, endIndices, effectiveObservations, warning } = unwrapped(
      horizonChanges(levels, 4, "absolute", "nonoverlap"),
    );
    expect([...endIndices]).toEqual([7, 11]);
    expect(changes[1]).toBeCloseTo((levels[11] ?? 0) - (levels[7] ?? 0), 12);
    expect([effectiveObservations, warning]).toEqual([2, undefined]);
  });
  it("takes negative prices by absolute changes only", () => {
    const oil = Float64Array.of(20, 10, -37, 5);
    expect([...unwrapped(horizonChanges(oil, 1, "absolute", "overlap")).changes]).toEqual([-10, -47, 42]);
    expect(refusalIn(horizonChanges(oil, 1, "relative", "overlap"))).toContain("level 3 is -37");
  });
  it("refuses too few levels by the number needed", () => {
    expect(refusalIn(horizonChanges(levels, 12, "log", "overlap"))).toContain("at least 13 observations; found 12");
    expect(() => horizonSums(levels, 0.5, "overlap")).toThrow(DomainError);
  });
  it("warns when an option book is scaled by the root of time", () => {
    expect(squareRootOfTime(10, 4, false)).toEqual({ value: 20, factor: 2 });
    expect(squareRootOfTime(10, 4, true).warning).toContain("reprice under the 4-step shock");
    expect(squareRootOfTime(10, 1, true).warning).toBeUndefined();
    expect(() => squareRootOfTime(10, 0, false)).toThrow(DomainError);
  });
});
