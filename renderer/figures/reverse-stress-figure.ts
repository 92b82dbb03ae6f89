import type { Data } from "plotly.js";
import { formatNumber, formatPercent } from "../../core/base/format.ts";
import type { LadderRung, StressSolution } from "../client/stress.ts";
import { priceAxis, shockText } from "./axes.ts";
import { shortFactor } from "./calibration-figure.ts";
import type { Figure, Ink } from "./figure.ts";

/** Pixels a factor needs. */
const rowPixels = 42;

export function reverseLadderHeight(rungs: readonly LadderRung[]): number {
  return new Set(rungs.map(({ factor }) => factor)).size * rowPixels + 96;
}

/** How far each factor must go on its own in both directions, alone and with the others following it. */
export function reverseLadderFigure(rungs: readonly LadderRung[], most: number, ink: Ink): Figure {
  const factors = [...new Set(rungs.map(({ factor }) => factor))];
  const ways = [
    { others: "following", name: "others follow", color: ink.first, shape: "" },
    { others: "alone", name: "others stay", color: ink.second, shape: "/" },
  ] as const;
  const present = ways.filter(({ others }) => rungs.some((rung) => rung.others === others));
  const data = present.flatMap(({ others, name, color, shape }) =>
    (["down", "up"] as const).map((direction): Data => {
      const own = factors.map((factor) =>
        rungs.find((rung) => rung.factor === factor && rung.others === others && rung.direction === direction),
      );
      return {
        type: "bar",
        orientation: "h",
        ...{ name, legendgroup: others, showlegend: direction === "down", offsetgroup: others },
        x: own.map((rung) => rung?.reached?.move ?? 0),
        y: factors.map(shortFactor),
        text: own.map((rung) => (rung === undefined ? "" : rungText(rung, most))),
        ...{ textposition: "outside", cliponaxis: false, textfont: { size: 12, color: ink.text } },
        marker: {
          ...{ color, line: { color: ink.paper, width: 1 } },
          pattern: { shape, fillmode: "overlay", fgcolor: ink.paper, size: 6, solidity: 0.25 },
        },
        hovertemplate: "%{y}: %{text}<extra></extra>",
      } as Data;
    }),
  );
  const moves = rungs.flatMap(({ reached }) => reached?.move ?? []);
  const [low, high] = [Math.min(0, ...moves), Math.max(0, ...moves)];
  const room = Math.max(0.05, 0.45 * (high - low));
  return {
    data,
    layout: {
      uirevision: "reverse-ladder",
      barmode: "group",
      bargap: 0.25,
      margin: { l: 8, r: 14, t: 8, b: 40 },
      legend: { orientation: "h", y: 1.01, yanchor: "bottom", x: 0 },
      xaxis: { title: { text: "Relative move" }, tickformat: "+.0%", range: [low - room, high + room], zeroline: true },
      yaxis: { autorange: "reversed", automargin: true, fixedrange: true },
    },
  };
}

/** `−8.39 % · 3.22 sd`, or that nothing was found. */
function rungText({ direction, reached }: LadderRung, most: number): string {
  if (!reached) return `${direction === "down" ? "↓" : "↑"} none within ${formatNumber(most, { decimals: 0 })} sd`;
  return `${formatPercent(reached.move, { decimals: 2, signed: true })} · ${formatNumber(reached.norm, { decimals: 2 })} sd`;
}

/** One solution: how far each factor goes, and what loses. */
export function solutionFigure({ moves, losses }: StressSolution, ink: Ink): Figure {
  const parts = [
    { name: "price alone", color: ink.second, shape: "", of: ({ price }: StressSolution["losses"][number]) => price },
    {
      name: "volatility alone",
      color: ink.first,
      shape: "/",
      of: ({ volatility }: StressSolution["losses"][number]) => volatility,
    },
    {
      name: "together",
      color: ink.muted,
      shape: "x",
      of: ({ together }: StressSolution["losses"][number]) => together,
    },
  ];
  return {
    data: [
      {
        type: "bar",
        orientation: "h",
        showlegend: false,
        x: moves.map(({ deviations }) => deviations),
        y: moves.map(({ factor }) => shortFactor(factor)),
        text: moves.map(
          ({ move, shareOfNorm }) =>
            `${shockText(priceAxis, move)} · ${formatNumber(shareOfNorm * 100, { decimals: 0 })} % of m²`,
        ),
        ...{ textposition: "outside", cliponaxis: false, textfont: { size: 12, color: ink.text } },
        marker: { color: moves.map(({ move }) => (move < 0 ? ink.second : ink.first)) },
        hovertemplate: "%{y}: %{x:.2f} deviations<br>%{text}<extra></extra>",
      } as Data,
      ...parts.map(
        ({ name, color, shape, of }): Data =>
          ({
            type: "bar",
            orientation: "h",
            name,
            x: losses.map(of),
            y: losses.map(({ underlying }) => underlying),
            ...{ xaxis: "x2", yaxis: "y2" },
            marker: { color, pattern: { shape, fillmode: "overlay", fgcolor: ink.paper, size: 6, solidity: 0.25 } },
            hovertemplate: `%{y}, ${name}: <b>%{x:,.0f}</b> USD<extra></extra>`,
          }) as Data,
      ),
    ],
    layout: {
      uirevision: "solution",
      barmode: "relative",
      bargap: 0.3,
      margin: { l: 8, r: 14, t: 8, b: 40 },
      legend: { orientation: "h", x: 0.62, y: 1.01, yanchor: "bottom" },
      xaxis: { title: { text: "Standard deviations" }, domain: [0, 0.54], zeroline: true, range: roomFor(moves) },
      yaxis: { autorange: "reversed", automargin: true, fixedrange: true },
      xaxis2: {
        title: { text: "Loss, USD; loss > 0" },
        domain: [0.66, 1],
        tickformat: "~s",
        zeroline: true,
        nticks: 5,
      },
      yaxis2: { anchor: "x2", autorange: "reversed", fixedrange: true, automargin: true } as never,
    },
  };
}

/** Space for the words beside the longest bars. */
function roomFor(moves: StressSolution["moves"]): [number, number] {
  const values = moves.map(({ deviations }) => deviations);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = 0.75 * Math.max(1, high - low);
  return [low < 0 ? low - room : -0.2 * room, high > 0 ? high + room : 0.9 * room];
}
