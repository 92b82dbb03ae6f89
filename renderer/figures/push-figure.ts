import type { Data } from "plotly.js";
import type { StressPush } from "../client/stress.ts";
import { shortFactor } from "./calibration-figure.ts";
import type { Figure, Ink } from "./figure.ts";

const dashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"] as const;
const shapes = ["circle", "square", "diamond", "triangle-up", "x", "star"] as const;

/** Sensitivity ladder: profit along each factor alone, one line a factor through the book in the middle. */
export function pushFigure(
  { ladder, factors }: Pick<StressPush, "ladder" | "factors">,
  { ink, categories }: { readonly ink: Ink; readonly categories: readonly string[] },
): Figure {
  return {
    data: factors.map(({ factor }, at): Data => {
      const steps = ladder.filter((step) => step.factor === factor);
      const points = [...steps.map(({ deviations, pnlUsd, move }) => ({ deviations, pnlUsd, move })), origin].sort(
        (a, b) => a.deviations - b.deviations,
      );
      const color = categories[at % categories.length] ?? ink.first;
      return {
        type: "scatter",
        mode: "lines+markers",
        name: shortFactor(factor),
        x: points.map(({ deviations }) => deviations),
        y: points.map(({ pnlUsd }) => pnlUsd),
        customdata: points.map(({ move }) => move) as never,
        line: { color, width: 2, dash: dashes[at % dashes.length] ?? "solid" },
        marker: { symbol: shapes[at % shapes.length] ?? "circle", size: 7, color },
        hovertemplate: `${shortFactor(factor)} %{customdata:+.1%}<br><b>%{y:+,.0f}</b> USD<extra></extra>`,
      };
    }),
    layout: {
      uirevision: "push",
      margin: { l: 64, r: 14, t: 8, b: 42 },
      legend: { orientation: "h", y: 1.01, yanchor: "bottom", x: 0 },
      xaxis: { title: { text: "Deviations of the factor" }, zeroline: true },
      yaxis: { title: { text: "P&L, USD" }, tickformat: "~s", zeroline: true },
    },
  };
}

const origin = { deviations: 0, pnlUsd: 0, move: 0 };
