import type { Data } from "plotly.js";
import { formatNumber } from "../../core/base/format.ts";
import type { FilteredHistory, HistoryCorrelation } from "../client/through-time.ts";
import type { Figure, Ink } from "./figure.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { plotlyScale } from "./palette.ts";
import { timeAxis } from "./plot-time.ts";

/** Two standard deviations: what is outside happens one day in twenty under a normal. */
const band = 2;

/** Last windows of a filtered history. */
export function lastWindows(filtered: FilteredHistory, count: number): FilteredHistory {
  const first = Math.max(0, filtered.returns.length - count);
  return {
    ...filtered,
    fromMs: filtered.fromMs.slice(first),
    toMs: filtered.toMs.slice(first),
    returns: filtered.returns.slice(first),
    residuals: filtered.residuals.slice(first),
    variances: filtered.variances.slice(first),
  };
}

/** Changes with the band of two forecast standard deviations around them. */
export function volatilityFigure({ toMs, returns, variances, change }: FilteredHistory, ink: Ink): Figure {
  const deviations = Array.from(returns, (_, at) => band * Math.sqrt(variances[at] ?? 0));
  const x = [...toMs];
  const edge = (sign: 1 | -1): Data => ({
    type: "scatter",
    mode: "lines",
    name: sign === 1 ? "two standard deviations forecast" : "",
    showlegend: sign === 1,
    x,
    y: deviations.map((deviation) => 100 * sign * deviation),
    line: { color: ink.second, width: 2, dash: sign === 1 ? "solid" : "dash" },
    hovertemplate: "%{y:+.2f} %<extra></extra>",
  });
  return {
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: `${change} change`,
        x,
        y: Array.from(returns, (one) => 100 * one),
        line: { color: ink.muted, width: 1 },
        hovertemplate: "%{x}<br>%{y:+.2f} %<extra></extra>",
      },
      edge(1),
      edge(-1),
    ],
    layout: {
      uirevision: "volatility",
      margin: { l: 56, r: 12, t: 8, b: 28 },
      legend: { orientation: "h", y: 1, yanchor: "bottom", x: 0 },
      xaxis: timeAxis,
      // In percent, so that ticks are written as everywhere else at any zoom.
      yaxis: { title: { text: "Change" }, ticksuffix: " %" },
    },
  };
}

/** Standardised residuals through time, and beside them against a normal. */
export function residualFigure({ toMs, residuals }: FilteredHistory, ink: Ink): Figure {
  const sorted = Array.from(residuals).sort((a, b) => a - b);
  const normal = sorted.map((_, at) => normalQuantile((at + 0.5) / sorted.length));
  const reach = Math.max(4, Math.abs(sorted[0] ?? 0), Math.abs(sorted.at(-1) ?? 0));
  const dot = { size: 4, color: ink.first, opacity: 0.8 };
  return {
    data: [
      {
        type: "scatter",
        mode: "markers",
        x: [...toMs],
        y: Array.from(residuals),
        marker: dot,
        hovertemplate: "%{x}<br>%{y:.2f}<extra></extra>",
      },
      {
        type: "scatter",
        mode: "lines",
        x: [-4, 4],
        y: [-4, 4],
        xaxis: "x2",
        line: { color: ink.muted, width: 1.5, dash: "dash" },
        hoverinfo: "skip",
      },
      {
        type: "scatter",
        mode: "markers",
        x: normal,
        y: sorted,
        xaxis: "x2",
        marker: { ...dot, symbol: "circle-open", line: { width: 1, color: ink.first } },
        hovertemplate: "%{y:.2f}, normal %{x:.2f}<extra></extra>",
      },
    ],
    layout: {
      uirevision: "residuals",
      showlegend: false,
      margin: { l: 48, r: 12, t: 8, b: 40 },
      xaxis: { ...timeAxis, nticks: 5, domain: [0, 0.64] },
      xaxis2: { domain: [0.7, 1], title: { text: "Standard normal" } },
      yaxis: { title: { text: "Standardised residual" }, range: [-1.05 * reach, 1.05 * reach] },
      shapes: [band, -band].map((y) => ({
        ...{ type: "line", xref: "paper", x0: 0, x1: 0.64, y0: y, y1: y },
        line: { color: ink.second, width: 1, dash: "dot" },
      })),
    },
  };
}

/** Correlations as a heat map with their figures, and the eigenvalues beside it. */
export function correlationFigure(
  { factors, correlation, eigenvalues }: HistoryCorrelation,
  { ink, diverging }: { readonly ink: Ink; readonly diverging: readonly string[] },
): Figure {
  const size = factors.length;
  const rows = factors.map((_, row) => Array.from(correlation.slice(row * size, (row + 1) * size)));
  const names = factors.map(shortFactor);
  return {
    data: [
      {
        type: "heatmap",
        x: names,
        y: names,
        z: rows,
        zmin: -1,
        zmax: 1,
        zmid: 0,
        colorscale: plotlyScale(diverging, true),
        xgap: 1,
        ygap: 1,
        hovertemplate: "%{y} and %{x}<br><b>%{z:.3f}</b><extra></extra>",
        ...(size <= 12 && { text: rows.map((row) => row.map((one) => formatNumber(one))), texttemplate: "%{text}" }),
        colorbar: {
          ...{ len: 1, thickness: 10, x: 0.61, xpad: 4, tickvals: [-1, -0.5, 0, 0.5, 1] },
          ticktext: ["−1", "−0.5", "0", "+0.5", "+1"],
        },
      } as Data,
      {
        type: "bar",
        x: Array.from(eigenvalues, (_, at) => at + 1),
        y: Array.from(eigenvalues),
        xaxis: "x2",
        yaxis: "y2",
        marker: { color: ink.first },
        hovertemplate: "eigenvalue %{x}: %{y:.4f}<extra></extra>",
      },
    ],
    layout: {
      uirevision: "correlation",
      showlegend: false,
      margin: { l: 8, r: 12, t: 8, b: 40 },
      xaxis: { domain: [0, 0.6], tickangle: -35, automargin: true },
      yaxis: { autorange: "reversed", automargin: true },
      xaxis2: { domain: [0.78, 1], title: { text: "Eigenvalue by rank" }, dtick: Math.ceil(size / 8) },
      // Named below: beside it there is no room between the colours and the bars of a narrow panel.
      yaxis2: { anchor: "x2", rangemode: "tozero" },
    },
  };
}

/** `volatility:BTC:30d:0.25` as `BTC vol 30d 0.25`, `price:BTC` as `BTC price`. */
export function shortFactor(factor: string): string {
  const [kind = "", underlying = "", ...rest] = factor.split(":");
  return [underlying, kind === "volatility" ? "vol" : kind, ...rest].filter((part) => part !== "").join(" ");
}
