import { describe, expect, it } from "vitest";
import { instrumentId, type Option } from "../../../core/instrument/index.ts";
import type { PricingTerms } from "../../../core/market/index.ts";
import { bestKernel, scalarKernel, slideFactor, slideKernel, volatilityAt } from "../../../core/revaluation/index.ts";
import type { Scenario } from "../../../core/scenario/index.ts";

const smile = [
  { strike: 80, volatility: 0.7 },
  { strike: 100, volatility: 0.5 },
  { strike: 125, volatility: 0.6 },
];

describe("slideFactor", () => {
  it("of sticky moneyness reads the smile where the strike stood before the move", () => {
    expect(0.6 * slideFactor(smile, 125, 100, 0.25, 0)).toBeCloseTo(0.5, 14);
    expect(0.5 * slideFactor(smile, 100, 100, -0.2, 0)).toBeCloseTo(0.6, 14);
  });
  it("is near 1 for a ratio of 1 on a straight smile, and doubles the slope for 2", () => {
    const straight = [smile[0], smile[1]].flatMap((point) => point ?? []);
    const slope = (0.5 - 0.7) / Math.log(100 / 80);
    expect(slideFactor(straight, 90, 90, 0.02, 1)).toBeCloseTo(1, 14);
    const now = volatilityAt(straight, Math.log(90));
    expect(now * slideFactor(straight, 90, 90, 0.02, 2)).toBeCloseTo(now + slope * Math.log(1.02), 14);
  });
  it("is 1 when nothing moves, and never below a twentieth", () => {
    expect(slideFactor(smile, 90, 100, 0, 0)).toBe(1);
    expect(
      slideFactor(
        [
          { strike: 1, volatility: 0.001 },
          { strike: 100, volatility: 5 },
        ],
        100,
        100,
        80,
        0,
      ),
    ).toBe(0.05);
  });
});

describe("slideKernel", () => {
  const option: Option = {
    ...{ id: instrumentId("v", "o"), venue: "v", symbol: "o", underlying: "BTC", quote: "USD", settlement: "BTC" },
    ...{ payoff: "inverse", kind: "option", expiryMs: 0, strike: 110, optionType: "call" },
  };
  const terms: PricingTerms = {
    ...{ index: 100, forward: 101, years: 0.1, volatility: 0.55, mark: 0.02 },
    sources: { forward: "set", mark: "model" },
  };
  const scenarios: readonly Scenario[] = [-0.2, 0, 0.1].map((priceMove) => ({
    ...{ id: `${priceMove}`, label: "", priceMove, stickiness: 0 },
    volatility: { change: 0.1, mode: "relative" },
  }));

  it("gives the plain kernel's values where the smile is flat, there is none, or it does not slide", () => {
    const flat = { ...terms, smile: [{ strike: 100, volatility: 0.5 }] };
    const still = scenarios.map(({ stickiness: _, ...scenario }) => scenario);
    const plain = scalarKernel.unitPnl([{ instrument: option, terms }], still);
    const kernel = slideKernel(scalarKernel);
    for (const [at, list] of [
      [flat, scenarios],
      [terms, scenarios],
      [{ ...terms, smile }, still],
    ] as const)
      expect(kernel.unitPnl([{ instrument: option, terms: at }], list)).toEqual(plain);
  });
  it("stands before the engine", () => {
    const sliding = bestKernel().unitPnl([{ instrument: option, terms: { ...terms, smile } }], scenarios);
    const stuck = bestKernel().unitPnl([{ instrument: option, terms }], scenarios);
    expect(sliding[0]).not.toBe(stuck[0]);
    expect(sliding[1]).toBeCloseTo(stuck[1] ?? 0, 13);
  });
});
