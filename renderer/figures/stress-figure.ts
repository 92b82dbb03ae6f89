import type { Data } from "plotly.js";
import { formatNumber } from "../../core/base/format.ts";
import type { StressStep } from "../client/stress.ts";
import { hatched } from "./backtest-figure.ts";
import type { Figure, Ink } from "./figure.ts";

/** One bar of the ranking. */
export interface RankedScenario {
  readonly label: string;
  /** USD; gain > 0. */
  readonly pnlUsd: number;
  /** `✕ liquidation`; empty where nothing is called. */
  readonly flag: string;
  readonly selected: boolean;
}

const rowPixels = 22;
const mostLetters = 34;

export function rankingHeight(count: number): number {
  return count * rowPixels + 66;
}

/** Scenarios by what they lose, worst first; what leads to a call says so beside its bar, and is hatched. */
export function rankingFigure(ranked: readonly RankedScenario[], ink: Ink): Figure {
  const values = ranked.map(({ pnlUsd }) => pnlUsd);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = 0.42 * (high - low || 1);
  const bars = {
    type: "bar",
    orientation: "h",
    x: values,
    y: ranked.map((_, place) => place),
    text: ranked.map(({ pnlUsd, flag }) =>
      [formatNumber(pnlUsd, { signed: true, compact: true, decimals: 1 }), flag]
        .filter((part) => part !== "")
        .join(" · "),
    ),
    ...{ textposition: "outside", cliponaxis: false, textangle: 0, textfont: { size: 12, color: ink.text } },
    marker: {
      color: values.map((value) => (value < 0 ? ink.second : ink.first)),
      line: {
        color: ranked.map(({ selected }) => (selected ? ink.text : ink.paper)),
        width: ranked.map(({ selected }) => (selected ? 2 : 1)),
      },
      pattern: hatched(
        ranked.map(({ flag }) => flag !== ""),
        ink,
      ),
    },
    customdata: ranked.map(({ label }) => label),
    hovertemplate: "%{customdata}<br><b>%{x:+,.0f}</b> USD<extra></extra>",
  } as unknown as Data;
  return {
    data: [bars],
    layout: {
      uirevision: "stress-ranking",
      showlegend: false,
      bargap: 0.25,
      margin: { l: 8, r: 14, t: 4, b: 40 },
      xaxis: {
        ...{ title: { text: "Profit of the positions, USD; gain > 0" }, tickformat: "~s", zeroline: true },
        range: [low === 0 ? -0.1 * room : low - room, high === 0 ? 0.12 * room : high + room],
      },
      yaxis: {
        ...{ autorange: "reversed", automargin: true, fixedrange: true, showgrid: false },
        tickvals: ranked.map((_, place) => place),
        ticktext: ranked.map(({ label }) => shortened(label)),
      },
    },
  };
}

const shortened = (label: string): string =>
  label.length > mostLetters ? `${label.slice(0, mostLetters - 1)}…` : label;

/** Balance against its requirements step by step, with the calls; the step that is read is marked. */
export function pathFigure(steps: readonly StressStep[], read: number, ink: Ink): Figure {
  const x = steps.map((_, place) => place);
  const line = (name: string, y: readonly (number | undefined)[], color: string, dash: string): Data[] =>
    y.every((value) => value === undefined)
      ? []
      : [
          {
            type: "scatter",
            mode: "lines+markers",
            ...{ name, x, y: y.map((value) => value ?? null) },
            line: { color, width: 2, dash: dash as "solid" },
            marker: { size: 6, color },
            hovertemplate: `${name}: <b>%{y:,.0f}</b> USD<extra></extra>`,
          },
        ];
  const called = steps.map(({ callUsd = 0 }) => callUsd);
  const flagged = steps.flatMap(({ flags, amounts }, place) =>
    flags.length === 0 ? [] : [{ place, at: amounts.marginBalanceUsd ?? amounts.maintenanceUsd, flags }],
  );
  return {
    data: [
      {
        type: "bar",
        name: "Call",
        x,
        y: called,
        width: 0.35,
        marker: { color: ink.second, opacity: 0.55, line: { color: ink.second, width: 1 } },
        hovertemplate: "Call <b>%{y:,.0f}</b> USD<extra></extra>",
      },
      ...line(
        "Margin balance",
        steps.map(({ amounts }) => amounts.marginBalanceUsd),
        ink.first,
        "solid",
      ),
      ...line(
        "Initial margin",
        steps.map(({ amounts }) => amounts.initialUsd),
        ink.second,
        "dash",
      ),
      ...line(
        "Maintenance margin",
        steps.map(({ amounts }) => amounts.maintenanceUsd),
        ink.muted,
        "dot",
      ),
      {
        type: "scatter",
        mode: "markers",
        name: "Below maintenance or 0",
        x: flagged.filter(({ flags }) => !flags.every((flag) => flag === "call")).map(({ place }) => place),
        y: flagged.filter(({ flags }) => !flags.every((flag) => flag === "call")).map(({ at }) => at),
        marker: { symbol: "x", size: 12, color: ink.text },
        hoverinfo: "skip",
      },
    ],
    layout: {
      uirevision: "stress-path",
      hovermode: "x unified",
      margin: { l: 64, r: 14, t: 8, b: 48 },
      legend: { orientation: "h", y: 1.01, yanchor: "bottom", x: 0 },
      xaxis: {
        ...{ tickvals: x, ticktext: steps.map(({ label }) => shortened(label)), tickangle: steps.length > 6 ? -35 : 0 },
        ...{ automargin: true, range: [-0.5, steps.length - 0.5] },
      },
      yaxis: { title: { text: "USD" }, tickformat: "~s", zeroline: true },
      shapes: [
        {
          ...{ type: "rect", xref: "x", yref: "paper", x0: read - 0.45, x1: read + 0.45, y0: 0, y1: 1, layer: "below" },
          ...{ line: { color: ink.text, width: 1, dash: "dot" }, fillcolor: "rgba(128,128,128,0.08)" },
        },
      ],
    },
  };
}
