import type { Annotation, Data } from "plotly.js";
import { formatNumber } from "../../core/base/format.ts";
import { type PaletteId, palettes, sequentialSteps } from "../app/theme/palettes.ts";
import { axisLayout, columnAxis, roundStep, rowAxis, shockTicks } from "./axes.ts";
import { type Borders, borderKeys, borderPieces } from "./border-figure.ts";
import { type Camera, cameras } from "./camera.ts";
import type { Figure, Ink } from "./figure.ts";
import { colourLimits, extremes, type GridPoint, originOf, rowsOf } from "./grid.ts";
import { differenceLayer, type Layer, type LayerId, layerOf, type Surface } from "./layer.ts";
import { bindingBorders, bindingText, callEdge, liquidationEdge, type Pieces, pointOn } from "./marks.ts";
import { plotlyScale } from "./palette.ts";
import { interpolated } from "./zero-line.ts";

export const liquidationName = "Liquidation: balance = maintenance";
export const liquidationColour = "#d01c8b";
export const callName = "Call: balance = initial margin";
export const callColour = "#1b9e77";
export const borderName = "Border of a region";
export const halfwayName = "Another scenario binds";

export interface FigureOptions {
  readonly layer: LayerId;
  readonly ink: Ink;
  readonly palette?: PaletteId;
  readonly selected?: GridPoint;
  readonly camera?: Camera;
  /** Fixes the height so that portfolios can be compared; both or the layer's own. */
  readonly range?: { readonly low: number; readonly high: number };
  /** Exact borders of regions; without them they run halfway between points. */
  readonly borders?: Borders;
  /** The surface is A − B of two. */
  readonly difference?: boolean;
  /** For a low place: axes without titles, which would be cut off, and fewer ticks; they stand in a line below. */
  readonly compact?: boolean;
}

export function layerOfFigure({ layer, difference }: Pick<FigureOptions, "layer" | "difference">): Layer {
  return difference === true ? differenceLayer(layer) : layerOf(layer);
}

/** Where something is worst: the largest requirement, the smallest of everything else. */
export function worstPoint(surface: Surface, layer: Layer): GridPoint {
  const { minAt, maxAt } = extremes(surface, layer.id);
  return layer.id === "initial" || layer.id === "maintenance" ? maxAt : minAt;
}

/** Colours of a layer: symmetric about zero, or one hue from zero; shared by the 3D view and the map. */
export function colouring(surface: Surface, layer: Layer, options: FigureOptions) {
  const diverging = layer.scale === "diverging";
  const own = colourLimits(surface, layer.id, layer.scale);
  const reach = options.range && Math.max(Math.abs(options.range.low), Math.abs(options.range.high));
  const limits = reach === undefined ? own : { low: diverging ? -reach : (options.range?.low ?? 0), high: reach };
  return {
    limits,
    colorscale: plotlyScale(diverging ? palettes[options.palette ?? "puor"].steps : sequentialSteps, diverging),
    colorbar: {
      title: { text: layer.unit, side: "top" as const },
      ticklabeloverflow: "allow" as const,
      thickness: 14,
      len: 0.85,
      outlinewidth: 0,
      tickformat: "~s",
      exponentformat: "SI" as const,
    },
  };
}

/**
 * The 3D view of one layer, with contours on the floor and the lines and points that matter on it. Every trace has a name of its own
 * (`uid`): Plotly keeps its drawing program while others come and go.
 */
export function surfaceFigure(surface: Surface, options: FigureOptions): Figure {
  const layer = layerOfFigure(options);
  const { limits, colorscale, colorbar } = colouring(surface, layer, options);
  const volatility = rowAxis(surface);
  const { min, max } = extremes(surface, layer.id);
  const x = Array.from(surface.priceMoves);
  const y = Array.from(surface.volatilityChanges, volatility.shown);
  const levels = max > min ? roundStep(max - min, 8) : 1;
  const lift = (max - min) * 0.006;
  const main: Data = {
    type: "surface",
    uid: "layer",
    name: layer.label,
    x,
    y,
    z: rowsOf(surface, layer.id),
    text: bindingText(surface),
    hovertemplate: `price %{x}<br>volatility %{y}<br><b>%{z}</b> ${layer.unit}<br>binding: %{text}<extra></extra>`,
    cmin: limits.low,
    cmax: limits.high,
    ...(layer.scale === "diverging" ? { cmid: 0 } : {}),
    colorscale,
    colorbar,
    lighting: { ambient: 0.85, diffuse: 0.35, specular: 0.05, roughness: 0.9 },
    contours: {
      z: {
        show: true,
        start: Math.ceil(min / levels) * levels,
        end: Math.max(max, Math.ceil(min / levels) * levels + levels),
        size: levels,
        color: options.ink.muted,
        width: 1,
        highlight: false,
        project: { z: true },
      },
      x: { highlight: false },
      y: { highlight: false },
    },
  };
  const pieces = options.compact ? 2 : 5;
  const bare = options.compact ? { title: { text: "" }, tickfont: { size: 12 } } : {};
  return {
    quick: surface.stage === "coarse",
    data: [
      main,
      ...plane(layer, x, y, min, max, options.ink),
      ...borderData(surface, layer.id, lift, options),
      ...line(callName, callEdge(surface, layer.id), lift, callColour, "dot", 6),
      ...line(liquidationName, liquidationEdge(surface, layer.id), lift, liquidationColour, "dash", 7),
      marker("Market now", pointOn(surface, layer.id, originOf(surface)), 3 * lift, options.ink, "diamond", 5),
      marker("Worst point", pointOn(surface, layer.id, worstPoint(surface, layer)), 3 * lift, options.ink, "square", 3),
      ...(options.selected
        ? [marker("Selected", pointOn(surface, layer.id, options.selected), 3 * lift, options.ink, "circle", 6)]
        : []),
    ],
    layout: {
      uirevision: "surface",
      margin: { l: 0, r: 0, t: 4, b: 0 },
      showlegend: options.compact !== true,
      legend: { orientation: "h", x: 0, y: 1, yanchor: "top", bgcolor: "rgba(0,0,0,0)", itemclick: "toggle" },
      ...(options.compact ? { annotations: [axesCaption(surface, layer, options.ink)] } : {}),
      scene: {
        uirevision: "camera",
        camera: options.camera ?? cameras.default,
        aspectmode: "manual",
        // A low place is wide: the same box is drawn smaller, so that its ticks stay inside.
        aspectratio: options.compact ? { x: 1, y: 0.9, z: 0.55 } : { x: 1.25, y: 1.1, z: 0.75 },
        xaxis: {
          ...axisLayout(columnAxis(surface)),
          ...shockTicks(columnAxis(surface), surface.priceMoves, pieces),
          ...bare,
        },
        yaxis: { ...axisLayout(volatility), ...shockTicks(volatility, surface.volatilityChanges, pieces), ...bare },
        zaxis: {
          title: { text: layer.unit },
          tickformat: "~s",
          hoverformat: ",.2f",
          nticks: 6,
          ...bare,
          ...(options.compact ? heightTicks(options.range?.low ?? min, options.range?.high ?? max) : {}),
          ...(options.range ? { range: [options.range.low, options.range.high] } : {}),
        },
      },
    },
  };
}

/** Two or three round heights for a low place; none at the bottom, where the ticks of the floor stand. */
function heightTicks(
  low: number,
  high: number,
): { readonly tickvals: number[]; readonly ticktext: string[] } | undefined {
  if (!(high > low)) return undefined;
  const least = low + (high - low) * bottomPart;
  const step = roundStep(high - least, 3);
  const first = Math.ceil(least / step);
  const count = Math.floor(high / step) - first + 1;
  const tickvals = Array.from({ length: Math.max(0, count) }, (_, place) => (first + place) * step);
  // A scene writes ticks at given heights as it writes what is pointed at: their words are given too.
  return { tickvals, ticktext: tickvals.map((height) => shortAmount(height)) };
}

/** `2.5M`, `300K`: as many digits as a round amount has. */
function shortAmount(amount: number): string {
  const significant = [1, 2, 3].find((digits) => Number(amount.toPrecision(digits)) === amount) ?? 4;
  return formatNumber(amount, { compact: true, significant });
}

/** Part of the height that the labels of the floor reach up to in a low place. */
const bottomPart = 0.3;

const planes: Partial<Record<LayerId, string>> = { headroom: "Liquidation plane", callRoom: "Plane of a call" };

/** Zero of headroom or of the room to a call as a plane, when the layer crosses it: below it the account is liquidated or called. */
function plane(layer: Layer, x: number[], y: number[], min: number, max: number, ink: Ink): Data[] {
  const name = planes[layer.id];
  if (name === undefined || min >= 0 || max <= 0) return [];
  const corners = { x: [x[0] ?? 0, x.at(-1) ?? 0], y: [y[0] ?? 0, y.at(-1) ?? 0] };
  return [
    {
      type: "surface",
      uid: "plane",
      name,
      ...corners,
      z: [
        [0, 0],
        [0, 0],
      ],
      opacity: 0.35,
      showscale: false,
      colorscale: [
        [0, ink.muted],
        [1, ink.muted],
      ],
      hoverinfo: "skip",
      contours: { x: { highlight: false }, y: { highlight: false }, z: { highlight: false } },
    },
  ];
}

/** What the axes are, where their titles have no room. */
function axesCaption(surface: Surface, { unit }: Layer, ink: Ink): Partial<Annotation> {
  return {
    text: `right: ${columnAxis(surface).title.toLowerCase()}, back: ${rowAxis(surface).title.toLowerCase()}, up: ${unit}`,
    ...{ x: 0, xref: "paper", xanchor: "left", y: 0, yref: "paper", yanchor: "bottom", showarrow: false },
    font: { size: 12, color: ink.text },
    bgcolor: ink.paper,
  };
}

/** Borders of regions with the marks of the longest. */
function borderData(surface: Surface, layer: LayerId, lift: number, { borders, ink, compact }: FigureOptions): Data[] {
  if (borders === undefined) return line(halfwayName, bindingBorders(surface, layer), lift, ink.text, "solid", 3);
  const keys = borderKeys(borders, surface);
  const { shown } = rowAxis(surface);
  return [
    ...line(borderName, borderPieces(borders, surface, layer), lift, ink.text, "solid", 3),
    // A low place has no room for the list of what the letters mean.
    ...(compact
      ? []
      : [
          {
            type: "scatter3d" as const,
            uid: "border-marks",
            mode: "text",
            name: "Regions on both sides",
            showlegend: false,
            x: keys.map(({ x }) => x),
            y: keys.map(({ y }) => shown(y)),
            z: keys.map(({ x, y }) => interpolated(surface, layer, x, y) + 12 * lift),
            text: keys.map(({ mark }) => mark),
            textfont: { size: 12, color: ink.text },
            hoverinfo: "skip" as const,
          },
        ]),
  ];
}

/** Plotly writes it into selectors of elements: letters, digits and dashes. */
function uidOf(name: string): string {
  return name.toLowerCase().replace(/\W+/g, "-");
}

/** A line just above the surface, so that it is not half hidden in it. */
function line(
  name: string,
  pieces: Pieces,
  lift: number,
  color: string,
  dash: "solid" | "dash" | "dot",
  width: number,
): Data[] {
  if (pieces.x.length === 0) return [];
  const z = pieces.z.map((height) => (height === null ? null : height + lift));
  return [
    {
      type: "scatter3d",
      uid: name === borderName || name === halfwayName ? "borders" : uidOf(name),
      mode: "lines",
      name,
      x: pieces.x,
      y: pieces.y,
      z,
      line: { color, dash, width },
      hoverinfo: "skip",
    },
  ];
}

function marker(
  name: string,
  { x, y, z }: { readonly x: number; readonly y: number; readonly z: number },
  lift: number,
  ink: Ink,
  symbol: "diamond" | "circle" | "square",
  size: number,
): Data {
  return {
    type: "scatter3d",
    uid: uidOf(name),
    mode: "markers",
    name,
    x: [x],
    y: [y],
    z: [z + lift],
    marker: { symbol, size, color: ink.paper, line: { color: ink.text, width: 2 } },
    hoverinfo: "skip",
  };
}
