import { describe, expect, it } from "vitest";
import {
  type MarginSurface,
  marginSurface,
  type SurfaceAxes,
  surfaceDifference,
} from "../../../../core/analysis/index.ts";
import * as sample from "../sample-market.ts";
import { tinyMethodology, tinyRules } from "../tiny-methodology.ts";

const axes: SurfaceAxes = {
  price: { from: -0.4, to: 0.4, count: 9 },
  volatility: { from: -0.4, to: 0.4, count: 5 },
  volatilityMode: "relative",
};

async function surfaceOf(changes: Partial<Parameters<typeof marginSurface>[0]> = {}): Promise<MarginSurface> {
  const { portfolio, market } = sample;
  const found = await marginSurface({
    ...{ portfolio, market, methodology: tinyMethodology, rules: tinyRules, axes },
    ...changes,
  });
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

describe("surfaceDifference", () => {
  it("is A − B at every point, bit for bit, in every layer", async () => {
    const [a, b] = [
      await surfaceOf(),
      await surfaceOf({ edits: [{ positionId: "BTC-27MAR26-100000-C#0", quantity: 0 }] }),
    ];
    const found = surfaceDifference(a, b);
    if (!found.ok) throw new Error(found.failure.message);
    for (const [name, layer] of Object.entries(found.value.layers))
      expect([...layer], name).toEqual(
        [...a.layers[name as "pnl"]].map((value, at) => value - (b.layers[name as "pnl"][at] ?? Number.NaN)),
      );
    expect(found.value.otherBinding).toBeGreaterThan(0);
  });

  it("states both: the worst point of the difference and the difference of the worst points", async () => {
    const [a, b] = [
      await surfaceOf(),
      await surfaceOf({ edits: [{ positionId: "BTC-27MAR26-100000-C#0", quantity: 0 }] }),
    ];
    const found = surfaceDifference(a, b);
    if (!found.ok) throw new Error(found.failure.message);
    const initial = found.value.worst.find(({ layer }) => layer === "initial");
    const pnl = found.value.worst.find(({ layer }) => layer === "pnl");
    if (initial === undefined || pnl === undefined) throw new Error("a layer is missing");
    expect(initial.worstOfA.value).toBe(Math.max(...a.layers.initial));
    expect(initial.worstOfB.value).toBe(Math.max(...b.layers.initial));
    expect(initial.differenceOfWorst).toBe(Math.max(...a.layers.initial) - Math.max(...b.layers.initial));
    expect(initial.worstOfDifference.value).toBe(Math.max(...found.value.layers.initial));
    expect(initial.worstOfDifference.value).toBe(initial.worstOfDifference.a - initial.worstOfDifference.b);
    expect(initial.worstOfDifference.value).not.toBe(initial.differenceOfWorst);
    expect(pnl.worstOfA.value).toBe(Math.min(...a.layers.pnl));
    expect(pnl.worstOfDifference.value).toBe(Math.min(...found.value.layers.pnl));
    expect(pnl.bestOfDifference.value).toBe(Math.max(...found.value.layers.pnl));
  });

  it("compares two dates, and dates pair by pair", async () => {
    const [a, b] = [
      await surfaceOf({ axes: { ...axes, days: [0, 10] } }),
      await surfaceOf({ axes: { ...axes, days: [5, 20] } }),
    ];
    const found = surfaceDifference(a, b);
    if (!found.ok) throw new Error(found.failure.message);
    expect(found.value.later?.map((one) => [one.a.days, one.b.days])).toEqual([[10, 20]]);
    const single = surfaceDifference(a, await surfaceOf({ axes: { ...axes, days: [7] } }));
    if (!single.ok) throw new Error(single.failure.message);
    expect([single.value, ...(single.value.later ?? [])].map((one) => [one.a.days, one.b.days])).toEqual([
      [0, 7],
      [10, 7],
    ]);
  });

  it("leaves out what one of them lacks, and refuses other shocks", async () => {
    const whole = await surfaceOf();
    const without = await surfaceOf({ portfolio: { ...sample.portfolio, balances: [] } });
    const found = surfaceDifference(whole, without);
    if (!found.ok) throw new Error(found.failure.message);
    expect(found.value.layers.headroom).toHaveLength(0);
    expect(found.value.worst.map(({ layer }) => layer)).not.toContain("headroom");
    const other = surfaceDifference(
      whole,
      await surfaceOf({ axes: { ...axes, price: { from: -0.3, to: 0.4, count: 9 } } }),
    );
    expect(other.ok ? "" : other.failure.message).toContain("different shocks");
    const skew = surfaceDifference(whole, await surfaceOf({ axes: { ...axes, vertical: { kind: "skew" } } }));
    expect(skew.ok ? "" : skew.failure.message).toContain("rows move");
  });
});
