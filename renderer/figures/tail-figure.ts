import type { Data, Layout } from "plotly.js";
import { roundStep } from "./axes.ts";
import { hatched } from "./backtest-figure.ts";
import type { Figure, Ink } from "./figure.ts";
import { quantilePairs, quartileLine, type TailData, type TailLine } from "./tail.ts";

const dashOf = { var: "solid", es: "dash", margin: "dot" } as const;

/** Histogram of losses with the lines that measure its tail; bars from the value at risk on are hatched. */
export function histogramFigure({ losses, lines, unit }: TailData, ink: Ink): Figure {
  const { edges, counts } = bins(losses);
  const valueAtRisk = lines.find(({ kind }) => kind === "var")?.value ?? Number.POSITIVE_INFINITY;
  const middles = counts.map((_, at) => ((edges[at] ?? 0) + (edges[at + 1] ?? 0)) / 2);
  const inTail = middles.map((middle) => middle >= valueAtRisk);
  const bars: Data = {
    type: "bar",
    x: middles,
    y: [...counts],
    width: (edges[1] ?? 1) - (edges[0] ?? 0),
    customdata: counts.map((_, at) => [edges[at] ?? 0, edges[at + 1] ?? 0]) as never,
    marker: {
      color: inTail.map((tail) => (tail ? ink.second : ink.muted)),
      line: { color: ink.paper, width: 1 },
      pattern: hatched(inTail, ink),
    } as never,
    hovertemplate: `%{y} from %{customdata[0]:,.0f} to %{customdata[1]:,.0f} ${unit}<extra></extra>`,
  };
  return {
    data: [bars],
    layout: {
      uirevision: "histogram",
      showlegend: false,
      bargap: 0,
      margin: { l: 48, r: 12, t: 56, b: 42 },
      xaxis: { title: { text: `Loss, ${unit}; loss > 0` }, tickformat: "~s" },
      yaxis: { title: { text: "Count" } },
      shapes: lines.map(({ value, kind }) => upright(value, kind, ink)),
      annotations: lines.map(({ label, value, kind }, place) => ({
        ...{ x: value, xref: "x", y: 1, yref: "paper", yanchor: "bottom", text: label, showarrow: false },
        // Names stand in three rows above the chart, so that neighbours do not cover each other.
        yshift: 16 * (place % 3),
        font: { size: 12, color: kind === "margin" ? ink.muted : ink.text },
      })),
    },
  };
}

/** Losses against a normal: above the line the tail is heavier. */
export function quantileFigure(data: TailData, ink: Ink): Figure {
  const pairs = quantilePairs(data);
  const line = quartileLine(pairs);
  const ends = [pairs.normal.at(-1) ?? 0, pairs.normal[0] ?? 0];
  const points: Data = {
    type: "scatter",
    mode: "markers",
    x: [...pairs.normal],
    y: [...pairs.losses],
    text: [...pairs.labels],
    marker: { size: 7, symbol: "circle-open", color: ink.first, line: { width: 1.5, color: ink.first } },
    hovertemplate: `%{text}<br>%{y:,.0f} ${data.unit}, normal %{x:.2f}<extra></extra>`,
  };
  const straight: Data[] = line
    ? [
        {
          type: "scatter",
          mode: "lines",
          x: ends,
          y: ends.map((x) => line.intercept + line.slope * x),
          line: { color: ink.muted, width: 1.5, dash: "dash" },
          hoverinfo: "skip",
        },
      ]
    : [];
  return {
    data: [...straight, points],
    layout: {
      uirevision: "quantiles",
      showlegend: false,
      margin: { l: 64, r: 12, t: 10, b: 42 },
      xaxis: { title: { text: "Quantile of a standard normal" }, zeroline: true },
      yaxis: { title: { text: `Loss, ${data.unit}` }, tickformat: "~s" },
    },
  };
}

/** Bars of round width that hold every loss. */
export function bins(losses: readonly number[]): {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
} {
  const low = Math.min(...losses);
  const high = Math.max(...losses);
  const pieces = Math.min(60, Math.max(10, Math.ceil(2 * Math.sqrt(losses.length))));
  const width = high > low ? roundStep(high - low, pieces) : 1;
  const first = Math.floor(low / width);
  const counts = Array.from({ length: Math.max(1, Math.floor(high / width) - first + 1) }, () => 0);
  for (const loss of losses) {
    const at = Math.floor(loss / width) - first;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return { edges: Array.from({ length: counts.length + 1 }, (_, at) => (first + at) * width), counts };
}

function upright(x: number, kind: TailLine["kind"], ink: Ink): NonNullable<Layout["shapes"]>[number] {
  return {
    ...{ type: "line", xref: "x", yref: "paper", x0: x, x1: x, y0: 0, y1: 1 },
    line: { color: kind === "margin" ? ink.muted : ink.text, width: kind === "margin" ? 1 : 2, dash: dashOf[kind] },
  };
}
