import type { Annotation, Data } from "plotly.js";
import { axisLayout, columnAxis, roundStep, rowAxis, shockTicks } from "./axes.ts";
import { borderAnnotations, borderPieces } from "./border-figure.ts";
import type { Figure, Ink } from "./figure.ts";
import { extremes, originOf, rowsOf } from "./grid.ts";
import type { Surface } from "./layer.ts";
import { bindingBorders, bindingText, callEdge, liquidationEdge, type Pieces, pointOn } from "./marks.ts";
import { bindingKeys, regions } from "./regions.ts";
import {
  borderName,
  callColour,
  callName,
  colouring,
  type FigureOptions,
  halfwayName,
  layerOfFigure,
  liquidationColour,
  liquidationName,
  worstPoint,
} from "./surface-figure.ts";

/** Regions smaller than this share of the map stay without a label; the read-out still names them. */
const labelShare = 0.01;
const labelLimit = 16;

/** The map of one layer: filled contours, the regions of the binding scenarios with their borders, the liquidation edge. */
export function contourFigure(surface: Surface, options: FigureOptions): Figure {
  const layer = layerOfFigure(options);
  const { limits, colorscale, colorbar } = colouring(surface, layer, options);
  const volatility = rowAxis(surface);
  const { min, max } = extremes(surface, layer.id);
  const size = max > min ? roundStep(max - min, 10) : 1;
  const map: Data = {
    type: "contour",
    name: layer.label,
    x: Array.from(surface.priceMoves),
    y: Array.from(surface.volatilityChanges, volatility.shown),
    z: rowsOf(surface, layer.id),
    text: bindingText(surface),
    hovertemplate: `price %{x}<br>volatility %{y}<br><b>%{z}</b> ${layer.unit}<br>binding: %{text}<extra></extra>`,
    zhoverformat: ",.2f",
    zmin: limits.low,
    zmax: limits.high,
    ...(layer.scale === "diverging" ? { zmid: 0 } : {}),
    colorscale,
    colorbar,
    contours: {
      coloring: "heatmap",
      start: Math.ceil(min / size) * size,
      end: Math.floor(max / size) * size,
      size,
      // To find their places takes longer than all other lines; the fine map has them.
      showlabels: surface.stage !== "coarse",
      labelformat: "~s",
      labelfont: { size: 12 },
    },
    line: { width: 0.75, color: "rgba(60,60,60,0.6)" },
  };
  const { ink, borders } = options;
  const [name, pieces] = borders
    ? [borderName, borderPieces(borders, surface, layer.id)]
    : [halfwayName, bindingBorders(surface, layer.id)];
  return {
    quick: surface.stage === "coarse",
    data: [
      map,
      ...cased(name, pieces, ink.text, ink.paper, "solid", 2),
      ...cased(callName, callEdge(surface, layer.id), callColour, ink.paper, "dot", 3),
      ...cased(liquidationName, liquidationEdge(surface, layer.id), liquidationColour, ink.paper, "dash", 3),
      marker("Market now", pointOn(surface, layer.id, originOf(surface)), ink, "diamond", 11),
      marker("Worst point", pointOn(surface, layer.id, worstPoint(surface, layer)), ink, "x-thin", 10),
      ...(options.selected
        ? [marker("Selected", pointOn(surface, layer.id, options.selected), ink, "circle-open", 14)]
        : []),
    ],
    layout: {
      uirevision: "contour",
      margin: { l: 64, r: 8, t: 8, b: 76 },
      showlegend: true,
      legend: { orientation: "h", x: 0, y: 0, yref: "container", yanchor: "bottom" },
      xaxis: {
        ...axisLayout(columnAxis(surface)),
        ...shockTicks(columnAxis(surface), surface.priceMoves),
        zeroline: true,
      },
      yaxis: { ...axisLayout(volatility), ...shockTicks(volatility, surface.volatilityChanges), zeroline: true },
      annotations: [
        ...(options.difference ? [] : regionLabels(surface, ink)),
        ...(borders?.by === "structure" ? borderAnnotations(borders, surface, ink) : []),
      ],
    },
  };
}

function regionLabels(surface: Surface, ink: Ink): Partial<Annotation>[] {
  const total = surface.priceMoves.length * surface.volatilityChanges.length;
  const { shown } = rowAxis(surface);
  const all = regions(surface);
  const letterOf = new Map(bindingKeys(surface).map(({ label, letter }) => [label, letter]));
  if (all.length === 1) return [];
  return all
    .filter(({ points }) => points / total >= labelShare)
    .slice(0, labelLimit)
    .map(({ label, centre }) => ({
      x: surface.priceMoves[centre.column] ?? 0,
      y: shown(surface.volatilityChanges[centre.row] ?? 0),
      text: `<b>${letterOf.get(label) ?? ""}</b>`,
      showarrow: false,
      font: { size: 13, color: ink.text },
      bgcolor: ink.paper,
      bordercolor: ink.text,
      borderpad: 2,
      captureevents: false,
    }));
}

/** A line that is seen on every colour of the map: with a rim of the colour of the page. */
function cased(
  name: string,
  { x, y }: Pieces,
  color: string,
  rim: string,
  dash: "solid" | "dash" | "dot",
  width: number,
): Data[] {
  if (x.length === 0) return [];
  const line = { type: "scatter", mode: "lines", name, x, y, hoverinfo: "skip" } as const;
  return [
    { ...line, line: { color: rim, width: width + 2 }, opacity: 0.8, showlegend: false },
    { ...line, line: { color, dash, width } },
  ];
}

function marker(
  name: string,
  { x, y }: { readonly x: number; readonly y: number },
  ink: Ink,
  symbol: "diamond" | "circle-open" | "x-thin",
  size: number,
): Data {
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: [x],
    y: [y],
    marker: { symbol, size, color: symbol === "diamond" ? ink.paper : ink.text, line: { color: ink.text, width: 2 } },
    hoverinfo: "skip",
  };
}
