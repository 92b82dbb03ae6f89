import { describe, expect, it } from "vitest";
import { columnAxis, columnWord, rowAxis, rowWord, shockText } from "../../../renderer/figures/axes.ts";
import {
  type Borders,
  borderAnnotations,
  borderKeys,
  borderKinks,
  borderPieces,
  changeWords,
  fitsSurface,
} from "../../../renderer/figures/border-figure.ts";
import { cameras, isSameCamera, rotated } from "../../../renderer/figures/camera.ts";
import { contourFigure } from "../../../renderer/figures/contour-figure.ts";
import { type Difference, differenceSurface, worstWords } from "../../../renderer/figures/difference.ts";
import { lightInk as ink } from "../../../renderer/figures/figure.ts";
import { extremes } from "../../../renderer/figures/grid.ts";
import { sliceFigure } from "../../../renderer/figures/slice-figure.ts";
import { surfaceFigure } from "../../../renderer/figures/surface-figure.ts";
import { pointWords, surfaceWords } from "../../../renderer/figures/words.ts";
import { axesOf, fieldsOf } from "../../../renderer/screens/surface/axes-form.ts";
import { surfaceCsv } from "../../../renderer/screens/surface/surface-export.ts";
import { actionOf } from "../../../renderer/screens/surface/surface-keys.ts";
import { smallSurface } from "./small-surface.ts";

const surface = smallSurface();

/** Two regions: below the line that rises from the lower left to the upper right corner `down`, above it `up`. */
const borders: Borders = {
  priceMoves: surface.priceMoves,
  changes: surface.volatilityChanges,
  volatilityMode: "relative",
  by: "binding",
  regions: ["down", "up"],
  regionOf: new Int16Array(15),
  lines: [
    {
      // To the upper right: `up` is on the left, so the line runs down to have the smaller number there.
      ...{ left: 0, right: 1, points: Float64Array.of(0.2, 0.5, 0, 0, -0.2, -0.5) },
      changes: [{ kind: "scenario", before: "down", after: "up" }],
    },
  ],
  tolerance: 1e-3,
  unresolved: 0,
  evaluations: 0,
};

describe("exact borders", () => {
  it("are those of the surface of the same shocks and date only", () => {
    expect(fitsSurface(borders, surface)).toBe(true);
    expect(fitsSurface(borders, smallSurface({ days: 7 }))).toBe(false);
    expect(fitsSurface({ ...borders, vertical: { kind: "skew" } }, surface)).toBe(false);
    expect(fitsSurface({ ...borders, priceMoves: Float64Array.of(-0.3, 0.3) }, surface)).toBe(false);
  });

  it("give the kinks of a cut at their exact places, with the region that takes over", () => {
    const [across] = borderKinks(borders, "price", 0.25);
    expect(across?.at).toBeCloseTo(0.1, 12);
    expect([across?.from, across?.to]).toEqual(["up", "down"]);
    const [up] = borderKinks(borders, "volatility", 0.1);
    expect(up?.at).toBeCloseTo(0.25, 12);
    expect([up?.from, up?.to]).toEqual(["down", "up"]);
    expect(borderKinks(borders, "price", 0.75)).toEqual([]);
  });

  it("lie on the layer, and are labelled with the letters of both sides", () => {
    const { x, y, z } = borderPieces(borders, surface, "pnl");
    expect([x.at(0), y.at(0), z.at(0), x.at(-1)]).toEqual([0.2, 0.5, 100, null]);
    const [key, ...others] = borderKeys(borders, surface);
    expect(others).toEqual([]);
    expect(key?.mark).toBe("A | B");
    expect(key?.text).toBe("scenario: down ↔ up");
  });

  it("of floors and tiers are numbered, the same change by the same number, apart from one another", () => {
    const line = (points: readonly number[], before: string): Borders["lines"][number] => ({
      ...{ left: 0, right: 1, points: Float64Array.from(points) },
      changes: [
        { kind: "tier", before, after: "tier 2" },
        { kind: "floor", before: "a", after: "b" },
      ],
    });
    const structure: Borders = {
      ...borders,
      by: "structure",
      lines: [
        line([-0.2, -0.5, -0.2, 0.5], "tier 1"),
        line([0.2, -0.5, 0.2, 0.5], "tier 1"),
        line([0.19, -0.5, 0.19, 0.5], "tier 3"),
        line([0, -0.5, 0, 0.5], "tier 4"),
      ],
    };
    expect(borderKeys(structure, surface).map(({ mark }) => mark)).toEqual(["1", "1", "3"]);
    expect(changeWords(structure.lines[0] ?? { changes: [] })).toBe("tier: tier 1 ↔ tier 2 (and 1 more)");
    expect(borderAnnotations(structure, surface, ink).map(({ text }) => text)).toEqual(["1", "1", "3"]);
  });

  it("replace the halfway borders in 3D, map and slices", () => {
    const names = ({ data }: { readonly data: readonly { readonly name?: string }[] }) => data.map(({ name }) => name);
    for (const figure of [surfaceFigure, contourFigure]) {
      expect(names(figure(surface, { layer: "pnl", ink, borders }))).toContain("Border of a region");
      expect(names(figure(surface, { layer: "pnl", ink, borders }))).not.toContain("Another scenario binds");
      expect(names(figure(surface, { layer: "pnl", ink }))).toContain("Another scenario binds");
    }
    const { data } = sliceFigure(surface, { layer: "pnl", at: { row: 1, column: 2 }, ink, borders });
    const kinks = data.filter(({ name }) => name === "Border of a region") as { x: number[]; y: number[] }[];
    expect(kinks.map(({ x, y }) => [x[0], y[0]])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it("stand in the file of the surface", () => {
    const { remarks = [] } = surfaceCsv(surface, borders);
    expect(remarks).toContain("border, scenario: down ↔ up: 0.2 0.5 0 0 -0.2 -0.5");
  });
});

describe("levels on a surface", () => {
  it("show where a call begins, where liquidation does, and the worst point", () => {
    const { data } = surfaceFigure(surface, { layer: "maintenance", ink });
    const trace = (name: string) => data.find((one) => one.name === name) as { x: number[]; y: number[] } | undefined;
    expect(trace("Call: balance = initial margin")).toBeDefined();
    expect(trace("Liquidation: balance = maintenance")).toBeDefined();
    expect([trace("Worst point")?.x, trace("Worst point")?.y]).toEqual([[-0.2], [0.5]]);
  });

  it("has a plane at zero room to a call and at zero headroom", () => {
    const names = (layer: "callRoom" | "headroom") =>
      surfaceFigure(surface, { layer, ink }).data.map(({ name }) => name);
    expect(names("callRoom")).toContain("Plane of a call");
    expect(names("headroom")).toContain("Liquidation plane");
  });

  it("leaves titles out where they would be cut off, and says the axes below", () => {
    const { layout } = surfaceFigure(surface, { layer: "pnl", ink, compact: true });
    expect(layout.scene?.xaxis?.title).toEqual({ text: "" });
    expect(layout.annotations?.[0]?.text).toBe("right: price move, back: volatility change, up: USD");
    expect(layout.showlegend).toBe(false);
  });

  it("labels no height at the bottom of a low view, where the labels of the floor stand, and no regions without their list", () => {
    const { layout, data } = surfaceFigure(surface, { layer: "pnl", ink, compact: true, borders });
    const heights = layout.scene?.zaxis?.tickvals as number[];
    const { min, max } = extremes(surface, "pnl");
    expect(heights.length).toBeGreaterThanOrEqual(2);
    expect(heights.every((height) => height > min + 0.25 * (max - min) && height <= max)).toBe(true);
    expect(data.map(({ name }) => name)).not.toContain("Regions on both sides");
    expect(surfaceFigure(surface, { layer: "pnl", ink, borders }).data.map(({ name }) => name)).toContain(
      "Regions on both sides",
    );
    const fixed = surfaceFigure(surface, { layer: "pnl", ink, compact: true, range: { low: 0, high: 1000 } });
    expect(fixed.layout.scene?.zaxis).toMatchObject({ tickvals: [500, 1000], ticktext: ["500", "1K"] });
    const flat = { ...surface, layers: { ...surface.layers, pnl: surface.layers.pnl.map(() => 5) } };
    expect(surfaceFigure(flat, { layer: "pnl", ink, compact: true }).layout.scene?.zaxis?.tickvals).toBeUndefined();
  });
});

describe("slices of two sides", () => {
  const other = smallSurface();
  const at = { row: 1, column: 2 };
  it("draw A, B and A − B of the layer, told apart by their dashes", () => {
    const second = { surface: { ...other, layers: { ...other.layers, pnl: other.layers.pnl.map((one) => one / 2) } } };
    const { data } = sliceFigure(surface, { layer: "pnl", at, ink, other: { ...second, name: "half", own: "whole" } });
    const lines = data.filter((one) => "mode" in one && one.mode === "lines") as {
      name: string;
      y: number[];
      line: { dash: string };
    }[];
    expect(lines.slice(0, 3).map(({ name, line }) => [name, line.dash])).toEqual([
      ["A: whole", "solid"],
      ["B: half", "dash"],
      ["A − B", "dashdot"],
    ]);
    expect(lines[2]?.y).toEqual([-100, -50, 0, 50, 100]);
  });
});

describe("a difference of two surfaces", () => {
  const b = smallSurface({ bindings: ["down", "other"] });
  const difference = {
    ...{ a: surface, b, otherBinding: 6 },
    layers: { ...surface.layers, pnl: surface.layers.pnl.map(() => 5) },
    worst: [
      {
        layer: "pnl",
        worstOfA: { value: -300, priceMove: -0.2, change: 0.5 },
        worstOfB: { value: -250, priceMove: 0.2, change: 0.5 },
        differenceOfWorst: -50,
        worstOfDifference: { value: -80, priceMove: 0.1, change: 0, a: 20, b: 100 },
        bestOfDifference: { value: 5, priceMove: 0, change: 0, a: 5, b: 0 },
      },
    ],
  } satisfies Difference;

  it("is a surface of its own whose binding names both sides where they differ", () => {
    const drawn = differenceSurface(difference);
    expect(drawn.layers.pnl[0]).toBe(5);
    expect(drawn.bindings).toEqual(["down", "none loses", "A: up, B: other"]);
    const { data } = surfaceFigure(drawn, { layer: "maintenance", ink, difference: true });
    expect(data[0]).toMatchObject({ name: "A − B: Maintenance margin", cmid: 0 });
  });

  it("states the difference of the worst points and the worst point of the difference", () => {
    const words = worstWords(difference, "pnl");
    expect(words[1]).toBe("Difference of the worst points: −50.00 USD.");
    expect(words[2]).toBe(
      "Worst point of the difference: −80.00 USD at price +10 %, volatility 0 % (A 20.00 USD, B 100.00 USD).",
    );
    expect(worstWords(difference, "vega")).toEqual([]);
  });
});

describe("axes of every kind", () => {
  it("have titles, units and words", () => {
    const skew = smallSurface({ vertical: { kind: "skew" } });
    expect([rowAxis(skew).title, rowWord(skew), shockText(rowAxis(skew), 0.1)]).toEqual([
      "Skew, points",
      "skew",
      "+10 pts",
    ]);
    const prices = smallSurface({ vertical: { kind: "price", underlying: "ETH" }, underlying: "BTC" });
    expect([rowAxis(prices).title, columnAxis(prices).title]).toEqual(["ETH price move", "BTC price move"]);
    expect([rowWord(prices), columnWord(prices)]).toEqual(["ETH price", "BTC price"]);
    expect(pointWords(prices, { row: 2, column: 4 })).toBe("BTC price +20 %, ETH price +50 %");
    expect(pointWords(smallSurface({ days: 7 }), { row: 1, column: 2 })).toBe(
      "price 0 %, volatility 0 %, after 7 days",
    );
    expect(surfaceWords(prices, "pnl")).toContain("At no move of ETH price liquidation comes at price −13 %.");
    expect(surfaceCsv(skew).header.slice(0, 2)).toEqual([
      "price move (fraction)",
      "skew change (fraction = points ÷ 100)",
    ]);
  });

  it("come back from their form", () => {
    const axes = {
      price: { from: -0.2, to: 0.2, count: 21 },
      volatility: { from: -0.3, to: 0.3, count: 11 },
      volatilityMode: "relative" as const,
      ...{ vertical: { kind: "price" as const, underlying: "ETH" }, underlying: "BTC", days: [0, 7, 30] },
    };
    expect(axesOf(fieldsOf(axes))).toEqual({ ok: true, axes });
    const problem = (change: Partial<ReturnType<typeof fieldsOf>>): string => {
      const answer = axesOf({ ...fieldsOf(axes), ...change });
      return answer.ok ? JSON.stringify(answer.axes.days) : answer.problem;
    };
    expect(problem({ days: "30; 7 7, 0" })).toBe("[0,7,30]");
    expect(problem({ days: "tomorrow" })).toContain("enter numbers");
    expect(problem({ days: "-1" })).toContain("enter numbers");
    expect(problem({ days: Array.from({ length: 25 }, (_, at) => at).join(",") })).toContain("at most 24");
    expect(problem({ underlying: "ETH" })).toContain("name two underlyings");
    expect(problem({ vertical: "skew", volatilityTo: "" })).toContain("Skew: enter");
  });
});

describe("keys and cameras", () => {
  it("show the isometric view by a, and step through dates by brackets", () => {
    const action = actionOf("a", "3d");
    expect(action?.kind === "camera" && action.change(cameras.top)).toEqual(cameras.isometric);
    expect(actionOf("]", "contour")).toEqual({ kind: "day", step: 1 });
    expect(actionOf("[", "dates")).toEqual({ kind: "day", step: -1 });
    expect(actionOf("ArrowUp", "dates")).toBeUndefined();
  });
  it("know the same view again", () => {
    expect(isSameCamera(cameras.front, { ...cameras.front })).toBe(true);
    expect(isSameCamera(cameras.front, rotated(cameras.front, 1, 0))).toBe(false);
  });
});
