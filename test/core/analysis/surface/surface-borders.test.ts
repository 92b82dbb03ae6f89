import { describe, expect, it } from "vitest";
import {
  marginSurface,
  type SurfaceAxes,
  type SurfaceBorders,
  type SurfaceBordersRun,
  surfaceBorders,
} from "../../../../core/analysis/index.ts";
import { cellBorders } from "../../../../core/analysis/surface/border-cells.ts";
import { borderPaths } from "../../../../core/analysis/surface/border-lines.ts";
import { threadExecutor } from "../../../../core/revaluation/engine/index.ts";
import { bestEngine } from "../../../../core/revaluation/index.ts";
import * as sample from "../sample-market.ts";
import { tinyMethodology, tinyRules } from "../tiny-methodology.ts";
import { market, netMethodology, netRules, portfolio } from "./two-perpetuals.ts";

const tolerance = 1e-3;
const axes: SurfaceAxes = {
  price: { from: -0.5, to: 0.5, count: 11 },
  volatility: { from: -0.5, to: 0.5, count: 9 },
  volatilityMode: "relative",
  vertical: { kind: "price", underlying: "BBB" },
  underlying: "AAA",
};

async function bordersOf(changes: Partial<SurfaceBordersRun> = {}): Promise<SurfaceBorders> {
  const run = { portfolio, market, methodology: netMethodology, rules: netRules(0), axes, by: "binding", tolerance };
  const found = await surfaceBorders({ ...run, ...changes } as SurfaceBordersRun);
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

const pointsOf = ({ points }: { readonly points: Float64Array }): (readonly [number, number])[] =>
  Array.from({ length: points.length / 2 }, (_, at) => [
    points[2 * at] ?? Number.NaN,
    points[2 * at + 1] ?? Number.NaN,
  ]);

describe("borders of regions that are known in closed form", () => {
  it("run along 1,000·(1 + x) = 800·(1 + y) where a fall and a rise cost the same", async () => {
    const { lines, regions, unresolved, regionOf } = await bordersOf();
    expect([...regions].sort()).toEqual(["down", "up"]);
    expect(unresolved).toBe(0);
    const [line, ...others] = lines;
    if (line === undefined) throw new Error("no border");
    expect(others).toHaveLength(0);
    for (const [x, y] of pointsOf(line)) expect(Math.abs(y - ((1 + x) / 0.8 - 1))).toBeLessThan(0.3 * tolerance);
    const xs = pointsOf(line).map(([x]) => x);
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([expect.closeTo(-0.5, 9), expect.closeTo(0.2, 3)]);
    // Below the line the book is long: it fears a fall. Walking to the right, that is on the right side.
    const [first, last] = [xs[0] ?? 0, xs.at(-1) ?? 0];
    const below = last > first ? line.right : line.left;
    expect(regions[below]).toBe("down");
    expect(line.changes.map(({ kind }) => kind)).toEqual(["scenario"]);
    expect(regions[regionOf[0] ?? -1]).toBe("down");
  });

  it("show where a floor takes over, in two parallel lines on either side of the other border", async () => {
    const found = await bordersOf({ rules: netRules(20), by: "structure" });
    const net = ([x, y]: readonly [number, number]): number => 1000 * (1 + x) - 800 * (1 + y);
    const floors = found.lines.filter(({ changes }) => changes.some(({ kind }) => kind === "floor"));
    expect(floors).toHaveLength(2);
    for (const line of floors) {
      // 20 % of the net value is the floor at ±100; the slope of the net value is 1,000 a unit.
      for (const point of pointsOf(line)) expect(Math.abs(Math.abs(net(point)) - 100)).toBeLessThan(1000 * tolerance);
      const texts = line.changes.flatMap(({ after, before }) => [after, before]);
      expect(texts.some((text) => text.endsWith("Initial margin: Floor binds"))).toBe(true);
    }
    const scenarios = found.lines.filter(({ changes }) => changes.some(({ kind }) => kind === "scenario"));
    for (const line of scenarios)
      for (const point of pointsOf(line)) expect(Math.abs(net(point))).toBeLessThan(1000 * tolerance);
    expect(new Set(found.regions).size).toBe(found.regions.length);
  });

  it("follow a circle and meet where three sectors do", () => {
    const search = {
      ...{ width: 2, height: 2, tolerance, mostHalvings: 6 },
      exhausted: () => false,
    };
    const cells = (regionAt: (x: number, y: number) => number) => {
      const found = Array.from({ length: 100 }, (_, at) => {
        const [x0, y0] = [-1 + 0.2 * (at % 10), -1 + 0.2 * Math.floor(at / 10)];
        return cellBorders({ ...search, regionAt }, { x0, x1: x0 + 0.2, y0, y1: y0 + 0.2 });
      });
      return found.flatMap(({ segments }) => segments);
    };
    const circle = cells((x, y) => (x * x + y * y < 0.49 ? 1 : 0));
    expect(circle.length).toBeGreaterThan(12);
    for (const { x0, y0, x1, y1, left } of circle) {
      for (const [x, y] of [[x0, y0] as const, [x1, y1] as const, [0.5 * (x0 + x1), 0.5 * (y0 + y1)] as const])
        expect(Math.abs(Math.hypot(x, y) - 0.7)).toBeLessThan(2 * tolerance);
      const inside = x0 * (y1 - y0) - y0 * (x1 - x0) > 0;
      expect(left).toBe(inside ? 1 : 0);
    }
    const sectors = cells((x, y) => (y > 0.03 ? (x > 0.05 ? 1 : 2) : 0));
    const joints = borderPaths(sectors, 2, 2);
    expect(new Set(joints.map(({ left, right }) => `${left}/${right}`))).toEqual(new Set(["0/1", "0/2", "1/2"]));
    for (const joint of joints)
      for (const [x, y] of pointsOf(joint)) {
        const away = Math.min(Math.abs(y - 0.03), y > 0.028 ? Math.abs(x - 0.05) : Number.POSITIVE_INFINITY);
        expect(away).toBeLessThan(2 * 2 * tolerance);
      }
  });
});

describe("borders of a margin surface", () => {
  const run: Partial<SurfaceBordersRun> = {
    ...{ portfolio: sample.portfolio, market: sample.market, methodology: tinyMethodology, rules: tinyRules },
    axes: {
      price: { from: -0.5, to: 0.5, count: 21 },
      volatility: { from: -0.5, to: 0.5, count: 9 },
      volatilityMode: "relative",
    },
  };

  it("have the binding scenario of the surface at every grid point", async () => {
    const found = await bordersOf(run);
    const surface = await marginSurface({ ...run, axes: run.axes } as Parameters<typeof marginSurface>[0]);
    if (!surface.ok) throw new Error(surface.failure.message);
    const { binding, bindings } = surface.value;
    const ofSurface = Array.from(binding, (at) => bindings[at] ?? "none loses");
    expect(Array.from(found.regionOf, (at) => found.regions[at])).toEqual(ofSurface);
    expect(found.lines.length).toBeGreaterThan(0);
  });

  it("are met within the tolerance: on either side the regions that the line says", async () => {
    const found = await bordersOf(run);
    let checked = 0;
    for (const { points, left, right } of found.lines) {
      for (let at = 0; at + 3 < points.length; at += 2) {
        const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points.subarray(at, at + 4);
        const length = Math.hypot(x1 - x0, y1 - y0);
        if (length < 0.005) continue;
        const [x, y] = [0.5 * (x0 + x1), 0.5 * (y0 + y1)];
        const [nx, ny] = [(-(y1 - y0) / length) * tolerance, ((x1 - x0) / length) * tolerance];
        for (const [sign, region] of [[1, left] as const, [-1, right] as const]) {
          const axis = (middle: number, shift: number) => ({ from: middle + sign * shift, to: middle + 1, count: 2 });
          const there = await marginSurface({
            ...run,
            axes: { price: axis(x, nx), volatility: axis(y, ny), volatilityMode: "relative" },
          } as Parameters<typeof marginSurface>[0]);
          if (!there.ok) throw new Error(there.failure.message);
          expect(there.value.bindings[there.value.binding[0] ?? -1] ?? "none loses").toBe(found.regions[region]);
        }
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(5);
  });

  it("are the same however the work is divided, and are cancelled", async () => {
    const [here, there] = [await bordersOf(run), await bordersOf({ ...run, executor: threadExecutor(bestEngine()) })];
    expect(there).toEqual(here);
    const work = { progress: () => {}, cancelled: () => true, pause: async () => {} };
    const stopped = await surfaceBorders({ ...run, by: "binding", tolerance, work } as SurfaceBordersRun);
    expect(stopped.ok ? "" : stopped.failure.reason).toBe("cancelled");
  });

  it.each([
    [{ tolerance: 1e-6 }, "1e-4 to 0.1"],
    [{ axes: { ...axes, days: [1, 2] } }, "one date"],
  ])("refuse %o", async (changes, message) => {
    const found = await surfaceBorders({
      ...{ portfolio, market, methodology: netMethodology, rules: netRules(0), axes, by: "binding", tolerance },
      ...changes,
    } as SurfaceBordersRun);
    expect(found.ok ? "" : found.failure.message).toContain(message);
  });
});
