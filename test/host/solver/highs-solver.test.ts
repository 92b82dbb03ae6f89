import { describe, expect, it } from "vitest";
import { type LinearProgram, usualLimits } from "../../../core/analysis/index.ts";
import { highsSolver } from "../../../core/host/solver/highs-solver.ts";

const above = Number.POSITIVE_INFINITY;

/** min −3x − 5y, x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: Wyndor Glass, Hillier and Lieberman, Introduction to Operations Research, section 3.1. */
const glass: LinearProgram = {
  ...{
    columns: 2,
    rows: 3,
    cost: Float64Array.of(-3, -5),
    lower: new Float64Array(2),
    upper: Float64Array.of(above, above),
  },
  ...{ rowLower: new Float64Array(3).fill(-above), rowUpper: Float64Array.of(4, 12, 18) },
  ...{ starts: Int32Array.of(0, 2, 4), indices: Int32Array.of(0, 2, 1, 2), values: Float64Array.of(1, 3, 2, 2) },
};

const solver = await highsSolver();

describe("HiGHS", () => {
  it("is loaded once", async () => expect(await highsSolver()).toBe(solver));

  it("solves the textbook programme with its dual values", () => {
    const { status, solution } = solver.solve(glass, usualLimits);
    expect(status).toBe("optimal");
    expect(solution?.objective).toBeCloseTo(-36, 12);
    expect([...(solution?.values ?? [])]).toEqual([2, 6]);
    // Shadow prices 0, 3/2 and 1 of the book, signed for a minimum.
    solution?.rowDuals?.forEach((dual, row) => {
      expect(dual).toBeCloseTo(-([0, 1.5, 1][row] ?? Number.NaN), 12);
    });
  });

  it("keeps whole columns whole and states a bound", () => {
    const rowUpper = Float64Array.of(4, 11, 17);
    const { status, solution } = solver.solve({ ...glass, rowUpper, integer: Uint8Array.of(1, 1) }, usualLimits);
    expect(status).toBe("optimal");
    expect([...(solution?.values ?? [])]).toEqual([2, 5]);
    expect(solution?.objective).toBeCloseTo(-31, 9);
    expect(solution?.bound).toBeLessThanOrEqual(-31 + 1e-9);
    expect(solution?.rowDuals).toBeUndefined();
  });

  it("says infeasible and unbounded", () => {
    const rowLower = Float64Array.of(5, -above, -above);
    expect(solver.solve({ ...glass, rowLower, rowUpper: Float64Array.of(4, 12, 18) }, usualLimits).status).not.toBe(
      "optimal",
    );
    const contradictory = { ...glass, rowLower: Float64Array.of(3, -above, 20), rowUpper: Float64Array.of(4, 1, 21) };
    expect(solver.solve({ ...contradictory, upper: Float64Array.of(4, 1) }, usualLimits).status).toBe("infeasible");
    expect(solver.solve({ ...glass, rowUpper: new Float64Array(3).fill(above) }, usualLimits).status).toBe("unbounded");
  });

  it("gives the same bits twice", () => {
    expect(solver.solve(glass, usualLimits)).toEqual(solver.solve(glass, usualLimits));
  });
});
