import { formatNumber } from "../../../core/base/format.ts";
import type { BreakLine, BreakReport, LineVerdict } from "../../client/reports.ts";
import type { FlatRow, TreeNode } from "../../grids/tree.ts";

/** A row of the report: an account, a charged line beside ours, or the count of all lines. */
export interface BreakValue {
  readonly line?: BreakLine;
  readonly verdict: LineVerdict;
  /** Words for the cause column. */
  readonly cause: string;
  /** Lines below, of rows that are no line. */
  readonly count?: number;
}

export type BreakRow = FlatRow<BreakValue>;

/** A verdict is told by its word and its mark; colour only repeats them. */
export const verdictWords: Readonly<Record<LineVerdict, { readonly mark: string; readonly word: string }>> = {
  matched: { mark: "✓", word: "matched" },
  "within-rounding": { mark: "≈", word: "within rounding" },
  explained: { mark: "◐", word: "explained" },
  unexplained: { mark: "✕", word: "unexplained" },
};

export function verdictText(verdict: LineVerdict): string {
  const { mark, word } = verdictWords[verdict];
  return `${mark} ${word}`;
}

const worstFirst: readonly LineVerdict[] = ["unexplained", "explained", "within-rounding", "matched"];

export function worstVerdict(lines: readonly Pick<BreakLine, "verdict">[]): LineVerdict {
  return worstFirst.find((verdict) => lines.some((line) => line.verdict === verdict)) ?? "matched";
}

/** Charged lines under their accounts, each below the compared line it is a part of. */
export function breakTree({ lines }: Pick<BreakReport, "lines">): TreeNode<BreakValue>[] {
  const accounts = [...new Set(lines.map(({ account }) => account))];
  return accounts.map((account) => {
    const own = lines.filter((line) => line.account === account);
    return {
      id: `account ${account}`,
      label: `${account} account`,
      value: { verdict: worstVerdict(own), cause: "", count: own.length },
      children: nested(own),
    };
  });
}

/** Lines in statement order with their depths, as a tree. */
function nested(lines: readonly BreakLine[]): TreeNode<BreakValue>[] {
  type Open = { readonly depth: number; readonly children: TreeNode<BreakValue>[] };
  const top: TreeNode<BreakValue>[] = [];
  let path: Open[] = [];
  for (const line of lines) {
    const children: TreeNode<BreakValue>[] = [];
    path = path.filter(({ depth }) => depth < line.depth);
    const siblings = path.at(-1)?.children ?? top;
    siblings.push({
      id: line.statedId,
      label: line.label,
      value: { line, verdict: line.verdict, cause: causeWords(line) },
      children,
    });
    path.push({ depth: line.depth, children });
  }
  return top;
}

/** The row below all lines: how many there are, and the worst verdict among them. */
export function totalRow({ lines }: Pick<BreakReport, "lines">, explanation: string): BreakRow {
  return {
    id: "total",
    level: 1,
    label: lines.length === 1 ? "1 line" : `${lines.length} lines`,
    value: { verdict: worstVerdict(lines), cause: explanation, count: lines.length },
  };
}

/** `12 matched, 1 within rounding, 0 explained, 0 unexplained`. */
export function countWords(counts: BreakReport["counts"]): string {
  return (["matched", "within-rounding", "explained", "unexplained"] as const)
    .map((verdict) => `${counts[verdict]} ${verdictWords[verdict].word}`)
    .join(", ");
}

/** Which input explains a line; of an unexplained one, which swap comes nearest and what it leaves. */
export function causeWords(line: Pick<BreakLine, "explainedBy" | "nearest" | "digit" | "unit" | "lineId">): string {
  if (line.explainedBy.length > 0) {
    return line.explainedBy.map(({ cause, label }) => `${causeNames[cause] ?? cause}: ${label}`).join("; ");
  }
  if (line.nearest) {
    const gap = formatNumber(line.nearest.gap, { decimals: shownDecimals(line.digit) });
    return `nearest: ${line.nearest.label} leaves ${gap} ${line.unit}`;
  }
  return line.lineId === undefined ? "our statement has no such line" : "";
}

export const causeNames: Readonly<Record<string, string>> = {
  "position-set": "position set",
  "price-basis": "price basis",
  time: "time",
  "parameter-version": "parameter version",
  "imported-component": "imported component",
  "open-orders": "open orders",
  balance: "balance",
  "venue-moment": "the venue's own moment",
};

/** Decimals that show the venue's last digit and two more: differences that its rounding hides; at most 8. */
export function shownDecimals(digit: number): number {
  return Math.min(8, Math.max(0, Math.ceil(-Math.log10(digit) - 1e-9)) + 2);
}
