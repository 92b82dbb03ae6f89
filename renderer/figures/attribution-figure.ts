import type { Data } from "plotly.js";
import { textOn } from "../app/theme/palettes.ts";
import { type Attribution, type AttributionPart, largestParts } from "./attribution.ts";
import type { Figure, Ink } from "./figure.ts";

/** Bars that can be told apart and named. */
const shownParts = 18;
/** Names that stand beside each other without being turned. */
const flatLabels = 6;

/** Part after part up to the whole: what adds in one colour and upward, what takes off in the other and downward. */
export function waterfallFigure({ parts, unit, sum }: Attribution, ink: Ink): Figure {
  const shown = largestParts(parts, shownParts);
  return {
    data: [
      {
        type: "waterfall",
        x: [...shown.map(({ label }) => label), "Sum"],
        y: [...shown.map(({ amount }) => amount), sum],
        measure: [...shown.map(() => "relative"), "total"],
        increasing: { marker: { color: ink.second } },
        decreasing: { marker: { color: ink.first } },
        totals: { marker: { color: ink.muted } },
        connector: { line: { color: ink.muted, width: 1 } },
        hovertemplate: `%{x}<br><b>%{delta:+,.2f}</b> ${unit}<extra></extra>`,
      } as unknown as Data,
    ],
    layout: {
      uirevision: "waterfall",
      showlegend: false,
      margin: { l: 64, r: 12, t: 8, b: 60 },
      xaxis: { tickangle: shown.length > flatLabels ? -40 : 0, automargin: true, type: "category" },
      yaxis: { title: { text: unit }, tickformat: "~s" },
    },
  };
}

/** Parts above 0 by area, grouped; those below 0, which an area cannot show, in a strip of their own. */
export function treemapFigure(
  { parts, unit }: Attribution,
  { ink, categories }: { readonly ink: Ink; readonly categories: readonly string[] },
): Figure {
  const positive = parts.filter(({ amount }) => amount > 0);
  const negative = largestParts(
    parts.filter(({ amount }) => amount < 0),
    shownParts,
  );
  const groups = [...new Set(positive.flatMap(({ group }) => (group === undefined ? [] : [group])))];
  const grouped = groups.length > 1 && positive.some(({ label, group }) => label !== group);
  const colourOf = ({ group }: AttributionPart): string =>
    categories[Math.max(0, groups.indexOf(group ?? "")) % categories.length] ?? ink.first;
  const inGroup = (name: string): number =>
    positive.filter(({ group }) => group === name).reduce((total, { amount }) => total + amount, 0);
  const heads = grouped ? groups : [];
  const strip = negative.length > 0;
  const tree = {
    type: "treemap",
    ids: [...heads.map((name) => `group ${name}`), ...positive.map(({ label }, at) => `${at} ${label}`)],
    labels: [...heads, ...positive.map(({ label }) => label)],
    parents: [...heads.map(() => ""), ...positive.map(({ group }) => (grouped && group ? `group ${group}` : ""))],
    values: [...heads.map(inGroup), ...positive.map(({ amount }) => amount)],
    branchvalues: "total",
    domain: { x: [0, 1], y: strip ? [0.2, 1] : [0, 1] },
    marker: {
      colors: [...heads.map(() => ink.paper), ...positive.map(colourOf)],
      line: { color: ink.paper, width: 1.5 },
    },
    textfont: { size: 12, color: [...heads.map(() => ink.text), ...positive.map((part) => textOn(colourOf(part)))] },
    texttemplate: `%{label}<br>%{value:${amountFormat(unit)}}`,
    hovertemplate: `%{label}<br><b>%{value:,.2f}</b> ${unit}, %{percentRoot:.1%}<extra></extra>`,
    pathbar: { visible: false },
    tiling: { pad: 2 },
  } as unknown as Data;
  return {
    data: [tree, ...(strip ? negative.map((part, at) => stripPart(part, at, unit, ink)) : [])],
    layout: {
      uirevision: "treemap",
      showlegend: false,
      barmode: "relative",
      // What would be smaller than the smallest text of the program is read by pointing, or in the table.
      uniformtext: { minsize: 12, mode: "hide" },
      margin: { l: 12, r: 12, t: 6, b: strip ? 34 : 6 },
      ...(strip && {
        xaxis: { title: { text: `Parts below 0, ${unit}` }, tickformat: "~s", domain: [0, 1], zeroline: true },
        yaxis: { domain: [0, 0.13], showticklabels: false, fixedrange: true, showgrid: false, zeroline: false },
      }),
    },
  };
}

/** Whole units of money, hundredths of coins. */
function amountFormat(unit: string): string {
  return unit.startsWith("USD") ? ",.0f" : ",.2f";
}

function stripPart({ label, amount }: AttributionPart, at: number, unit: string, ink: Ink): Data {
  return {
    type: "bar",
    orientation: "h",
    x: [amount],
    y: [0],
    marker: {
      color: ink.first,
      opacity: at % 2 === 0 ? 1 : 0.7,
      line: { color: ink.paper, width: 1 },
    },
    text: [label],
    textposition: "inside",
    insidetextanchor: "middle",
    insidetextfont: { color: textOn(ink.first), size: 12 },
    textangle: 0,
    hovertemplate: `${label}<br><b>%{x:,.2f}</b> ${unit}<extra></extra>`,
  } as unknown as Data;
}
