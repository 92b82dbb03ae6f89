import { describe, expect, it } from "vitest";
import { offsetTotals } from "../../../core/methodology/risk-based-customer/group-profits.ts";
import { pointMoves } from "../../../core/methodology/risk-based-customer/points.ts";

describe("offsetTotals", () => {
  it("gives the point totals of two index class groups offset by 90 %", () => {
    const a = [-100, -80, -60, -40, -20, 20, 40, 60, 80, 100];
    const b = [90, 72, 54, 36, 18, -18, -36, -54, -72, -90];
    const totals = offsetTotals([{ totals: a }, { totals: b }], 0.9, 10);
    const capped = totals.map((total) => Math.min(0, total));
    [-19, -15.2, -11.4, -7.6, -3.8, 0, 0, 0, 0, 0].forEach((expected, k) => {
      expect(capped[k]).toBeCloseTo(expected, 9);
    });
    expect(-Math.min(...totals)).toBeCloseTo(19, 9);
    expect(-Math.min(...a) - Math.min(...b)).toBe(190);
  });
  it("leaves a class group on its own as it is, gains included", () => {
    expect(offsetTotals([{ totals: [5, -3] }], 0, 2)).toEqual([5, -3]);
  });
});

describe("pointMoves", () => {
  it("are the ten points of the document", () => {
    const points = { perSide: 5, layout: "by-side" } as const;
    expect(pointMoves({ down: -0.08, up: 0.06 }, points, 1)).toEqual([
      ...[-0.08, -0.064, -0.048, -0.032, -0.016],
      ...[0.012, 0.024, 0.036, 0.048, 0.06],
    ]);
    expect(pointMoves({ down: -0.15, up: 0.15 }, points, 2)[0]).toBe(-0.3);
    expect(pointMoves({ down: -0.15, up: 0.15 }, { ...points, layout: "equal-steps" }, 1)[1]).toBeCloseTo(
      -0.35 / 3,
      12,
    );
  });
  it("never fall to a price of 0", () => {
    expect(pointMoves({ down: -0.6, up: 0.6 }, { perSide: 5, layout: "by-side" }, 3)[0]).toBe(-0.99);
  });
});
