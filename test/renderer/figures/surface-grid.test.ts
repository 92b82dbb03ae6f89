import { describe, expect, it } from "vitest";
import {
  bindingAt,
  colourLimits,
  extremes,
  nearest,
  originOf,
  rowsOf,
  valueAt,
} from "../../../renderer/figures/grid.ts";
import { bindingKeys, borders, kinksAlong, regions } from "../../../renderer/figures/regions.ts";
import { chained, interpolated, zeroLine } from "../../../renderer/figures/zero-line.ts";
import { smallSurface } from "./small-surface.ts";

const surface = smallSurface();

describe("rowsOf", () => {
  it("gives z[row][column]: a row of volatility holds one value a price move", () => {
    const rows = rowsOf(surface, "pnl");
    expect(rows).toHaveLength(3);
    expect(rows[1]).toEqual([-200, -100, 0, 100, 200]);
    expect(rows[2]?.[4]).toBe(100);
  });
});

describe("points of a surface", () => {
  it("has its origin where no shock is", () => expect(originOf(surface)).toEqual({ row: 1, column: 2 }));
  it("reads value and binding at row and column", () => {
    expect(valueAt(surface, "pnl", { row: 0, column: 0 })).toBe(-100);
    expect(bindingAt(surface, { row: 0, column: 0 })).toBe("down");
  });
  it("says in words that nothing binds", () => expect(bindingAt(surface, originOf(surface))).toBe("none loses"));
  it("finds the nearest shock, the first of equals", () => {
    expect(nearest(surface.priceMoves, 0.12)).toBe(3);
    expect(nearest(Float64Array.of(0, 2), 1)).toBe(0);
  });
  it("knows where a layer is lowest and highest", () =>
    expect(extremes(surface, "pnl")).toEqual({
      min: -300,
      max: 300,
      minAt: { row: 2, column: 0 },
      maxAt: { row: 0, column: 4 },
    }));
});

describe("colourLimits", () => {
  it("is symmetric about zero when diverging, by the larger side", () =>
    expect(colourLimits(surface, "headroom", "diverging")).toEqual({ low: -170, high: 170 }));
  it("runs from the lowest to the highest when sequential", () =>
    expect(colourLimits(surface, "maintenance", "sequential")).toEqual({ low: 100, high: 400 }));
  it("never has no width", () => {
    expect(colourLimits(surface, "theta", "diverging")).toEqual({ low: -1, high: 1 });
    expect(colourLimits(surface, "theta", "sequential")).toEqual({ low: 0, high: 1 });
  });
});

describe("regions of binding scenarios", () => {
  it("finds the connected regions, largest first", () => {
    expect(regions(surface).map(({ label, points }) => [label, points])).toEqual([
      ["down", 6],
      ["up", 6],
      ["none loses", 3],
    ]);
  });
  it("puts a region's label inside it", () => {
    for (const { label, centre } of regions(surface)) expect(bindingAt(surface, centre)).toBe(label);
  });
  it("draws borders halfway between points that differ, and nowhere else", () => {
    const found = borders(surface);
    expect([...new Set(found.map(({ x0, x1 }) => `${x0} ${x1}`))]).toEqual(["-0.05 -0.05", "0.05 0.05"]);
    expect(found).toHaveLength(6);
    expect(found[0]).toEqual({ x0: -0.05, x1: -0.05, y0: -0.5, y1: -0.25 });
  });
  it("has no border when one scenario binds everywhere", () =>
    expect(borders(smallSurface({ binding: new Int16Array(15) }))).toEqual([]));
  it("gives each binding scenario a letter, the largest first", () =>
    expect(bindingKeys(surface).map(({ letter, label }) => `${letter} ${label}`)).toEqual([
      "A down",
      "B up",
      "C none loses",
    ]));
  it("names the scenario that takes over along a cut", () => {
    expect(kinksAlong(surface, "price", 1)).toEqual([
      { index: 2, at: -0.05, from: "down", to: "none loses" },
      { index: 3, at: 0.05, from: "none loses", to: "up" },
    ]);
    expect(kinksAlong(surface, "volatility", 0)).toEqual([]);
  });
});

describe("zeroLine", () => {
  const segments = zeroLine(surface, "headroom");
  it("passes where headroom is zero: price −0.13 without a change of volatility", () => {
    const middle = segments.find(({ y0, y1 }) => y0 === 0 || y1 === 0);
    const x = middle?.y0 === 0 ? middle.x0 : middle?.x1;
    expect(x).toBeCloseTo(-0.13, 12);
  });
  it("has height zero on the layer at every end", () => {
    expect(segments.length).toBeGreaterThan(1);
    for (const { x0, y0 } of segments) expect(Math.abs(interpolated(surface, "headroom", x0, y0))).toBeLessThan(1e-9);
  });
  it("is empty when nothing crosses zero and when the layer is empty", () => {
    expect(zeroLine(surface, "delta")).toEqual([]);
    const without = smallSurface({ layers: { ...surface.layers, headroom: new Float64Array(0) } });
    expect(zeroLine(without, "headroom")).toEqual([]);
  });
  it("cuts both negative corners of a saddle", () => {
    const saddle = smallSurface({
      priceMoves: Float64Array.of(0, 1),
      volatilityChanges: Float64Array.of(0, 1),
      layers: { ...surface.layers, pnl: Float64Array.of(-1, 1, 1, -1) },
    });
    const found = zeroLine(saddle, "pnl");
    expect(found).toHaveLength(2);
    for (const { x0, y0, x1, y1 } of found) {
      const corner = x0 + x1 + y0 + y1 < 2 ? 0 : 1;
      expect([x0, x1, y0, y1].sort()).toEqual([corner, 0.5, 0.5, corner].sort());
    }
  });
});

describe("chained", () => {
  it("joins loose pieces in any order and direction into one line", () => {
    const pieces = [
      { x0: 1, y0: 0, x1: 2, y1: 0 },
      { x0: 3, y0: 0, x1: 2, y1: 0 },
      { x0: 1, y0: 0, x1: 0, y1: 0 },
    ];
    expect(chained(pieces)).toEqual([
      [
        [0, 0],
        [1, 0],
        [2, 0],
        [3, 0],
      ],
    ]);
  });
  it("keeps lines apart that do not touch", () =>
    expect(
      chained([
        { x0: 0, y0: 0, x1: 1, y1: 0 },
        { x0: 0, y0: 5, x1: 1, y1: 5 },
      ]),
    ).toHaveLength(2));
});

describe("interpolated", () => {
  it("is exact at points, linear between and clamped outside", () => {
    expect(interpolated(surface, "pnl", -0.1, 0)).toBe(-100);
    expect(interpolated(surface, "pnl", -0.15, 0.25)).toBeCloseTo(-200, 12);
    expect(interpolated(surface, "pnl", -9, 0)).toBe(-200);
  });
});
