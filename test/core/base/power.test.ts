import { describe, expect, it } from "vitest";
import { power } from "../../../core/base/index.ts";

describe("power", () => {
  it("is the power of a positive number within two units in the last place of its logarithm", () => {
    for (const base of [1e-3, 0.03, 0.4999, 0.97, 1.0001, 2, 30, 365.25, 1e4]) {
      for (const exponent of [-3.5, -0.2, 0.1, 0.3, 0.5, 1, 1.5, 12]) {
        const allowed = 2 * Number.EPSILON * (1 + Math.abs(exponent * Math.log(base)));
        expect(Math.abs(power(base, exponent) / base ** exponent - 1)).toBeLessThanOrEqual(allowed);
      }
    }
  });
  it("is exactly one for base one and for exponent nought", () => {
    expect([power(1, 0.3), power(1, -7), power(17.25, 0)]).toEqual([1, 1, 1]);
  });
  it("has the bits written down here, whatever the engine", () => {
    expect([power(30 / 7, 0.3), power(0.94, 251), power(3, 0.5)]).toEqual([
      1.5474155772108131, 1.799248931808214e-7, 1.7320508075688772,
    ]);
  });
});
