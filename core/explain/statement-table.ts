import type { Combination, Line } from "../methodology/index.ts";
import type { Basis } from "../portfolio/index.ts";

/** One line of a statement as a row, parents before children. */
export interface StatementRow {
  /** 0 for the top line. */
  readonly depth: number;
  readonly id: string;
  readonly label: string;
  readonly amount: number;
  readonly unit: string;
  /** How the amount follows from the rows below it, in words; empty for a leaf. */
  readonly combination: string;
  readonly rule: string;
  readonly basis: Basis;
  /** `base rate 0.02; size 25 BTC`. */
  readonly inputs: string;
}

/**
 * A statement as a flat table, for printing and for files.
 *
 * @param line  the top line
 * @param depth how many levels below it to list; all by default
 */
export function statementTable(line: Line, depth = Number.POSITIVE_INFINITY): readonly StatementRow[] {
  return [...rowsOf(line, 0, depth)];
}

function* rowsOf(line: Line, depth: number, deepest: number): Generator<StatementRow> {
  const { id, label, amount, unit, combine, rule, basis, inputs, children } = line;
  yield {
    depth,
    id,
    label,
    amount,
    unit,
    combination: combinationText(combine),
    rule,
    basis,
    inputs: inputs.map((input) => [input.label, input.value, input.unit ?? ""].join(" ").trim()).join("; "),
  };
  if (depth < deepest) for (const child of children) yield* rowsOf(child, depth + 1, deepest);
}

function combinationText(combine: Combination): string {
  switch (combine.kind) {
    case "leaf":
      return "";
    case "sum":
      return "sum of";
    case "max":
      return "largest of";
    case "min":
      return "smallest of";
    case "loss":
      return "loss on the sum of";
    case "product":
      return `${combine.factorLabel} ${combine.factor} times`;
    case "toward-zero":
      return `moved toward zero by ${combine.by}`;
    case "round":
      return `rounded to ${combine.decimals} decimals`;
  }
}
