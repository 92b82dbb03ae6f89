import { sum } from "../base/index.ts";
import type { StatedAmount } from "../import/index.ts";
import { agreementOf, type ComparedLine } from "./compared-lines.ts";
import type { Cause, InputSwap } from "./input-swaps.ts";
import { partsOf } from "./parts.ts";
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

/** What a line's explanation is looked for in. */
export interface Evidence {
  readonly base: readonly ComparedLine[];
  readonly tried: readonly Tried[];
  readonly sequence: readonly Step[];
  /** Explanations of the open lines below, by stated id; empty for an unexplained one. */
  readonly explained: ReadonlyMap<string, readonly Explanation[]>;
}

/**
 * Why an open line differs, in this order: the first single swap that closes it; the swaps that moved it until it closed; the
 * venue's own parts; the gaps of the lines below it, carried up.
 *
 * @returns the causes; empty when none is found
 */
export function explanations(compared: ComparedLine, evidence: Evidence): readonly Explanation[] {
  const { stated } = compared;
  const one = evidence.tried.find(({ closes }) => closes.includes(stated.id));
  if (one !== undefined) return [inWords(one.swap)];
  const several = closingSequence(compared, evidence.sequence);
  if (several.length > 0) return several;
  if (ownPartsExplain(compared, evidence.base))
    return [{ cause: "venue-moment", swap: "parts", label: partsLabel(stated) }];
  return carried(compared, evidence);
}

function inWords({ cause, id, label }: InputSwap): Explanation {
  return { cause, swap: id, label };
}

function closingSequence({ stated, own }: ComparedLine, sequence: readonly Step[]): readonly Explanation[] {
  const closing = sequence.findIndex(({ after }) => after.get(stated.id)?.agreement !== "open");
  if (closing < 0) return [];
  let before = own;
  return sequence.slice(0, closing + 1).flatMap(({ swap, after }) => {
    const now = after.get(stated.id)?.own;
    const moved = now !== before;
    before = now;
    return moved ? [inWords(swap)] : [];
  });
}

/** Parts may differ by this fraction of the gap they explain: their own gaps are judged on their own lines. */
const partsShare = 0.1;

/** The venue's own parts do not add up to its own total, and by exactly the gap we have: its figures are not of one moment. */
function ownPartsExplain({ stated, difference }: ComparedLine, base: readonly ComparedLine[]): boolean {
  const { parts } = stated;
  if (parts === undefined) return false;
  const known = parts.ids.flatMap((id) => base.find((line) => line.stated.id === id) ?? []);
  if (known.length < parts.ids.length) return false;
  const ownGaps = parts.factor * sum(known.map((part) => Math.abs(part.difference)));
  if (ownGaps > partsShare * Math.abs(difference)) return false;
  const total = parts.factor * sum(known.map((part) => part.stated.amount));
  const digits = stated.digit + parts.factor * sum(known.map((part) => part.stated.digit));
  return agreementOf(stated.amount + difference, total, digits + ownGaps) !== "open";
}

function partsLabel({ parts }: StatedAmount): string {
  const names = (parts?.ids ?? []).join(" + ");
  const times = parts?.factor === 1 ? "" : `, times ${parts?.factor},`;
  return `the venue's own ${names}${times} is our figure and not the one it prints: its figures are not of one moment`;
}

/** The gap of a total is that of the compared lines it is made of, and all of those are explained. */
function carried({ stated, line, difference }: ComparedLine, { base, explained }: Evidence): readonly Explanation[] {
  if (line === undefined) return [];
  const below = new Map(
    base.flatMap((one) => (one.line === undefined || one.line.id === line.id ? [] : [[one.line.id, one] as const])),
  );
  const parts = [...partsOf(line, ({ id }) => below.has(id))].flatMap(({ line: part, factor }) => {
    const compared = below.get(part.id);
    return compared === undefined ? [] : [{ compared, factor }];
  });
  const open = parts.filter(({ compared }) => compared.agreement === "open");
  const reasons = open.map(({ compared }) => explained.get(compared.stated.id) ?? []);
  if (open.length === 0 || reasons.some(({ length }) => length === 0)) return [];
  const gap = sum(parts.map(({ compared, factor }) => factor * compared.difference));
  const digits = stated.digit + sum(parts.map(({ compared, factor }) => Math.abs(factor) * compared.stated.digit));
  if (agreementOf(difference, gap, digits, Math.abs(stated.amount)) === "open") return [];
  const causes = new Map(reasons.flat().map((reason) => [reason.swap, reason]));
  return [...causes.values()];
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
