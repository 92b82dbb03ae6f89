import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import { blackDeltaKernel, blackValue, logMoneyness } from "../../../core/pricing/index.ts";

/**
 * Tests of the venue's option mathematics: lyra-finance/lyra-utils, test/math/Black76.t.sol at 759e9625 (2024-05-29), facts
 * only. Tolerance 1e-9; the peer allows 1e-12. Deltas are of the call, undiscounted.
 */
const published = [
  { seconds: 604_800, sigma: 1, forward: 1500, strike: 1500, discount: 1, call: 82.80508066863456 },
  { seconds: 172_800, sigma: 0.75, forward: 1000, strike: 700, discount: 0.9998904169635637, call: 299.9671250895262 },
  { seconds: 31_536_000, sigma: 5, forward: 1000, strike: 700, discount: 0.9801986733067553, call: 970.034553583819 },
].map((row, index) => ({
  ...row,
  put: [82.80508066863456, 4.5708468e-10, 675.9749515917925][index] ?? Number.NaN,
  delta: [0.5276016935562116, 0.999999999944921, 0.9949346359666408][index] ?? Number.NaN,
}));

describe("Black-76 as the venue's contracts have it", () => {
  it.each(published)("F $forward, K $strike, volatility $sigma", (row) => {
    const { seconds, sigma, forward, strike, discount } = row;
    const years = seconds / 31_536_000;
    const value = (isCall: boolean) => discount * blackValue(forward, strike, years, sigma, isCall);
    expect(Math.abs(value(true) - row.call)).toBeLessThanOrEqual(1e-9);
    expect(Math.abs(value(false) - row.put)).toBeLessThanOrEqual(1e-9);
    const delta = blackDeltaKernel(logMoneyness(forward, strike), sigma * Math.sqrt(years), true);
    expect(Math.abs(delta - row.delta)).toBeLessThanOrEqual(1e-9);
  });

  it("has a put worth the discounted strike as the forward vanishes; a forward of 0 itself is refused here", () => {
    expect(0.99 * blackValue(1e-300, 1000, 1, 4, false)).toBe(990);
    expect(0.99 * blackValue(1e-300, 1000, 1, 4, true)).toBe(0);
    expect(() => blackValue(0, 1000, 1, 4, false)).toThrow(DomainError);
  });
});
