import type { Data } from "plotly.js";
import { describe, expect, it } from "vitest";
import { palettes } from "../../../renderer/app/theme/palettes.ts";
import { priceAxis, roundStep, shockTicks } from "../../../renderer/figures/axes.ts";
import { cameras, rotated, zoomed } from "../../../renderer/figures/camera.ts";
import { contourFigure } from "../../../renderer/figures/contour-figure.ts";
import type { Ink } from "../../../renderer/figures/figure.ts";
import { layers } from "../../../renderer/figures/layer.ts";
import { plotlyScale } from "../../../renderer/figures/palette.ts";
import { plotConfig } from "../../../renderer/figures/plot-config.ts";
import { isSoftware } from "../../../renderer/figures/screen-config.ts";
import { cut, sliceFigure } from "../../../renderer/figures/slice-figure.ts";
import { surfaceFigure } from "../../../renderer/figures/surface-figure.ts";
import { smallSurface } from "./small-surface.ts";

const ink: Ink = { text: "#111111", muted: "#777777", paper: "#ffffff", first: "#2858c5", second: "#b35806" };
const surface = smallSurface();
const named = (data: readonly Data[], name: string) => data.find((trace) => "name" in trace && trace.name === name);

describe("surfaceFigure", () => {
  it("stands upright: price along x, volatility along y, z[row][column]", () => {
    const [main] = surfaceFigure(surface, { layer: "pnl", ink }).data;
    expect(main).toMatchObject({
      type: "surface",
      x: [-0.2, -0.1, 0, 0.1, 0.2],
      y: [-0.5, 0, 0.5],
      z: [
        [-100, 0, 100, 200, 300],
        [-200, -100, 0, 100, 200],
        [-300, -200, -100, 0, 100],
      ],
    });
  });

  it.each(layers.filter(({ scale }) => scale === "diverging"))("$id is symmetric about zero", ({ id }) => {
    const [main] = surfaceFigure(surface, { layer: id, ink }).data;
    if (main?.type !== "surface") throw new Error("no surface");
    expect(main.cmid).toBe(0);
    expect(main.cmin).toBe(-(main.cmax ?? 0));
  });

  it.each(layers.filter(({ scale }) => scale === "sequential"))(
    "$id runs from lowest to highest and has one hue",
    ({ id }) => {
      const [main] = surfaceFigure(surface, { layer: id, ink }).data;
      const factor = id === "initial" ? 1.3 : 1;
      expect(main).toMatchObject({ cmin: 100 * factor, cmax: 400 * factor });
      expect(main).not.toHaveProperty("cmid");
    },
  );

  it.each(layers)("$id names its unit in the colour bar and on the axis", ({ id, unit }) => {
    const { data, layout } = surfaceFigure(surface, { layer: id, ink });
    expect(data[0]).toMatchObject({ colorbar: { title: { text: unit } } });
    expect(layout.scene?.zaxis?.title).toEqual({ text: unit });
  });

  it("gives every trace a name of its own that may stand in a selector", () => {
    const { data } = surfaceFigure(surface, { layer: "headroom", ink, selected: { row: 1, column: 1 } });
    const uids = data.map((trace) => ("uid" in trace ? trace.uid : undefined));
    expect(new Set(uids).size).toBe(data.length);
    for (const uid of uids) expect(uid).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  it("is quick and without the labels of lines while it is coarse", () => {
    const coarse = contourFigure({ ...surface, stage: "coarse" }, { layer: "pnl", ink });
    expect([coarse.quick, contourFigure(surface, { layer: "pnl", ink }).quick]).toEqual([true, false]);
    expect(coarse.data[0]).toMatchObject({ contours: { showlabels: false } });
  });

  it("keeps colours true: ambient light high, specular low, contours on the floor", () => {
    const [main] = surfaceFigure(surface, { layer: "initial", ink }).data;
    expect(main).toMatchObject({
      lighting: { ambient: 0.85, specular: 0.05 },
      contours: { z: { project: { z: true } } },
    });
  });

  it("marks the market as it is, the selected point, binding changes and the liquidation edge, a little above the surface", () => {
    const { data } = surfaceFigure(surface, { layer: "pnl", ink, selected: { row: 0, column: 4 } });
    const lift = 3 * (600 * 0.006);
    expect(named(data, "Market now")).toMatchObject({ x: [0], y: [0], z: [lift] });
    expect(named(data, "Selected")).toMatchObject({ x: [0.2], y: [-0.5], z: [300 + lift] });
    expect(named(data, "Another scenario binds")).toMatchObject({ mode: "lines" });
    expect(named(data, "Liquidation: balance = maintenance")).toMatchObject({ mode: "lines" });
  });

  it("shows the liquidation plane only when headroom crosses zero", () => {
    const plane = (from: typeof surface) =>
      named(surfaceFigure(from, { layer: "headroom", ink }).data, "Liquidation plane");
    expect(plane(surface)).toMatchObject({
      z: [
        [0, 0],
        [0, 0],
      ],
    });
    const safe = smallSurface({ layers: { ...surface.layers, headroom: surface.layers.headroom.map(() => 5) } });
    expect(plane(safe)).toBeUndefined();
  });

  it("takes a fixed range for comparing portfolios", () => {
    const { data, layout } = surfaceFigure(surface, { layer: "pnl", ink, range: { low: -1000, high: 500 } });
    expect(data[0]).toMatchObject({ cmin: -1000, cmax: 1000 });
    expect(layout.scene?.zaxis?.range).toEqual([-1000, 500]);
  });

  it("shows volatility points as points", () => {
    const points = smallSurface({ volatilityMode: "absolute", volatilityChanges: Float64Array.of(-0.1, 0, 0.1) });
    const { data, layout } = surfaceFigure(points, { layer: "pnl", ink });
    expect(data[0]).toMatchObject({ y: [-10, 0, 10] });
    expect(layout.scene?.yaxis).toMatchObject({ title: { text: "Volatility change, points" }, ticksuffix: " pts" });
  });
});

describe("contourFigure", () => {
  it("is symmetric about zero for profit and has the same orientation as the surface", () => {
    const [map] = contourFigure(surface, { layer: "pnl", ink }).data;
    expect(map).toMatchObject({ type: "contour", zmin: -300, zmax: 300, zmid: 0 });
    if (map?.type !== "contour" || !Array.isArray(map.z)) throw new Error("no contour");
    expect(map.z[2]).toEqual([-300, -200, -100, 0, 100]);
  });
  it("labels the regions with the letter of the scenario that binds", () => {
    const { layout } = contourFigure(surface, { layer: "maintenance", ink });
    expect(layout.annotations?.map(({ text, x }) => [text, Math.sign(Number(x))])).toEqual([
      ["<b>A</b>", -1],
      ["<b>B</b>", 1],
      ["<b>C</b>", 0],
    ]);
  });
  it("has no labels when one scenario binds everywhere", () => {
    const { layout } = contourFigure(smallSurface({ binding: new Int16Array(15) }), { layer: "maintenance", ink });
    expect(layout.annotations).toEqual([]);
  });
});

describe("sliceFigure", () => {
  const at = { row: 2, column: 1 };
  it("cuts at the chosen row and column", () => {
    expect(cut(surface, "pnl", "price", at)).toEqual([-300, -200, -100, 0, 100]);
    expect(cut(surface, "pnl", "volatility", at)).toEqual([0, -100, -200]);
  });
  it("draws requirements together with the margin balance", () => {
    const { data } = sliceFigure(surface, { layer: "maintenance", at, ink });
    expect(named(data, "Margin balance")).toMatchObject({ y: [230, 230, 230, 230, 230] });
    expect(named(data, "Initial margin")).toMatchObject({ y: cut(surface, "initial", "price", at) });
  });
  it("labels each kink with the letter of the scenario that takes over, and its name on hover", () => {
    const { layout } = sliceFigure(surface, { layer: "pnl", at, ink });
    const labels = layout.annotations?.filter(({ showarrow }) => showarrow) ?? [];
    expect(labels.map(({ text, hovertext }) => [text, hovertext])).toEqual([
      ["<b>C</b>", "none loses"],
      ["<b>B</b>", "up"],
    ]);
  });
  it("says in its headings where it cuts", () => {
    const { layout } = sliceFigure(surface, { layer: "pnl", at, ink });
    expect(layout.annotations?.filter(({ showarrow }) => !showarrow).map(({ text }) => text)).toEqual([
      "over price, volatility +50 %",
      "over volatility, price −10 %",
    ]);
  });
});

describe("plotlyScale", () => {
  it("keeps a flat band of the middle colour around zero", () => {
    const scale = plotlyScale(palettes.puor.steps, true);
    expect(scale.filter(([, color]) => color === "#f7f7f7")).toEqual([
      [0.4975, "#f7f7f7"],
      [0.5025, "#f7f7f7"],
    ]);
    expect(scale[0]).toEqual([0, "#7f3b08"]);
    expect(scale.at(-1)).toEqual([1, "#2d004b"]);
    expect(scale.map(([share]) => share)).toEqual([...scale.map(([share]) => share)].sort((a, b) => a - b));
  });
});

describe("camera", () => {
  it("turns by degrees and keeps its distance", () => {
    const turned = rotated(cameras.front, 90, 0);
    expect(turned.eye.x).toBeCloseTo(2.2, 10);
    expect(turned.eye.y).toBeCloseTo(0, 10);
    expect(Math.hypot(turned.eye.x, turned.eye.y, turned.eye.z)).toBeCloseTo(Math.hypot(2.2, 0.05), 10);
  });
  it("never goes over the pole", () => {
    const high = rotated(cameras.front, 0, 200);
    expect(high.eye.z).toBeLessThan(Math.hypot(2.2, 0.05));
    expect(high.eye.y).toBeLessThan(0);
  });
  it("comes down from the top view toward the front", () => expect(rotated(cameras.top, 0, -60).eye.y).toBeLessThan(0));
  it("zooms within bounds", () => {
    const near = zoomed(cameras.front, 1e-6).eye;
    expect(Math.hypot(near.x, near.y, near.z)).toBeCloseTo(0.4, 10);
  });
});

describe("roundStep", () => {
  it.each([
    [100, 10, 10],
    [730, 8, 100],
    [0.9, 8, 0.2],
    [12_345, 10, 2000],
  ])("%d in about %d pieces: %d", (range, pieces, step) => expect(roundStep(range, pieces)).toBeCloseTo(step, 12));
});

describe("isSoftware", () => {
  it("knows the programs that draw without a graphics card", () => {
    for (const name of [
      "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)",
      "ANGLE (Mesa, llvmpipe (LLVM 15.0.6 256 bits), OpenGL 4.5)",
      "ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)",
    ])
      expect(isSoftware(name), name).toBe(true);
    for (const name of ["ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)", "Apple M2", ""])
      expect(isSoftware(name), name).toBe(false);
  });
});

describe("plotConfig", () => {
  it("has no upload button, no logo and no server", () => {
    expect(plotConfig).toMatchObject({
      showSendToCloud: false,
      displaylogo: false,
      plotlyServerURL: "",
      topojsonURL: "",
    });
    expect(plotConfig.modeBarButtonsToRemove).toContain("sendChartToCloud");
  });
});

describe("shockTicks", () => {
  it("stand at round shocks and write zero without a sign", () =>
    expect(shockTicks(priceAxis, [-0.5, 0, 0.5])).toEqual({
      tickvals: [-0.4, -0.2, 0, 0.2, 0.4],
      ticktext: ["−40 %", "−20 %", "0 %", "+20 %", "+40 %"],
    }));
});
