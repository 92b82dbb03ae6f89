import type { Data, Layout } from "plotly.js";
import type { Kink, KinkKind } from "../client/stress.ts";
import { priceAxis, shockTicks } from "./axes.ts";
import type { Figure, Ink } from "./figure.ts";
import { firstOf, kinkOrder, kinkWords, type LadderRow, moveText } from "./kink-ladder.ts";

/** Told apart by their shape; colour says only whether a balance is concerned. */
const symbols: Readonly<Record<KinkKind, string>> = {
  call: "triangle-down",
  liquidation: "x",
  equity: "square",
  expiry: "star",
  scenario: "circle-open",
  tier: "diamond-open",
  floor: "triangle-up-open",
  concentration: "diamond",
  charge: "cross-thin-open",
  component: "hexagon-open",
};

const ofBalances: ReadonlySet<KinkKind> = new Set(["call", "liquidation", "equity"]);
/** Height of the ticks under a group of rows, in rows. */
const tickRows = 0.8;
const rowPixels = 30;

/** Room above the first row for its labels, in rows. */
const headRows = 0.5;

/** A legend of two lines, and the margin below. */
const legendPixels = 108;

/** Pixels in which no label covers another, legend included. */
export function ladderHeight(rows: readonly LadderRow[]): number {
  return Math.round(rowPixels * (headRows + rows.length + tickRows * groupsOf(rows).length)) + legendPixels;
}

interface Group {
  readonly rows: readonly { readonly row: LadderRow; readonly place: number }[];
  readonly isTime: boolean;
}

/** Each axis as a line with the book in its middle and the kinks beside it; axes of one kind share a scale. */
export function kinkFigure(rows: readonly LadderRow[], ink: Ink, selected?: Kink): Figure {
  const groups = groupsOf(rows);
  const whole = headRows + rows.length + tickRows * groups.length;
  const seen = new Set<KinkKind>();
  const data: Data[] = [];
  const axes: Record<string, unknown> = {};
  const shapes: NonNullable<Layout["shapes"]> = [];
  let top = 1;
  groups.forEach((group, at) => {
    const suffix = at === 0 ? "" : String(at + 1);
    const above = at === 0 ? headRows : 0;
    const bottom = top - (above + group.rows.length) / whole;
    const places = group.rows.map(({ place }) => place);
    axes[`xaxis${suffix}`] = { ...scaleOf(group), anchor: `y${suffix}`, zeroline: false };
    axes[`yaxis${suffix}`] = {
      ...{
        domain: [Math.max(0, bottom), top],
        anchor: `x${suffix}`,
        fixedrange: true,
        showgrid: false,
        zeroline: false,
      },
      range: [Math.max(...places) + 0.5, Math.min(...places) - 0.5 - above],
      ...{ tickvals: places, ticktext: group.rows.map(({ row }) => row.label), automargin: true },
    };
    for (const { row, place } of group.rows) shapes.push(rail(row, place, suffix, ink));
    shapes.push({
      ...{ type: "line", xref: `x${suffix}` as "x", yref: `y${suffix}` as "y", x0: 0, x1: 0 },
      ...{ y0: Math.min(...places) - 0.6, y1: Math.max(...places) + 0.6, layer: "below" },
      line: { color: ink.text, width: 1.5 },
    });
    for (const kind of kinkOrder) {
      const marks = group.rows.flatMap(({ row, place }) =>
        row.kinks.filter((kink) => kink.kind === kind).map((kink) => ({ row, place, kink })),
      );
      if (marks.length === 0) continue;
      data.push(trace(kind, marks, { suffix, first: !seen.has(kind), ink }));
      seen.add(kind);
    }
    const chosen = group.rows.flatMap(({ row, place }) => (selected && row.kinks.includes(selected) ? [place] : []));
    if (selected && chosen.length > 0) data.push(ring(selected, chosen[0] ?? 0, suffix, ink));
    top = bottom - tickRows / whole;
  });
  return {
    data,
    layout: {
      uirevision: "kinks",
      margin: { l: 8, r: 14, t: 8, b: 26 },
      hovermode: "closest",
      legend: { orientation: "h", y: 1.01, yanchor: "bottom", x: 0, font: { size: 12 } },
      ...axes,
      shapes,
    } as Partial<Layout>,
  };
}

/** The kink a place on the figure means: the nearest on that row. */
export function kinkAt(
  rows: readonly LadderRow[],
  { x, y }: { readonly x: number; readonly y: number },
): Kink | undefined {
  const row = rows[Math.round(y)];
  return row && [...row.kinks].sort((a, b) => Math.abs(a.move - x) - Math.abs(b.move - x))[0];
}

function groupsOf(rows: readonly LadderRow[]): Group[] {
  const kinds = [...new Set(rows.map(({ axis }) => axis.kind))];
  return kinds.map((kind) => ({
    isTime: kind === "time",
    rows: rows.flatMap((row, place) => (row.axis.kind === kind ? [{ row, place }] : [])),
  }));
}

function scaleOf({ rows, isTime }: Group): Record<string, unknown> {
  const low = Math.min(...rows.map(({ row }) => row.from));
  const high = Math.max(...rows.map(({ row }) => row.to));
  const room = 0.04 * (high - low);
  return {
    range: [low - room, high + room],
    ...(isTime ? { ticksuffix: " d", nticks: 7 } : shockTicks(priceAxis, [low, high])),
  };
}

interface Placed {
  readonly row: LadderRow;
  readonly place: number;
  readonly kink: Kink;
}

function trace(
  kind: KinkKind,
  marks: readonly Placed[],
  { suffix, first, ink }: { readonly suffix: string; readonly first: boolean; readonly ink: Ink },
): Data {
  const balance = ofBalances.has(kind);
  const color = balance ? ink.second : ink.first;
  return {
    type: "scatter",
    mode: kind === "call" ? "text+markers" : "markers",
    name: kinkWords[kind],
    legendgroup: kind,
    showlegend: first,
    x: marks.map(({ kink }) => kink.move),
    y: marks.map(({ place }) => place),
    xaxis: `x${suffix}` as "x",
    yaxis: `y${suffix}` as "y",
    cliponaxis: false,
    text: marks.map(({ row, kink }) =>
      kink === firstOf(row, kind, kink.move < 0 ? -1 : 1) ? moveText(row.axis, kink.move) : "",
    ),
    textposition: marks.map(labelPlace) as never,
    textfont: { size: 12, color: ink.text },
    marker: { symbol: symbols[kind], size: balance ? 11 : 9, color, line: { width: 2, color } } as never,
    customdata: marks.map(({ row, kink }) => [moveText(row.axis, kink.move), kink.account, kink.after]) as never,
    hovertemplate: `<b>${kinkWords[kind]}</b> %{customdata[0]}<br>%{customdata[2]}<br>%{customdata[1]}<extra></extra>`,
  };
}

/** Away from the middle, but never out of the figure. */
function labelPlace({ row: { from, to }, kink: { move } }: Placed): string {
  const nearEnd = move < 0 ? move < 0.8 * from : move > 0.8 * to;
  return move < 0 !== nearEnd ? "top left" : "top right";
}

/** Around the kink that is read. */
function ring({ move }: Kink, place: number, suffix: string, ink: Ink): Data {
  return {
    ...{ type: "scatter", mode: "markers", x: [move], y: [place], showlegend: false, hoverinfo: "skip" },
    ...{ xaxis: `x${suffix}` as "x", yaxis: `y${suffix}` as "y" },
    marker: { symbol: "circle-open", size: 19, color: ink.text, line: { width: 2, color: ink.text } },
  };
}

/** What was searched. */
function rail({ from, to }: LadderRow, place: number, suffix: string, ink: Ink) {
  return {
    ...{ type: "line", xref: `x${suffix}`, yref: `y${suffix}`, x0: from, x1: to, y0: place, y1: place, layer: "below" },
    line: { color: ink.muted, width: 1 },
  } as NonNullable<Layout["shapes"]>[number];
}
