import { describe, expect, it } from "vitest";
import { DomainError, demandFinite, demandNotNegative, demandPositive } from "../../../core/base/index.ts";

const everything = [-1, 0, 1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

describe("a bound of an argument", () => {
  it.each([
    { demand: demandFinite, kept: [-1, 0, 1], rule: "years must be finite" },
    { demand: demandPositive, kept: [1], rule: "years must be above 0" },
    { demand: demandNotNegative, kept: [0, 1], rule: "years must be 0 or more" },
  ])("keeps $kept and refuses the rest: $rule", ({ demand, kept, rule }) => {
    for (const value of everything)
      if (kept.includes(value)) expect(() => demand("years", value)).not.toThrow();
      else expect(() => demand("years", value)).toThrow(new DomainError(rule, value));
  });
});
