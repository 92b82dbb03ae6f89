import type { Line } from "../methodology/index.ts";

/** A line and what it adds to the requirement above it. */
export interface Part {
  readonly line: Line;
  readonly amount: number;
  /** What one unit of the line's amount counts in the requirement. */
  readonly factor: number;
}

/**
 * Lines in which a requirement ends, each with what it adds to the top line. Amounts follow the statement: they pass through
 * sums, conversions and offsets, and through the child a maximum takes; rounding is a part of the line that rounds.
 *
 * @param line   the top line
 * @param stops  lines that are parts themselves; a leaf always is
 * @param factor what an amount below counts above
 */
export function* partsOf(line: Line, stops: (line: Line) => boolean, factor = 1): Generator<Part> {
  const { combine, children, amount } = line;
  const [first] = children;
  if (first === undefined || stops(line)) {
    yield { line, amount: factor * amount, factor };
    return;
  }
  switch (combine.kind) {
    case "max":
    case "min":
      yield* partsOf(children.find((child) => child.amount === amount) ?? first, stops, factor);
      return;
    case "loss":
      if (amount > 0) for (const child of children) yield* partsOf(child, stops, -factor);
      return;
    case "product":
      yield* partsOf(first, stops, factor * combine.factor);
      return;
    case "toward-zero":
      if (amount !== 0) yield* partsOf(first, stops, factor * (amount / first.amount));
      return;
    case "round":
      yield* partsOf(first, stops, factor);
      if (amount !== first.amount) yield { line, amount: factor * (amount - first.amount), factor };
      return;
    default:
      for (const child of children) yield* partsOf(child, stops, factor);
  }
}
