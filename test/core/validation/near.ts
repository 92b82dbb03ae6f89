import { expect } from "vitest";

/** Asserts a figure within a distance, absent figures failing. */
export function near(actual: number | undefined, expected: number, tolerance: number): void {
  expect(actual).toBeDefined();
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance);
}

/** As `near`, relative to what is expected. */
export function nearRelative(actual: number | undefined, expected: number, tolerance: number): void {
  near((actual ?? Number.NaN) / expected, 1, tolerance);
}
