import type { Data } from "plotly.js";
import { formatNumber } from "../../core/base/format.ts";
import { textOn } from "../app/theme/palettes.ts";
import { type Attribution, type AttributionPart, largestParts } from "./attribution.ts";
import type { Figure, Ink } from "./figure.ts";
import { type WaterfallBar, waterfall } from "./waterfall.ts";

/** Bars that can be told apart and named. */
const shownParts = 18;
const shownResiduals = 4;

/** Parts in the order of a waterfall: those of groups by size, then what belongs to none. */
export function waterfallParts(parts: readonly AttributionPart[]): readonly AttributionPart[] {
  return [
    ...largestParts(
      parts.filter(({ residual }) => !residual),
      shownParts,
    ),
    ...largestParts(
      parts.filter(({ residual }) => residual),
      shownResiduals,
    ).map((part): AttributionPart => ({ ...part, residual: true })),
  ];
}

/** Part after part up to the whole. */
export function waterfallFigure({ parts, unit, sum }: Attribution, ink: Ink): Figure {
  const bars = waterfallParts(parts).map(({ label, amount, error, residual }): WaterfallBar => {
    const detail = residual ? "of no group" : error ? `standard error ${formatNumber(error, { unit })}` : undefined;
    return { label, amount, kind: "change", detail };
  });
  return waterfall([...bars, { label: "Sum", amount: sum, kind: "total" }], unit, ink);
}

/** The part that a bar or an area stands for; `undefined` for a sum or the head of a group. */
export function partOf(
  { parts }: Attribution,
  view: "waterfall" | "treemap",
  { trace, index }: { readonly trace: number; readonly index: number },
): AttributionPart | undefined {
  if (view === "waterfall") return waterfallParts(parts)[index];
  const { positive, negative, heads } = treemapParts(parts);
  return trace === 0 ? positive[index - heads.length] : negative[trace - 1];
}

function treemapParts(parts: readonly AttributionPart[]) {
  const positive = parts.filter(({ amount }) => amount > 0);
  const negative = largestParts(
    parts.filter(({ amount }) => amount < 0),
    shownParts,
  );
  const groups = [...new Set(positive.flatMap(({ group }) => (group === undefined ? [] : [group])))];
  const grouped = groups.length > 1 && positive.some(({ label, group }) => label !== group);
  return { positive, negative, groups, grouped, heads: grouped ? groups : [] };
}

/** Parts above 0 by area, grouped; those below 0, which an area cannot show, in a strip of their own. */
export function treemapFigure(
  { parts, unit }: Attribution,
  { ink, categories }: { readonly ink: Ink; readonly categories: readonly string[] },
): Figure {
  const { positive, negative, groups, grouped, heads } = treemapParts(parts);
  const colourOf = ({ group }: AttributionPart): string =>
    categories[Math.max(0, groups.indexOf(group ?? "")) % categories.length] ?? ink.first;
  const inGroup = (name: string): number =>
    positive.filter(({ group }) => group === name).reduce((total, { amount }) => total + amount, 0);
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
