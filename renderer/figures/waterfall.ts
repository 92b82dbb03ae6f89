import type { Data } from "plotly.js";
import { formatNumber } from "../../core/base/format.ts";
import type { Figure, Ink } from "./figure.ts";

/** One bar of a waterfall: an amount from 0, or a change of what stands before it. */
export interface WaterfallBar {
  readonly label: string;
  readonly amount: number;
  readonly kind: "start" | "change" | "total";
  /** Said when the bar is pointed at, beside label and amount. */
  readonly detail?: string | undefined;
}

/** Names that stand beside each other without being turned. */
const flatLabels = 6;

/**
 * Bar after bar: what adds in one colour and upward, what takes off in the other and downward, whole amounts from the ground.
 *
 * @param revision keeps the view while it stays the same
 */
export function waterfall(bars: readonly WaterfallBar[], unit: string, ink: Ink, revision = "waterfall"): Figure {
  const isTurned = bars.length - 1 > flatLabels;
  const measures = { start: "absolute", change: "relative", total: "total" } as const;
  return {
    data: [
      {
        type: "waterfall",
        x: uniqueNames(bars.map(({ label }) => shortened(label))),
        y: bars.map(({ amount }) => amount),
        measure: bars.map(({ kind }) => measures[kind]),
        customdata: bars.map(({ detail = "" }) => detail),
        increasing: { marker: { color: ink.second } },
        decreasing: { marker: { color: ink.first } },
        totals: { marker: { color: ink.muted } },
        text: bars.map(({ amount, kind }) => formatNumber(amount, { compact: true, signed: kind === "change" })),
        textinfo: "text",
        textposition: "outside",
        textfont: { size: 12, color: ink.text },
        cliponaxis: false,
        connector: { line: { color: ink.muted, width: 1 } },
        hovertemplate: bars.map(
          ({ kind, label, detail }) =>
            `${label}<br><b>%{${kind === "change" ? "delta:+" : "final:"},.2f}</b> ${unit}${detail ? "<br>%{customdata}" : ""}<extra></extra>`,
        ),
      } as unknown as Data,
    ],
    layout: {
      uirevision: revision,
      showlegend: false,
      // An amount that has no room is read by pointing, or in the table.
      uniformtext: { minsize: 12, mode: "hide" },
      // Turned names reach out to the left of their bar, and below: in a low panel the bars give way to them.
      margin: { l: isTurned ? 104 : 64, r: 12, t: 24, b: 60 },
      minreducedheight: 36,
      xaxis: { tickangle: isTurned ? -40 : 0, automargin: true, type: "category" },
      yaxis: { title: { text: unit }, tickformat: "~s", ...roomBelow(bars) },
    },
  };
}

/** Part of the height that an amount below its bar takes in a low panel. */
const labelPart = 0.2;

/** An axis that goes on below the ground where the amount of a falling bar would stand in the names of the bars. */
function roomBelow(bars: readonly WaterfallBar[]): { readonly range?: [number, number] } {
  let level = 0;
  const steps = bars.map(({ amount, kind }) => {
    level = kind === "change" ? level + amount : amount;
    return { level, falls: kind === "change" && amount < 0 };
  });
  const levels = [0, ...steps.map(({ level: at }) => at)];
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const room = labelPart * (high - low);
  const lowest = Math.min(...steps.filter(({ falls }) => falls).map(({ level: at }) => at));
  return lowest - room < low ? { range: [lowest - room, high + room / 4] } : {};
}

const longestName = 26;

/** Names of lines can be sentences; the whole one is there when the bar is pointed at. */
function shortened(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
}

/** A category axis draws equal names at one place: later ones are numbered. */
function uniqueNames(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
