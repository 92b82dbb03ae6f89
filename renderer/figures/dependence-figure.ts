import type { Data } from "plotly.js";
import type { Dependence, DependenceRow } from "../client/stress.ts";
import type { Figure, Ink } from "./figure.ts";

const families = [
  { kind: "one-factor", name: "all factors as one", dash: "solid", symbol: "circle" },
  { kind: "clusters", name: "each cluster as one", dash: "dash", symbol: "square" },
  { kind: "independent", name: "all factors apart", dash: "dot", symbol: "diamond" },
] as const;

/** Rows of the correlations that stand on their own: windows of the history and the worst days. */
export function windowRows({ rows }: Pick<Dependence, "rows">): readonly DependenceRow[] {
  return rows.filter(({ kind }) => kind === "window" || kind === "worst-days");
}

/**
 * Share of today's relief that is gone along the way to each target, and in stressed windows as lines across. Below 0 netting
 * grows.
 */
export function dependenceFigure({ rows }: Pick<Dependence, "rows">, ink: Ink): Figure {
  const today = rows.find(({ kind }) => kind === "today");
  const colours = [ink.second, ink.first, ink.muted];
  const curves = families.flatMap(({ kind, name, dash, symbol }, at): Data[] => {
    const own = rows.filter((row) => row.kind === kind && row.share !== undefined);
    if (own.length === 0) return [];
    const points = [...(today ? [today] : []), ...own].sort((a, b) => (a.share ?? 0) - (b.share ?? 0));
    return [
      {
        type: "scatter",
        mode: "lines+markers",
        name,
        x: points.map(({ share }) => share ?? 0),
        y: points.map(({ reliefLost }) => reliefLost),
        customdata: points.map(({ expectedShortfall, emulatedMarginUsd }) => [
          expectedShortfall,
          emulatedMarginUsd,
        ]) as never,
        line: { color: colours[at] ?? ink.first, width: 2, dash },
        marker: { symbol, size: 8, color: colours[at] ?? ink.first },
        hovertemplate:
          `${name}, %{x:.0%} of the way<br><b>%{y:.1%}</b> of the relief gone` +
          "<br>expected shortfall %{customdata[0]:,.0f} USD<br>emulated margin %{customdata[1]:,.0f} USD<extra></extra>",
      },
    ];
  });
  const windows = windowRows({ rows });
  return {
    data: curves,
    layout: {
      uirevision: "dependence",
      margin: { l: 60, r: 14, t: 8, b: 44 },
      hovermode: "closest",
      legend: { orientation: "h", y: 1.01, yanchor: "bottom", x: 0 },
      xaxis: { title: { text: "Share of the way" }, tickformat: ".0%", range: [-0.02, 1.04] },
      yaxis: { title: { text: "Relief lost" }, tickformat: ".0%", zeroline: true },
      shapes: windows.map(({ reliefLost }) => ({
        ...{ type: "line", xref: "paper", x0: 0, x1: 1, y0: reliefLost, y1: reliefLost },
        line: { color: ink.text, width: 1, dash: "dashdot" },
      })),
      annotations: windows.map(({ reliefLost, label }) => ({
        ...{ xref: "paper", x: 0.01, xanchor: "left", y: reliefLost, yanchor: "bottom", text: label, showarrow: false },
        font: { size: 12, color: ink.text },
      })),
    },
  };
}
