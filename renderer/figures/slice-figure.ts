import type { Annotation, Data, Shape } from "plotly.js";
import { axisLayout, columnAxis, columnWord, rowAxis, rowWord, type ShockAxis, shockText, shockTicks } from "./axes.ts";
import { type Borders, borderKinks } from "./border-figure.ts";
import type { Figure, Ink } from "./figure.ts";
import { type GridPoint, valueAt } from "./grid.ts";
import { hasLayer, type LayerId, layerOf, type Surface } from "./layer.ts";
import { bindingKeys, kinksAlong } from "./regions.ts";
import { borderName, halfwayName } from "./surface-figure.ts";
import { interpolated } from "./zero-line.ts";

type Along = "price" | "volatility";

interface Curve {
  readonly name: string;
  readonly values: readonly number[];
  readonly dash: "solid" | "dash" | "dot" | "dashdot";
  readonly color: string;
}

export interface SliceOptions {
  readonly layer: LayerId;
  readonly at: GridPoint;
  readonly ink: Ink;
  /** Exact borders of regions: kinks stand where the cuts meet them. */
  readonly borders?: Borders | undefined;
  /** For a low place: no legend, no titles of the axes (the headings say what they are). */
  readonly compact?: boolean;
  /** A second surface over the same shocks, drawn with the difference. */
  readonly other?: { readonly surface: Surface; readonly name: string; readonly own: string } | undefined;
}

/**
 * Two cuts through the selected point: over columns at its row, over rows at its column.
 * Requirements are drawn together with the margin balance: it crosses the initial margin at a call and the maintenance
 * margin at liquidation. With a second surface the layer alone is drawn of both, and their difference. Kinks carry the letter of the
 * scenario that takes over.
 */
export function sliceFigure(surface: Surface, options: SliceOptions): Figure {
  const cuts = [
    { along: "price", axis: columnAxis(surface), index: 0 },
    { along: "volatility", axis: rowAxis(surface), index: 1 },
  ] as const;
  const unit = layerOf(options.layer).unit;
  const pieces = options.compact ? 2 : 5;
  // Ticks at the ends of two low charts need room beside each other.
  const gap = options.compact ? 0.08 : 0.04;
  const bare = options.compact ? { title: { text: "" }, tickangle: 0 } : {};
  return {
    data: cuts.flatMap(({ along, axis, index }) => [
      ...curvesOf(surface, along, options).map((curve) => curveTrace(surface, along, axis, curve, index)),
      kinkTrace(surface, along, axis, options, index),
    ]),
    layout: {
      uirevision: "slices",
      margin: { l: 70, r: 12, t: options.compact ? 40 : 28, b: options.compact ? 24 : 84 },
      showlegend: options.compact !== true,
      legend: { orientation: "h", x: 0, y: 0, yref: "container", yanchor: "bottom" },
      hovermode: "x unified",
      xaxis: {
        ...axisLayout(columnAxis(surface)),
        ...shockTicks(columnAxis(surface), surface.priceMoves, pieces),
        ...bare,
        domain: [0, 0.5 - gap],
        range: rangeOf(surface, cuts[0]),
      },
      xaxis2: {
        ...axisLayout(rowAxis(surface)),
        ...shockTicks(rowAxis(surface), surface.volatilityChanges, pieces),
        ...bare,
        domain: [0.5 + gap, 1],
        anchor: "y2",
        range: rangeOf(surface, cuts[1]),
      },
      yaxis: {
        title: { text: unit },
        tickformat: "~s",
        hoverformat: ",.2f",
        zeroline: true,
        ...heights(surface, options),
      },
      yaxis2: { tickformat: "~s", hoverformat: ",.2f", zeroline: true, anchor: "x2", matches: "y" },
      shapes: cuts.flatMap(({ along, axis, index }) => guides(surface, along, axis, options.at, options.ink, index)),
      annotations: cuts.flatMap(({ along, axis, index }) => [
        heading(surface, along, options.at, { left: index === 0 ? 0 : 0.5 + gap, above: options.compact ? 16 : 0 }),
        ...kinkLabels(surface, along, axis, options, index),
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
function heights(surface: Surface, options: SliceOptions): { readonly range?: [number, number] } {
  const { layer, other } = options;
  if (other !== undefined || (layer !== "initial" && layer !== "maintenance")) return {};
  const curves = (["price", "volatility"] as const).flatMap((along) => curvesOf(surface, along, options));
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

/** Kinks of a cut with the height of the layer there. */
interface PlacedKink {
  readonly at: number;
  readonly height: number;
  /** Scenario that takes over. */
  readonly to: string;
  readonly text: string;
}

function kinksOf(surface: Surface, along: Along, { layer, at, borders }: SliceOptions): readonly PlacedKink[] {
  const place = along === "price" ? at.row : at.column;
  if (borders !== undefined) {
    const fixed = (along === "price" ? surface.volatilityChanges : surface.priceMoves)[place] ?? 0;
    return borderKinks(borders, along, fixed).map(({ at: shock, to, text }) => {
      const [x, y] = along === "price" ? [shock, fixed] : [fixed, shock];
      return { at: shock, height: interpolated(surface, layer, x, y), to, text };
    });
  }
  const values = cut(surface, layer, along, at);
  return kinksAlong(surface, along, place).map(({ index, at: shock, to }) => ({
    ...{ at: shock, to, text: to },
    height: ((values[index - 1] ?? 0) + (values[index] ?? 0)) / 2,
  }));
}

function curvesOf(surface: Surface, along: Along, { layer, at, ink, other }: SliceOptions): Curve[] {
  const values = cut(surface, layer, along, at);
  if (other !== undefined && hasLayer(other.surface, layer)) {
    const others = cut(other.surface, layer, along, at);
    return [
      { name: `A: ${other.own}`, values, dash: "solid", color: ink.first },
      { name: `B: ${other.name}`, values: others, dash: "dash", color: ink.second },
      {
        name: "A − B",
        values: values.map((value, index) => value - (others[index] ?? 0)),
        ...{ dash: "dashdot", color: ink.text },
      },
    ];
  }
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

function kinkTrace(surface: Surface, along: Along, axis: ShockAxis, options: SliceOptions, index: number): Data {
  const kinks = kinksOf(surface, along, options);
  const { ink, borders } = options;
  return {
    type: "scatter",
    mode: "markers",
    name: borders === undefined ? halfwayName : borderName,
    legendgroup: "kink",
    showlegend: index === 0,
    x: kinks.map((kink) => axis.shown(kink.at)),
    y: kinks.map((kink) => kink.height),
    marker: { symbol: "circle-open", size: 8, color: ink.text, line: { width: 2, color: ink.text } },
    xaxis: `x${suffix(index)}`,
    yaxis: `y${suffix(index)}`,
    hoverinfo: "skip",
  };
}

function kinkLabels(
  surface: Surface,
  along: Along,
  axis: ShockAxis,
  options: SliceOptions,
  index: number,
): Partial<Annotation>[] {
  const { ink, borders, compact = false } = options;
  const letterOf = new Map(bindingKeys(surface).map(({ label, letter }) => [label, letter]));
  return kinksOf(surface, along, options)
    .slice(0, 16)
    .map((kink, order) => ({
      x: axis.shown(kink.at),
      y: kink.height,
      xref: `x${suffix(index)}`,
      yref: `y${suffix(index)}`,
      text: `<b>${letterOf.get(kink.to) ?? (borders?.by === "structure" ? shortened(kink.text) : "")}</b>`,
      hovertext: kink.text,
      font: { size: 12, color: ink.text },
      showarrow: true,
      arrowhead: 0,
      arrowwidth: 1,
      arrowcolor: ink.muted,
      ax: 0,
      ay: (order % 2 === 0 ? -1 : 1) * (compact ? 14 : 26),
      bgcolor: ink.paper,
      opacity: 0.9,
    }));
}

/** The kind of what takes over: a cut has no room for more; the whole stands in the hover label and the table. */
const shortened = (text: string): string => text.slice(0, text.indexOf(":"));

function heading(
  surface: Surface,
  along: Along,
  at: GridPoint,
  { left, above }: { readonly left: number; readonly above: number },
): Partial<Annotation> {
  const volatility = rowAxis(surface);
  const words =
    along === "price"
      ? `over ${columnWord(surface)}, ${rowWord(surface)} ${shockText(volatility, surface.volatilityChanges[at.row] ?? 0)}`
      : `over ${rowWord(surface)}, ${columnWord(surface)} ${shockText(columnAxis(surface), surface.priceMoves[at.column] ?? 0)}`;
  return {
    text: words,
    x: left,
    xref: "paper",
    xanchor: "left",
    y: 1,
    yref: "paper",
    yanchor: "bottom",
    // Marks of kinks stand between the heading and a low chart.
    yshift: above,
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
