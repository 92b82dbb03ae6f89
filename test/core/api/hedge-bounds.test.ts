import { describe, expect, it } from "vitest";
import type { Input } from "../../../core/api/contract.ts";
import { memoryCore } from "./memory-core.ts";

const core = memoryCore();
const bands: Input<"hedge.bands"> = {
  ...{ spot: 100, strike: 100, years: 0.25, volatility: 0.3, proportionalCost: 0.002, steps: 5, paths: 10 },
};
const smile = [{ strike: 100, volatility: 0.3 }];
const terms = { from: "stated" as const, spot: 100, years: 1, smile };
const floor = { kind: "cppi", wealth: 1000, floor: 800, steps: 20, paths: 20 } as const;
const insured = (strategy: object) => core.refusal("hedge.insure", { terms, strategy: { ...floor, ...strategy } });

describe("paths of a price", () => {
  it.each([
    ["a volatility no double can divide by", { volatility: 1e-308 }, "/volatility"],
    ["a growth beyond every price", { growth: 1e6 }, "/growth"],
    ["jumps beyond every price", { jumps: { perYear: 1, meanLog: 800, deviationLog: 0.1 } }, "/jumps/meanLog"],
  ])("are refused with their pointer for %s", async (_, change, pointer) => {
    const failure = await core.refusal("hedge.bands", { ...bands, ...change });
    expect([failure?.reason, failure?.at]).toEqual(["invalid-input", pointer]);
  });
  it.each([
    [1, -3, 2, true],
    [3, 2, 2, true],
    [1000, 0.01, 0.02, true],
    [10, 3, 2, false],
    [1000, -3, 2, false],
  ])(
    "with %d jumps a year of mean %d and deviation %d: answered %o, else refused",
    async (perYear, meanLog, deviationLog, answered) => {
      const jumps = { perYear, meanLog, deviationLog };
      const failures = [await insured({ jumps }), await core.refusal("hedge.bands", { ...bands, jumps })];
      expect(failures.map((failure) => failure?.reason)).toEqual(
        answered ? [undefined, undefined] : ["invalid-input", "invalid-input"],
      );
      if (!answered)
        expect(failures.map((failure) => [failure?.at, failure?.message])).toEqual([
          ["jumps", expect.stringMatching(/reach e\^\d+ times/)],
          ["jumps", expect.stringMatching(/reach e\^\d+ times/)],
        ]);
    },
  );
});
