import type { Data } from "plotly.js";
import { sequentialSteps } from "../app/theme/palettes.ts";
import { axisLayout, columnAxis, rowAxis, shockTicks } from "./axes.ts";
import type { Figure, Ink } from "./figure.ts";
import { rowsOf } from "./grid.ts";
import { hasLayer, type LayerId, layerOf, type Surface } from "./layer.ts";
import { plotlyScale } from "./palette.ts";

export interface SmallMultipleOptions {
  readonly layer: LayerId;
  /** Same for all figures of the row: colours mean the same everywhere. */
  readonly range: { readonly low: number; readonly high: number };
  /** Steps of the diverging palette. */
  readonly diverging: readonly string[];
  readonly ink: Ink;
  /** Draw the difference to this surface instead of the amounts. */
  readonly reference?: Surface | undefined;
}

/** A small contour map without legend: one of several with the same axes and the same colours. */
export function smallMultipleFigure(surface: Surface, options: SmallMultipleOptions): Figure {
  const { layer, range, reference, ink } = options;
  const { unit, scale } = layerOf(layer);
  const volatility = rowAxis(surface);
  const signed = reference !== undefined || scale === "diverging";
  const map: Data = {
    type: "contour",
    x: Array.from(surface.priceMoves),
    y: Array.from(surface.volatilityChanges, volatility.shown),
    z: reference ? differenceRows(surface, reference, layer) : rowsOf(surface, layer),
    zmin: range.low,
    zmax: range.high,
    ...(signed ? { zmid: 0 } : {}),
    zhoverformat: signed ? "+,.2f" : ",.2f",
    hovertemplate: `price %{x}<br>volatility %{y}<br><b>%{z}</b> ${unit}<extra></extra>`,
    colorscale: plotlyScale(signed ? options.diverging : sequentialSteps, signed),
    showscale: false,
    contours: { coloring: "heatmap", showlabels: false },
    line: { width: 0.5, color: "rgba(60,60,60,0.55)" },
  };
  const small = { title: { text: "" }, tickfont: { size: 12 } };
  return {
    data: [
      map,
      {
        type: "scatter",
        mode: "markers",
        x: [0],
        y: [0],
        marker: { symbol: "diamond", size: 8, color: ink.paper, line: { color: ink.text, width: 1.5 } },
        hoverinfo: "skip",
      },
    ],
    layout: {
      uirevision: "small",
      margin: { l: 50, r: 6, t: 4, b: 26 },
      showlegend: false,
      xaxis: {
        ...axisLayout(columnAxis(surface)),
        ...shockTicks(columnAxis(surface), surface.priceMoves, 2),
        ...small,
      },
      yaxis: { ...axisLayout(volatility), ...shockTicks(volatility, surface.volatilityChanges, 2), ...small },
    },
  };
}

/** One range for all surfaces of a layer, or of their differences to one of them; symmetric where signs matter. */
export function commonRange(
  surfaces: readonly Surface[],
  layer: LayerId,
  reference?: Surface,
): { readonly low: number; readonly high: number } {
  let low = 0;
  let high = 0;
  for (const surface of surfaces) {
    const rows = reference ? differenceRows(surface, reference, layer) : rowsOf(surface, layer);
    for (const row of rows) {
      for (const value of row) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  if (!reference && layerOf(layer).scale === "sequential") return { low: 0, high: high === 0 ? 1 : high };
  const reach = Math.max(-low, high) || 1;
  return { low: -reach, high: reach };
}

/** Surfaces that have a layer on the same grid as the reference, so that a difference exists at every point. */
export function isComparable(surface: Surface, reference: Surface, layer: LayerId): boolean {
  return (
    hasLayer(surface, layer) &&
    hasLayer(reference, layer) &&
    surface.priceMoves.length === reference.priceMoves.length &&
    surface.volatilityChanges.length === reference.volatilityChanges.length &&
    surface.priceMoves.every((move, place) => move === reference.priceMoves[place]) &&
    surface.volatilityChanges.every((change, place) => change === reference.volatilityChanges[place])
  );
}

function differenceRows(surface: Surface, reference: Surface, layer: LayerId): number[][] {
  const base = rowsOf(reference, layer);
  return rowsOf(surface, layer).map((row, y) => Array.from(row, (value, x) => value - (base[y]?.[x] ?? 0)));
}
