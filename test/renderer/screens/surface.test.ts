import { describe, expect, it } from "vitest";
import { cameras } from "../../../renderer/figures/camera.ts";
import { printable } from "../../../renderer/figures/figure-image.ts";
import { liquidationMoves, surfaceWords } from "../../../renderer/figures/words.ts";
import { axesOf, fieldsOf } from "../../../renderer/screens/surface/axes-form.ts";
import { surfaceCsv } from "../../../renderer/screens/surface/surface-export.ts";
import { actionOf } from "../../../renderer/screens/surface/surface-keys.ts";
import { gridPoint } from "../../../renderer/screens/surface/use-surface-point.ts";
import { smallSurface } from "../figures/small-surface.ts";

describe("actionOf", () => {
  const eyeAfter = (key: string) => {
    const action = actionOf(key, "3d");
    if (action?.kind !== "camera") throw new Error(`${key} does not turn the camera`);
    return action.change(cameras.front).eye;
  };
  it("rotates 5 degrees by arrows", () => {
    const { x, y } = eyeAfter("ArrowRight");
    expect((Math.atan2(y, x) - Math.atan2(-2.2, 0)) * (180 / Math.PI)).toBeCloseTo(5, 9);
  });
  it("zooms by + and −, resets by 0, and has three named views", () => {
    expect(Math.abs(eyeAfter("+").y)).toBeLessThan(2.2);
    expect(Math.abs(eyeAfter("-").y)).toBeGreaterThan(2.2);
    expect(eyeAfter("0")).toEqual(cameras.default.eye);
    expect([eyeAfter("t"), eyeAfter("f"), eyeAfter("s")]).toEqual([
      cameras.top.eye,
      cameras.front.eye,
      cameras.side.eye,
    ]);
  });
  it("moves the selected point in the flat charts", () =>
    expect(actionOf("ArrowUp", "contour")).toEqual({ kind: "move", rows: 1, columns: 0 }));
  it("opens the table by Enter and leaves its arrows to it", () => {
    expect(actionOf("Enter", "3d")).toEqual({ kind: "table" });
    expect(actionOf("ArrowUp", "table")).toBeUndefined();
  });
});

describe("axes of the form", () => {
  const axes = {
    price: { from: -0.15, to: 0.5, count: 41 },
    volatility: { from: -0.5, to: 0.5, count: 21 },
    volatilityMode: "relative" as const,
  };
  it("comes back as it was", () => expect(axesOf(fieldsOf(axes))).toEqual({ ok: true, axes }));
  it.each([
    [{ priceFrom: -100 }, "Price begins at −100"],
    [{ priceFrom: 60 }, "Price ends at 50: it must end above its begin 60."],
    [{ volatilityCount: 162 }, "Volatility: the number of points is 2 to 161."],
    [{ volatilityCount: 2.5 }, "Volatility: the number of points is 2 to 161."],
    [{ volatilityTo: "" }, "Volatility: enter where it begins and ends."],
  ])("refuses %o", (change, problem) => {
    const answer = axesOf({ ...fieldsOf(axes), ...change });
    expect(answer.ok ? "" : answer.problem.replace("-100", "−100")).toContain(problem);
  });
});

describe("words of a surface", () => {
  const surface = smallSurface();
  it("finds the price of liquidation at unchanged volatility", () => {
    const moves = liquidationMoves(surface);
    if (moves === "already") throw new Error("not liquidated");
    expect(moves.down).toBeCloseTo(-0.13, 12);
    expect(moves.up).toBeUndefined();
  });
  it("says lowest, highest, regions and liquidation", () => {
    const words = surfaceWords(surface, "maintenance");
    expect(words).toContain("Maintenance margin: 100.00 USD at price 0 %, volatility 0 % (none loses).");
    expect(words).toContain("highest 400.00 USD at price −20 %, volatility +50 %");
    expect(words).toContain("3 scenarios bind in different regions.");
    expect(words).toContain("At unchanged volatility liquidation comes at price −13 %.");
  });
  it("says so when the account is below maintenance now, or no balance is known", () => {
    const { layers } = surface;
    const headroom = layers.headroom.map(() => -1);
    expect(surfaceWords(smallSurface({ layers: { ...layers, headroom } }), "pnl")).toContain(
      "below its maintenance margin",
    );
    const none = smallSurface({ layers: { ...layers, headroom: new Float64Array(0) } });
    expect(surfaceWords(none, "pnl")).toContain("No balance is known");
  });
});

describe("gridPoint", () => {
  it("finds the nearest row and column of a place on the chart", () => {
    expect(gridPoint(smallSurface(), { x: 0.12, y: 0.4 })).toEqual({ row: 2, column: 3 });
    expect(gridPoint(smallSurface({ volatilityMode: "absolute" }), { x: 0, y: 49 })).toEqual({ row: 2, column: 2 });
  });
});

describe("exports", () => {
  it("writes every point with every layer that it has", () => {
    const { header, rows } = surfaceCsv(smallSurface());
    expect(rows).toHaveLength(15);
    for (const row of rows) expect(row).toHaveLength(header.length);
    expect(rows[0]?.slice(0, 2)).toEqual([-0.2, -0.5]);
    expect(rows[0]?.[header.indexOf("Profit and loss (USD)")]).toBe(-100);
    const none = smallSurface({ layers: { ...smallSurface().layers, headroom: new Float64Array(0) } });
    expect(surfaceCsv(none).header).not.toContain("Headroom to liquidation (USD)");
  });
  it("puts coarse grids onto paper, every layer on its own, with both ends and the market as it is", () => {
    const count = 41;
    const moves = Float64Array.from({ length: count }, (_, at) => (at - 20) / 40);
    const values = Float64Array.from({ length: count * count }, (_, at) => at * 1000.4);
    const large = smallSurface({
      ...{ priceMoves: moves, volatilityChanges: moves, binding: new Int16Array(count * count) },
      layers: { ...smallSurface().layers, initial: values, maintenance: values.map((value) => value / 1e7) },
    });
    const { rows, paper = [] } = surfaceCsv(large);
    expect(rows).toHaveLength(count * count);
    expect(paper.map(({ name }) => name.split(",")[0])).toEqual([
      ...["Initial margin", "Maintenance margin", "Binding scenario"],
    ]);
    const [initial, maintenance, binding] = paper;
    expect(initial?.header).toEqual([
      ...["volatility ↓ price →", "−50 %", "−40 %", "−30 %", "−20 %", "−10 %", "0 %"],
      ...["+10 %", "+20 %", "+30 %", "+40 %", "+50 %"],
    ]);
    expect(initial?.rows).toHaveLength(11);
    expect(initial?.rows[5]?.slice(0, 7)).toEqual([
      "volatility 0 %",
      ...[0, 4, 8, 12, 16, 20].map((at) => Math.round((820 + at) * 1000.4)),
    ]);
    expect(maintenance?.rows[1]?.[1]).toBe(0.0164066);
    expect(binding?.rows[0]?.[1]).toBe("A");
    expect(binding?.remarks?.[0]).toBe("A: down");
    expect(binding?.remarks?.[1]).toContain("11 × 11 of 41 × 41 points");
  });
  it("puts every point of a small grid onto paper", () => {
    const { paper = [] } = surfaceCsv(smallSurface());
    expect(paper[0]?.rows).toHaveLength(3);
    expect(paper[0]?.header).toHaveLength(6);
    expect(paper.at(-1)?.remarks?.[1]).toMatch(/^Amounts are rounded/);
  });
  it("puts title, time and marks inside the image, on white", () => {
    const { layout } = printable({ data: [], layout: {} }, { title: "Margin", lines: ["at noon", "1 override"] });
    expect(layout).toMatchObject({
      paper_bgcolor: "#ffffff",
      title: { text: "<b>Margin</b><br><sub>at noon<br>1 override</sub>" },
    });
  });
});
