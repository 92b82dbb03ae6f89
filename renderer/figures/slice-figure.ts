import type { Annotation, Data, Shape } from "plotly.js";
import { axisLayout, priceAxis, type ShockAxis, shockText, volatilityAxis } from "./axes.ts";
import type { Figure, Ink } from "./figure.ts";
import { type GridPoint, valueAt } from "./grid.ts";
import { hasLayer, type LayerId, layerOf, type Surface } from "./layer.ts";
import { bindingKeys, type Kink, kinksAlong } from "./regions.ts";

type Along = "price" | "volatility";

interface Curve {
  readonly name: string;
  readonly values: readonly number[];
  readonly dash: "solid" | "dash" | "dot";
  readonly color: string;
}

/**
 * Two cuts through the selected point: over price at its volatility, over volatility at its price.
 * Requirements are drawn together with the margin balance: it crosses the initial margin at a call and the maintenance
 * margin at liquidation. Kinks carry the letter of the scenario that takes over.
 */
export function sliceFigure(surface: Surface, layer: LayerId, at: GridPoint, ink: Ink): Figure {
  const cuts = [
    { along: "price", axis: priceAxis, index: 0 },
    { along: "volatility", axis: rowAxis(surface), index: 1 },
  ] as const;
  const unit = layerOf(layer).unit;
  return {
    data: cuts.flatMap(({ along, axis, index }) => [
      ...curvesOf(surface, layer, along, at, ink).map((curve) => curveTrace(surface, along, axis, curve, index)),
      kinkTrace(surface, layer, along, axis, at, ink, index),
    ]),
    layout: {
      uirevision: "slices",
      margin: { l: 70, r: 12, t: 28, b: 84 },
      showlegend: true,
      legend: { orientation: "h", x: 0, y: -0.2, yanchor: "top" },
      hovermode: "x unified",
      xaxis: { ...axisLayout(priceAxis), domain: [0, 0.46], nticks: 9, range: rangeOf(surface, cuts[0]) },
      xaxis2: {
        ...axisLayout(rowAxis(surface)),
        domain: [0.54, 1],
        nticks: 9,
        anchor: "y2",
        range: rangeOf(surface, cuts[1]),
      },
      yaxis: {
        title: { text: unit },
        tickformat: "~s",
        hoverformat: ",.2f",
        zeroline: true,
        ...heights(surface, layer, at, ink),
      },
      yaxis2: { tickformat: "~s", hoverformat: ",.2f", zeroline: true, anchor: "x2", matches: "y" },
      shapes: cuts.flatMap(({ along, axis, index }) => guides(surface, along, axis, at, ink, index)),
      annotations: cuts.flatMap(({ along, axis, index }) => [
        heading(surface, along, at, index),
        ...kinkLabels(surface, layer, along, axis, at, ink, index),
      ]),
    },
  };
}

function rangeOf(
  surface: Surface,
  { along, axis }: { readonly along: Along; readonly axis: ShockAxis },
): [number, number] {
  const shocks = axisOf(surface, along);
  return [axis.shown(shocks[0] ?? 0), axis.shown(shocks.at(-1) ?? 0)];
}

/**
 * Heights where requirements are read: a margin balance far below zero would press them flat; the axis can be dragged to it.
 * Other layers take their own range.
 */
function heights(surface: Surface, layer: LayerId, at: GridPoint, ink: Ink): { readonly range?: [number, number] } {
  if (layer !== "initial" && layer !== "maintenance") return {};
  const curves = (["price", "volatility"] as const).flatMap((along) => curvesOf(surface, layer, along, at, ink));
  const top = Math.max(0, ...curves.flatMap(({ values }) => values));
  const bottom = Math.min(0, ...curves.flatMap(({ values }) => values));
  return top > 0 ? { range: [Math.max(bottom, -0.2 * top) * 1.05, top * 1.08] } : {};
}

/** Values of a layer along a cut. */
export function cut(surface: Surface, layer: LayerId, along: Along, at: GridPoint): number[] {
  return Array.from(axisOf(surface, along), (_, index) => valueAt(surface, layer, pointAlong(along, at, index)) ?? 0);
}

const axisOf = (surface: Surface, along: Along): Float64Array =>
  along === "price" ? surface.priceMoves : surface.volatilityChanges;

const pointAlong = (along: Along, at: GridPoint, index: number): GridPoint =>
  along === "price" ? { row: at.row, column: index } : { row: index, column: at.column };

const kinksOf = (surface: Surface, along: Along, at: GridPoint): Kink[] =>
  kinksAlong(surface, along, along === "price" ? at.row : at.column);

function curvesOf(surface: Surface, layer: LayerId, along: Along, at: GridPoint, ink: Ink): Curve[] {
  const values = cut(surface, layer, along, at);
  if (layer !== "initial" && layer !== "maintenance")
    return [{ name: layerOf(layer).label, values, dash: "solid", color: ink.first }];
  const maintenance = cut(surface, "maintenance", along, at);
  const requirements: Curve[] = [
    { name: "Initial margin", values: cut(surface, "initial", along, at), dash: "solid", color: ink.first },
    { name: "Maintenance margin", values: maintenance, dash: "dash", color: ink.first },
  ];
  if (!hasLayer(surface, "headroom")) return requirements;
  const balance = cut(surface, "headroom", along, at).map((value, index) => value + (maintenance[index] ?? 0));
  return [...requirements, { name: "Margin balance", values: balance, dash: "dot", color: ink.second }];
}

const suffix = (index: number): "" | "2" => (index === 0 ? "" : "2");

function curveTrace(surface: Surface, along: Along, axis: ShockAxis, curve: Curve, index: number): Data {
  return {
    type: "scatter",
    mode: "lines",
    name: curve.name,
    legendgroup: curve.name,
    showlegend: index === 0,
    x: Array.from(axisOf(surface, along), axis.shown),
    y: [...curve.values],
    line: { color: curve.color, dash: curve.dash, width: 2 },
    xaxis: `x${suffix(index)}`,
    yaxis: `y${suffix(index)}`,
    hovertemplate: "%{y}",
  };
}

/** Height of a cut halfway between two of its points. */
const heightAt = (values: readonly number[], { index }: Kink): number =>
  ((values[index - 1] ?? 0) + (values[index] ?? 0)) / 2;

function kinkTrace(
  surface: Surface,
  layer: LayerId,
  along: Along,
  axis: ShockAxis,
  at: GridPoint,
  ink: Ink,
  index: number,
): Data {
  const kinks = kinksOf(surface, along, at);
  const values = cut(surface, layer, along, at);
  return {
    type: "scatter",
    mode: "markers",
    name: "Another scenario binds",
    legendgroup: "kink",
    showlegend: index === 0,
    x: kinks.map((kink) => axis.shown(kink.at)),
    y: kinks.map((kink) => heightAt(values, kink)),
    marker: { symbol: "circle-open", size: 8, color: ink.text, line: { width: 2, color: ink.text } },
    xaxis: `x${suffix(index)}`,
    yaxis: `y${suffix(index)}`,
    hoverinfo: "skip",
  };
}

function kinkLabels(
  surface: Surface,
  layer: LayerId,
  along: Along,
  axis: ShockAxis,
  at: GridPoint,
  ink: Ink,
  index: number,
): Partial<Annotation>[] {
  const values = cut(surface, layer, along, at);
  const letterOf = new Map(bindingKeys(surface).map(({ label, letter }) => [label, letter]));
  return kinksOf(surface, along, at)
    .slice(0, 16)
    .map((kink, order) => ({
      x: axis.shown(kink.at),
      y: heightAt(values, kink),
      xref: `x${suffix(index)}`,
      yref: `y${suffix(index)}`,
      text: `<b>${letterOf.get(kink.to) ?? ""}</b>`,
      hovertext: kink.to,
      font: { size: 12, color: ink.text },
      showarrow: true,
      arrowhead: 0,
      arrowwidth: 1,
      arrowcolor: ink.muted,
      ax: 0,
      ay: order % 2 === 0 ? -26 : 26,
      bgcolor: ink.paper,
      opacity: 0.9,
    }));
}

function heading(surface: Surface, along: Along, at: GridPoint, index: number): Partial<Annotation> {
  const volatility = rowAxis(surface);
  const words =
    along === "price"
      ? `over price, volatility ${shockText(volatility, surface.volatilityChanges[at.row] ?? 0)}`
      : `over volatility, price ${shockText(priceAxis, surface.priceMoves[at.column] ?? 0)}`;
  return {
    text: words,
    x: index === 0 ? 0 : 0.54,
    xref: "paper",
    xanchor: "left",
    y: 1,
    yref: "paper",
    yanchor: "bottom",
    showarrow: false,
    font: { size: 13 },
  };
}

/** Vertical lines at no shock and at the selected point. */
function guides(
  surface: Surface,
  along: Along,
  axis: ShockAxis,
  at: GridPoint,
  ink: Ink,
  index: number,
): Partial<Shape>[] {
  const selected = axisOf(surface, along)[along === "price" ? at.column : at.row] ?? 0;
  const vertical = (x: number, dash: "dot" | "solid"): Partial<Shape> => ({
    type: "line",
    x0: x,
    x1: x,
    y0: 0,
    y1: 1,
    xref: `x${suffix(index)}`,
    yref: `y${suffix(index)} domain`,
    line: { color: ink.muted, width: 1, dash },
  });
  return selected === 0 ? [vertical(0, "dot")] : [vertical(0, "dot"), vertical(axis.shown(selected), "solid")];
}
