import type { StatedAmount } from "../import/index.ts";
import { agreementOf, type ComparedLine } from "./compared-lines.ts";
import type { Cause, InputSwap } from "./input-swaps.ts";
import type { Step, Tried } from "./swap-trials.ts";

/** An input whose swap closes a gap, or `venue-moment`: the venue's own figures are not of one moment. */
export interface Explanation {
  readonly cause: Cause | "venue-moment";
  readonly swap: string;
  readonly label: string;
}

/** The swap that comes nearest, and the gap it leaves. */
export interface NearestSwap {
  readonly swap: string;
  readonly label: string;
  readonly gap: number;
}

/** The first single swap that closes the line; else the swaps that moved it until it closed; else the venue's own parts. */
export function explanations(
  { stated, own, difference }: ComparedLine,
  base: readonly ComparedLine[],
  tried: readonly Tried[],
  sequence: readonly Step[],
): readonly Explanation[] {
  const words = ({ cause, id, label }: InputSwap): Explanation => ({ cause, swap: id, label });
  const one = tried.find(({ closes }) => closes.includes(stated.id));
  if (one !== undefined) return [words(one.swap)];
  const closing = sequence.findIndex(({ after }) => after.get(stated.id)?.agreement !== "open");
  if (closing >= 0) {
    let before = own;
    const moving: Explanation[] = [];
    for (const { swap, after } of sequence.slice(0, closing + 1)) {
      const now = after.get(stated.id)?.own;
      if (now !== before) moving.push(words(swap));
      before = now;
    }
    if (moving.length > 0) return moving;
  }
  return ownPartsExplain(stated, difference, base)
    ? [{ cause: "venue-moment", swap: "parts", label: partsLabel(stated) }]
    : [];
}

/** The venue's own parts do not add up to its own total, and by exactly the gap we have: its figures are not of one moment. */
function ownPartsExplain(stated: StatedAmount, difference: number, base: readonly ComparedLine[]): boolean {
  if (stated.parts === undefined) return false;
  const parts = stated.parts.ids.map((id) => base.find((line) => line.stated.id === id));
  const known = parts.flatMap((part) => (part === undefined ? [] : [part]));
  if (known.length < parts.length || known.some(({ agreement }) => agreement === "open")) return false;
  const total = stated.parts.factor * known.reduce((sum, { stated: { amount } }) => sum + amount, 0);
  const slack = known.reduce((sum, part) => sum + part.stated.digit, stated.digit) * Math.max(1, stated.parts.factor);
  return agreementOf(stated.amount + difference, total, slack) !== "open";
}

function partsLabel({ parts }: StatedAmount): string {
  return `the venue's own ${(parts?.ids ?? []).join(" + ")}${parts?.factor === 1 ? "" : ` times ${parts?.factor}`} gives our figure, not the one it prints: its figures are not of one moment`;
}

/** The swap that leaves the smallest gap; `undefined` when none makes it smaller. */
export function nearest({ stated, difference }: ComparedLine, tried: readonly Tried[]): NearestSwap | undefined {
  let best: NearestSwap | undefined;
  for (const { swap, after } of tried) {
    const gap = Math.abs(after?.get(stated.id)?.difference ?? difference);
    if (gap < Math.min(Math.abs(difference), best?.gap ?? Number.POSITIVE_INFINITY))
      best = { swap: swap.id, label: swap.label, gap };
  }
  return best;
}
