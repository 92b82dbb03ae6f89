import type { Data, Layout } from "plotly.js";
import type { BacktestSeries, MethodSeries } from "./backtest-series.ts";
import type { Figure, Ink } from "./figure.ts";
import { timeAxis } from "./plot-time.ts";

export interface BacktestFigureOptions {
  readonly ink: Ink;
  readonly categories: readonly string[];
  /** Instant marked by a line through the whole chart. */
  readonly day?: number | undefined;
  /** Names inside the figure: for an image that leaves the window; on screen they stand beside it. */
  readonly legend?: boolean;
  /** Changes when the user chose another range: a zoom by mouse is kept until then. */
  readonly range: string;
}

/** By place of the method: tells lines apart without their colour. */
export const dashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"] as const;

/**
 * Requirement of each method, loss over the close-out period as bars, and below them a row a method with its breaches (✕), calls (▼) and
 * changes of rules (┃). A breach is told by its shape and place; colour only repeats which method it is.
 */
export function backtestFigure(series: BacktestSeries, options: BacktestFigureOptions): Figure {
  const { ink, categories, day, range } = options;
  const { timesMs, lossUsd, methods } = series;
  const colour = (place: number): string => categories[place % categories.length] ?? ink.text;
  const anyBreach = timesMs.map((_, at) => methods.some(({ breach }) => breach[at]));
  const losses: Data = {
    type: "bar",
    name: "Loss over the close-out period",
    x: [...timesMs],
    y: lossUsd.map((loss) => loss ?? null),
    marker: {
      color: anyBreach.map((breached) => (breached ? ink.second : ink.muted)),
      pattern: hatched(anyBreach, ink),
    } as never,
    hovertemplate: "loss %{y:,.0f} USD<extra></extra>",
  };
  return {
    data: [
      losses,
      ...methods.map((method, place): Data => lineOf(method, timesMs, colour(place), place)),
      ...methods.map((method, place): Data => breachesOf(method, timesMs, colour(place), ink)),
      ...eventRows(series, colour, ink),
    ],
    layout: {
      uirevision: range,
      hovermode: "x unified",
      bargap: 0.35,
      margin: { l: 56, r: 12, t: 8, b: 26 },
      showlegend: options.legend === true,
      legend: { orientation: "h", y: 1.02, yanchor: "bottom", x: 0, font: { size: 12 } },
      xaxis: { ...timeAxis, anchor: "y2", showspikes: false },
      yaxis: {
        domain: [0.05 + rowShare(methods.length), 1],
        title: { text: "USD" },
        tickformat: "~s",
        zeroline: true,
        rangemode: "tozero",
      },
      yaxis2: {
        domain: [0, rowShare(methods.length)],
        range: [methods.length - 0.4, -0.6],
        tickvals: methods.map((_, place) => place),
        ticktext: methods.map((_, place) => letterOf(place)),
        tickfont: { size: 12 },
        showgrid: true,
        zeroline: false,
        fixedrange: true,
      },
      shapes: [...changeLines(methods, ink), ...(day === undefined ? [] : [dayLine(day, ink)])],
    },
  };
}

/** Letter of a method: the rows of events are too low for names. */
export function letterOf(place: number): string {
  return String.fromCharCode(65 + (place % 26));
}

/** Share of the height that the rows of events take. */
function rowShare(methods: number): number {
  return Math.min(0.4, 0.06 * methods + 0.02);
}

function lineOf({ label, initialUsd }: MethodSeries, timesMs: readonly number[], color: string, place: number): Data {
  return {
    type: "scatter",
    mode: "lines",
    name: `${letterOf(place)} ${label}`,
    x: [...timesMs],
    y: initialUsd.map((amount) => amount ?? null),
    line: { color, width: 2, dash: dashes[place % dashes.length] ?? "solid" },
    hovertemplate: `${letterOf(place)} %{y:,.0f} USD<extra></extra>`,
  };
}

/** Breaches on the line of their method. */
function breachesOf({ breach, initialUsd }: MethodSeries, timesMs: readonly number[], color: string, ink: Ink): Data {
  const places = timesMs.flatMap((_, at) => (breach[at] ? [at] : []));
  return {
    type: "scatter",
    mode: "markers",
    showlegend: false,
    x: places.map((at) => timesMs[at] ?? 0),
    y: places.map((at) => initialUsd[at] ?? null),
    marker: { symbol: "x", size: 10, color, line: { color: ink.paper, width: 1.5 } },
    hoverinfo: "skip",
  };
}

const eventSymbols = { breach: "x", call: "triangle-down", change: "line-ns-open" } as const;

/** Bars that are hatched, on their own colour. */
export function hatched(which: readonly boolean[], ink: Ink) {
  return {
    shape: which.map((is) => (is ? "/" : "")),
    // the colour of the bar stays below the lines
    fillmode: "overlay",
    fgcolor: ink.paper,
    size: 6,
    solidity: 0.25,
  };
}

function eventRows({ timesMs, methods }: BacktestSeries, colour: (place: number) => string, ink: Ink): Data[] {
  const row = (kind: keyof typeof eventSymbols, timesOf: (method: MethodSeries) => readonly number[]): Data => {
    const events = methods.flatMap((method, place) => timesOf(method).map((ms) => ({ ms, place })));
    return {
      type: "scatter",
      mode: "markers",
      name: eventNames[kind],
      x: events.map(({ ms }) => ms),
      y: events.map(({ place }) => place),
      yaxis: "y2",
      marker: {
        symbol: eventSymbols[kind],
        size: kind === "call" ? 9 : 8,
        color: kind === "change" ? ink.text : events.map(({ place }) => colour(place)),
        line: { width: kind === "change" ? 2 : 0, color: ink.text },
      },
      hoverinfo: "skip",
    };
  };
  const at = (flags: readonly boolean[]) => timesMs.filter((_, place) => flags[place]);
  return [
    row("breach", ({ breach }) => at(breach)),
    row("call", ({ callUsd }) => at(callUsd.map((call) => call > 0))),
    row("change", ({ changes }) => changes.map(({ atMs }) => atMs)),
  ];
}

const eventNames = { breach: "breach", call: "call", change: "rules change" } as const;

function changeLines(methods: readonly MethodSeries[], { muted }: Ink): NonNullable<Layout["shapes"]>[number][] {
  const times = [...new Set(methods.flatMap(({ changes }) => changes.map(({ atMs }) => atMs)))];
  return times.map((x) => vertical(x, { color: muted, width: 1, dash: "dot" }));
}

function dayLine(day: number, { text }: Ink): NonNullable<Layout["shapes"]>[number] {
  return vertical(day, { color: text, width: 1.5 });
}

function vertical(
  x: number,
  line: { readonly color: string; readonly width: number; readonly dash?: "dot" },
): NonNullable<Layout["shapes"]>[number] {
  return { type: "line", xref: "x", yref: "paper", x0: x, x1: x, y0: 0, y1: 1, line };
}
