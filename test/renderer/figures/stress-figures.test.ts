import { describe, expect, it } from "vitest";
import type {
  Dependence,
  Kink,
  KinkDistance,
  LadderRung,
  StressPush,
  StressSolution,
  StressStep,
} from "../../../renderer/client/stress.ts";
import { dependenceFigure } from "../../../renderer/figures/dependence-figure.ts";
import type { Ink } from "../../../renderer/figures/figure.ts";
import { kinkAt, kinkFigure, ladderHeight } from "../../../renderer/figures/kink-figure.ts";
import { fallsShort, firstOf, ladderRows, levelText, moveText } from "../../../renderer/figures/kink-ladder.ts";
import { pushFigure } from "../../../renderer/figures/push-figure.ts";
import { reverseLadderFigure, solutionFigure } from "../../../renderer/figures/reverse-stress-figure.ts";
import { pathFigure, rankingFigure } from "../../../renderer/figures/stress-figure.ts";

const ink: Ink = { text: "#111111", muted: "#777777", paper: "#ffffff", first: "#2858c5", second: "#b35806" };

const kink = (kind: Kink["kind"], move: number, after: string, account = "BTC"): Kink => ({
  ...{ kind, move, after, account, before: "", width: 0, also: [], initialUsd: 10, maintenanceUsd: 8 },
});
const short = "Margin balance below Initial margin";
const distance = {
  asOfMs: Date.UTC(2026, 10, 20),
  levels: [
    { underlying: "BTC", price: 94_250, volatility: { level: 0.4365, tenorDays: 30 } },
    { underlying: "ETH", price: 3.5 },
  ],
  directions: [
    {
      ...{ axis: { kind: "price", from: -0.5, to: 0.5 }, direction: "down", searchedTo: -0.5 },
      kinks: [kink("scenario", -0.02, "another binds", "ETH"), kink("call", -0.123, short)],
    },
    {
      ...{ axis: { kind: "price", from: -0.5, to: 0.5 }, direction: "up", searchedTo: 0.5 },
      kinks: [kink("call", 0.05, "Margin balance at or above Initial margin"), kink("call", 0.45, short)],
    },
    { axis: { kind: "time", from: 0, to: 30 }, direction: "down", searchedTo: 0, kinks: [] },
    {
      ...{ axis: { kind: "time", from: 0, to: 30 }, direction: "up", searchedTo: 30 },
      kinks: [kink("expiry", 7.25, "50 positions", "")],
    },
  ],
} as unknown as KinkDistance;

describe("the ladder of kinks", () => {
  const rows = ladderRows(distance);

  it("joins the two directions of an axis into one row", () => {
    expect(rows.map(({ label, from, to, kinks }) => [label, from, to, kinks.length])).toEqual([
      ["Price, all", -0.5, 0.5, 4],
      ["Time", 0, 30, 1],
    ]);
  });

  it("tells a call from a recovery", () => {
    const [price] = rows;
    expect(price?.kinks.map(fallsShort)).toEqual([false, true, false, true]);
    expect(price && firstOf(price, "call", 1)?.move).toBe(0.45);
    expect(price && firstOf(price, "liquidation", -1)).toBeUndefined();
  });

  it("says moves and levels in their units", () => {
    const [price, time] = rows;
    expect(price && moveText(price.axis, -0.123)).toBe("−12.30 %");
    expect(price && levelText(price.axis, -0.123, distance)).toBe("BTC 82,657, ETH 3.070 USD");
    expect(price && levelText(price.axis, -0.123, distance, 1)).toBe("BTC 82,657 USD, and 1 more");
    expect(levelText({ kind: "volatility", from: 0, to: 1 }, 1, distance)).toBe("BTC 30-day 87.3 vol points");
    expect(levelText({ kind: "volatility", underlying: "ETH", from: 0, to: 1 }, 1, distance)).toBe("no level known");
    expect(time && moveText(time.axis, 7.25)).toBe("in 7.25 days");
    expect(time && levelText(time.axis, 7.25, distance)).toBe("2026-11-27 06:00:00Z");
    expect(levelText({ kind: "size", from: -0.9, to: 4 }, 0.4376, distance)).toBe("1.438 × the quantities");
  });

  it("draws each kind once in the legend, on the scale of its own kind of axis", () => {
    const { data, layout } = kinkFigure(rows, ink);
    const named = data.filter((trace) => "showlegend" in trace && trace.showlegend);
    expect(named.map((trace) => trace.name)).toEqual(["Margin call", "Other binding scenario", "Expiry"]);
    expect(data.find((trace) => trace.name === "Expiry")).toMatchObject({ xaxis: "x2", x: [7.25], y: [1] });
    expect(layout).toMatchObject({ xaxis: { range: [-0.54, 0.54] }, xaxis2: { ticksuffix: " d" } });
    expect(ladderHeight(rows)).toBeGreaterThan(100);
  });

  it("names the first call on each side, its label inside the figure", () => {
    const calls = kinkFigure(rows, ink).data.find((trace) => trace.name === "Margin call");
    expect(calls).toMatchObject({
      text: ["−12.30 %", "", "+45.00 %"],
      textposition: ["top left", "top right", "top left"],
    });
  });

  it("rings the kink that is read, and finds it under the pointer", () => {
    const read = kinkAt(rows, { x: -0.1, y: 0.2 });
    expect(read?.move).toBe(-0.123);
    expect(kinkFigure(rows, ink, read).data.at(-1)).toMatchObject({ xaxis: "x2" });
    const ring = kinkFigure(rows, ink, read).data.find((trace) => "showlegend" in trace && trace.showlegend === false);
    expect(ring).toMatchObject({ x: [-0.123], y: [0] });
    expect(kinkAt(rows, { x: 0, y: 7 })).toBeUndefined();
  });
});

describe("reverse stress in figures", () => {
  const rung = (direction: "down" | "up", others: "alone" | "following", move?: number): LadderRung =>
    ({
      ...{ factor: "price:BTC", direction, others },
      ...(move !== undefined && { reached: { move, norm: 3.2, deviations: 3.2 } }),
    }) as LadderRung;

  it("draws both directions of both ways, and says where nothing is found", () => {
    const rungs = [
      rung("down", "alone", -0.08),
      rung("down", "following", -0.09),
      rung("up", "alone"),
      rung("up", "following"),
    ];
    const { data, layout } = reverseLadderFigure(rungs, 10, ink);
    expect(data.map((trace) => ("x" in trace ? trace.x : []))).toEqual([[-0.09], [0], [-0.08], [0]]);
    expect(data.map((trace) => ("text" in trace ? trace.text : ""))).toEqual([
      ["−9.00 % · 3.20 sd"],
      ["↑ none within 10 sd"],
      ["−8.00 % · 3.20 sd"],
      ["↑ none within 10 sd"],
    ]);
    expect(layout.yaxis).toMatchObject({ autorange: "reversed" });
  });

  it("puts factors beside losses, whose parts stack", () => {
    const solution = {
      moves: [
        { factor: "price:BTC", move: -0.18, deviations: -2.8, shareOfNorm: 0.9 },
        { factor: "volatility:BTC", move: 0.22, deviations: 1, shareOfNorm: 0.1 },
      ],
      losses: [{ underlying: "BTC", price: 100, volatility: -20, together: 5, total: 85 }],
    } as unknown as StressSolution;
    const { data, layout } = solutionFigure(solution, ink);
    expect(data[0]).toMatchObject({
      y: ["BTC price", "BTC vol"],
      x: [-2.8, 1],
      text: ["−18 % · 90 % of m²", "+22 % · 10 % of m²"],
    });
    expect(data.slice(1).map((trace) => ("x" in trace ? trace.x : []))).toEqual([[100], [-20], [5]]);
    expect(layout.barmode).toBe("relative");
  });
});

describe("the sensitivity ladder", () => {
  it("is a line a factor through the book where it is, told apart by dash and marker", () => {
    const step = (factor: string, deviations: number, pnlUsd: number) => ({ factor, deviations, pnlUsd, move: 0.1 });
    const push = {
      factors: [{ factor: "price:BTC" }, { factor: "volatility:BTC" }],
      ladder: [step("price:BTC", -3, -30), step("price:BTC", 3, -20), step("volatility:BTC", 3, 5)],
    } as unknown as StressPush;
    const { data } = pushFigure(push, { ink, categories: ["#2858c5", "#b35806"] });
    expect(data[0]).toMatchObject({ name: "BTC price", x: [-3, 0, 3], y: [-30, 0, -20], line: { dash: "solid" } });
    expect(data[1]).toMatchObject({ x: [0, 3], line: { dash: "dash" }, marker: { symbol: "square" } });
  });
});

describe("diversification failure in a figure", () => {
  const row = (kind: string, share: number | undefined, reliefLost: number, label = kind) => ({
    ...{ kind, reliefLost, label, expectedShortfall: 1, emulatedMarginUsd: 2 },
    ...(share !== undefined && { share }),
  });
  const rows = [
    row("today", 0, 0),
    row("one-factor", 1, 0.99),
    row("one-factor", 0.5, 0.5),
    row("worst-days", undefined, 0.51, "the 10 worst days"),
  ] as unknown as Dependence["rows"];

  it("begins each curve at today and goes along the way; windows are lines across", () => {
    const { data, layout } = dependenceFigure({ rows }, ink);
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({ x: [0, 0.5, 1], y: [0, 0.5, 0.99], name: "all factors as one" });
    expect(layout.shapes).toMatchObject([{ y0: 0.51, y1: 0.51 }]);
    expect(layout.annotations).toMatchObject([{ text: "the 10 worst days" }]);
  });
});

describe("stress runs in figures", () => {
  it("ranks scenarios with what they lead to, and hatches what is called", () => {
    const figure = rankingFigure(
      [
        {
          label: "Black Thursday and a name that is far too long for an axis",
          pnlUsd: -8_171_078,
          flag: "■ insolvent",
          selected: true,
        },
        { label: "Calm", pnlUsd: 1_000, flag: "", selected: false },
      ],
      ink,
    );
    expect(figure.data[0]).toMatchObject({
      x: [-8_171_078, 1_000],
      text: ["−8.2M · ■ insolvent", "+1.0K"],
      marker: { color: [ink.second, ink.first], pattern: { shape: ["/", ""] }, line: { width: [2, 1] } },
    });
    expect(figure.layout.yaxis).toMatchObject({ ticktext: ["Black Thursday and a name that is…", "Calm"] });
  });

  it("draws a path with its calls, leaves out balances that nobody knows, and marks the step that is read", () => {
    const step = (label: string, callUsd: number, flags: StressStep["flags"]): StressStep => ({
      ...{ label, days: 0, pnlUsd: 0, callUsd, flags },
      amounts: { initialUsd: 10, maintenanceUsd: 8, marginBalanceUsd: 9 },
    });
    const { data, layout } = pathFigure([step("close", 0, []), step("low", 4, ["call", "liquidation"])], 1, ink);
    expect(data.map(({ name }) => name)).toEqual([
      ...["Call", "Margin balance", "Initial margin", "Maintenance margin", "Below maintenance or 0"],
    ]);
    expect(data[0]).toMatchObject({ y: [0, 4] });
    expect(data[4]).toMatchObject({ x: [1], y: [9] });
    expect(layout.shapes).toMatchObject([{ x0: 0.55, x1: 1.45 }]);
    const unknown = { ...step("close", 0, []), amounts: { initialUsd: 10, maintenanceUsd: 8 } };
    expect(pathFigure([unknown], 0, ink).data.map(({ name }) => name)).not.toContain("Margin balance");
  });
});
