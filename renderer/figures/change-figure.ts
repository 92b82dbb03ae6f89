import { formatNumber } from "../../core/base/format.ts";
import type { ChangeExplanation, ChangeStep } from "../client/attribution.ts";
import type { Figure, Ink } from "./figure.ts";
import { type WaterfallBar, waterfall } from "./waterfall.ts";

/** Steps that are drawn: those whose input differs. */
export function drawnSteps({ steps }: ChangeExplanation): readonly ChangeStep[] {
  return steps.filter(({ same }) => !same);
}

/** From the earlier requirement, step by step, to the later one. */
export function changeFigure(change: ChangeExplanation, ink: Ink): Figure {
  const { fromAmount, toAmount, unit } = change;
  const steps = drawnSteps(change).map(({ title, change: amount, averaged, meaning }): WaterfallBar => {
    const mean = averaged === undefined ? "" : ` · averaged ${formatNumber(averaged, { signed: true, unit })}`;
    return { label: title, amount, kind: "change", detail: `${meaning}${mean}` };
  });
  const bars: readonly WaterfallBar[] = [
    { label: "Earlier", amount: fromAmount, kind: "start" },
    ...steps,
    { label: "Later", amount: toAmount, kind: "total" },
  ];
  const figure = waterfall(bars, unit, ink, "change");
  return { ...figure, layout: { ...figure.layout, yaxis: { ...figure.layout.yaxis, ...rangeOf(bars) } } };
}

/** The axis begins near the amounts where steps are small beside them, and at 0 otherwise; it is said in the words of the panel. */
export function rangeOf(bars: readonly WaterfallBar[]): { readonly range?: [number, number] } {
  let height = 0;
  const heights = bars.map(({ kind, amount }) => {
    height = kind === "change" ? height + amount : amount;
    return height;
  });
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  if (!(low > 0) || high - low > 0.1 * high || high === low) return {};
  return { range: [low - 0.6 * (high - low), high + 0.2 * (high - low)] };
}

/** Whether the steps add up, in words. */
export function changeWords({ fromAmount, toAmount, change, difference, unit, steps }: ChangeExplanation): string {
  const money = (amount: number, signed = false): string => formatNumber(amount, { unit, signed });
  const check =
    difference === 0
      ? `${steps.length} steps add up to it, to the last digit ✓`
      : `the steps miss it by ${money(difference, true)}`;
  return `${money(fromAmount)} → ${money(toAmount)}: ${money(change, true)}; ${check}`;
}

/** What moved the requirement most each way, and what is the same. */
export function stepsInWords(change: ChangeExplanation): string {
  const drawn = [...drawnSteps(change)].sort((a, b) => b.change - a.change);
  if (drawn.length === 0) return "Nothing differs between the two.";
  const text = ({ title, change: amount }: ChangeStep): string =>
    `${title.toLowerCase()} ${formatNumber(amount, { signed: true, unit: change.unit })}`;
  const [most, least] = [drawn[0], drawn.at(-1)];
  const raised = most && most.change > 0 ? `Raised most by ${text(most)}. ` : "";
  const lowered = least && least.change < 0 ? `Lowered most by ${text(least)}. ` : "";
  const same = change.steps.filter(({ same: equal }) => equal).map(({ title }) => title.toLowerCase());
  return `${raised}${lowered}${same.length > 0 ? `The same: ${same.join(", ")}.` : ""}`.trim();
}
