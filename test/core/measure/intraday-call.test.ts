import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import { defaultIntradayRule, type IntradayState, intradayCall } from "../../../core/measure/index.ts";

const calm: IntradayState = {
  ...{ equity: 150, equityAtOpen: 150, maintenanceMargin: 80, initialMargin: 100 },
  ...{ variation: 0, collateral: 150, moveOverScanRange: 0.2, volatilityRatio: 1 },
};
const rule = { ...defaultIntradayRule, minimumTransfer: 5 };
const call = (change: Partial<IntradayState>, open = 0) => intradayCall({ ...calm, ...change }, rule, open);

describe("intradayCall", () => {
  it("asks nothing of a calm account", () => expect(call({})).toEqual({ triggers: [], shortfall: 0 }));

  it.each([
    ["equity below maintenance", { equity: 79, equityAtOpen: 79 }, { equity: 80, equityAtOpen: 80 }],
    ["erosion", { equity: 119.9 }, { equity: 120 }],
    ["uncovered exposure", { variation: -66 }, { variation: -65 }],
    ["underlying moved", { moveOverScanRange: 0.76 }, { moveOverScanRange: 0.75 }],
    ["volatility regime", { volatilityRatio: 1.51 }, { volatilityRatio: 1.5 }],
  ] as const)("%s: just beyond its threshold, and not at it", (trigger, beyond, at) => {
    expect(call(beyond).triggers).toEqual([trigger]);
    expect(call(at).triggers).toEqual([]);
  });

  it("calls what brings equity to initial margin and collateral to the exposure", () => {
    expect(call({ equity: 70 }).call).toBe(30);
    expect(call({ variation: -80 }).call).toBe(30);
    expect(call({ equity: 70, variation: -90 })).toMatchObject({ shortfall: 40, call: 40 });
  });
  it("makes no call without a shortfall, or below the minimum transfer", () => {
    expect(call({ volatilityRatio: 2 })).toEqual({
      triggers: ["volatility regime"],
      shortfall: 0,
      suppressed: "no shortfall",
    });
    const small = call({ equity: 96, equityAtOpen: 150 });
    expect([small.call, small.suppressed]).toEqual([undefined, "below the minimum transfer"]);
  });
  it("keeps one call open and tops it up", () => {
    expect(call({ equity: 70 }, 30)).toMatchObject({ call: 30, suppressed: "covered by the open call" });
    expect(call({ equity: 70 }, 27)).toMatchObject({ call: 27, suppressed: "below the minimum transfer" });
    expect(call({ equity: 60 }, 30)).toEqual({
      triggers: ["equity below maintenance", "erosion"],
      shortfall: 40,
      call: 40,
    });
  });
  it("refuses margin below zero", () => {
    expect(() => call({ initialMargin: -1 })).toThrow(DomainError);
    expect(() => intradayCall(calm, { ...rule, erosion: Number.NaN })).toThrow(DomainError);
  });
});
