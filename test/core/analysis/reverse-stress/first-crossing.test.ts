import { describe, expect, it } from "vitest";
import { firstCrossing } from "../../../../core/analysis/index.ts";

const search = { step: 0.5, most: 10, tolerance: 0 };

/** A function with the places it was asked at. */
function watched(value: (distance: number) => number) {
  const places: number[] = [];
  return {
    places,
    value: (distance: number) => {
      places.push(distance);
      return value(distance);
    },
  };
}

describe("firstCrossing", () => {
  it("takes long steps where nothing is lost, short ones near the boundary", () => {
    const [flat, falling] = [watched(() => 4), watched((distance) => 4 - 0.39 * distance)];
    expect(firstCrossing(flat.value, { ...search, longest: 2 })).toBeUndefined();
    expect(flat.places).toEqual([0, 2, 4, 6, 8, 10]);
    expect(firstCrossing(falling.value, { ...search, longest: 2 })).toBeUndefined();
    expect(falling.places).toEqual([0, 2, 3.5, 4.5, 5.5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5, 10]);
  });

  it("ends at the bound, whatever the step", () => {
    const rising = watched((distance) => 1 + distance);
    expect(firstCrossing(rising.value, { ...search, most: 5.2, longest: 2 })).toBeUndefined();
    expect(rising.places).toEqual([0, 2, 4, 5.2]);
  });

  it("finds the same crossing by long steps as by short ones, also of a jump", () => {
    for (const value of [
      (distance: number) => 3 - distance * distance,
      (distance: number) => (distance < 6.3 ? 2 : -1),
      (distance: number) => Math.cos(distance / 2),
    ]) {
      const [short, long] = [firstCrossing(value, search), firstCrossing(value, { ...search, longest: 2 })];
      expect(short).toBeDefined();
      expect(Math.abs((long?.at ?? Number.NaN) - (short?.at ?? Number.NaN))).toBeLessThan(1e-8);
    }
  });

  it("sees a dip whose slopes are below what is left over the longest step, wherever it lies", () => {
    for (let center = 2.4; center < 9; center += 0.1) {
      const dip = (distance: number) => 1 - 0.45 * Math.max(0, 2.4 - Math.abs(distance - center));
      const at = firstCrossing(dip, { ...search, step: 0.25, longest: 2 })?.at;
      expect(at).toBeCloseTo(center - 2.4 + 1 / 0.45, 6);
    }
  });
});
