import { DomainError, sum } from "../base/index.ts";
import type { Basis, PositionId } from "../portfolio/index.ts";

/**
 * How a line's amount follows from its children:
 *
 *     leaf         no rule: the amount comes from `inputs`
 *     sum          Σ children
 *     max, min     the largest, the smallest child
 *     loss         max(0, −Σ children): profit and loss becomes a requirement
 *     product      factor × the only child (also conversion between currencies)
 *     toward-zero  the only child moved toward zero by `by`, not beyond it
 *     round        the only child rounded to `decimals`, ties away from zero
 */
export type Combination =
  | { readonly kind: "leaf" }
  | { readonly kind: "sum" }
  | { readonly kind: "max" }
  | { readonly kind: "min" }
  | { readonly kind: "loss" }
  | { readonly kind: "product"; readonly factor: number; readonly factorLabel: string }
  | { readonly kind: "toward-zero"; readonly by: number }
  | { readonly kind: "round"; readonly decimals: number };

/** What a component is for, so that methods can be compared line by line. */
export type ComponentKind =
  | "total"
  | "scenario"
  | "position"
  | "roll"
  | "delta"
  | "contingency"
  | "floor"
  | "orders"
  | "haircut"
  | "balance";

export interface LineInput {
  readonly label: string;
  readonly value: number | string;
  readonly unit?: string;
  /** JSON pointer into the rulebook parameters when the input is one. */
  readonly parameter?: string;
}

/** One line of the statement: the statement is the explanation. */
export interface Line {
  /** Unique in the statement; path-like, e.g. `BTC/initial/matrix/roll`. */
  readonly id: string;
  readonly label: string;
  /** Finite. Requirements ≥ 0; below a `loss` line children are profit and loss, gain > 0. */
  readonly amount: number;
  readonly unit: string;
  readonly combine: Combination;
  readonly component: ComponentKind;
  /** Section of the method's document that orders this line, e.g. `"5.8"`. */
  readonly rule: string;
  readonly basis: Basis;
  readonly inputs: readonly LineInput[];
  readonly children: readonly Line[];
  readonly positionId?: PositionId;
}

type Extra = Partial<Pick<Line, "basis" | "inputs" | "component" | "positionId">>;

/** Builders of lines in one unit; every total is computed from its children, so it cannot disagree with them. */
export function lines(unit: string) {
  const line = (
    id: string,
    label: string,
    rule: string,
    combine: Combination,
    amount: number,
    children: readonly Line[],
    extra: Extra,
  ): Line => {
    if (!Number.isFinite(amount)) throw new DomainError(`line ${id} must be a finite number`, amount);
    return {
      id,
      label,
      amount: amount === 0 ? 0 : amount,
      unit,
      combine,
      component: "total",
      rule,
      basis: "computed",
      inputs: [],
      ...extra,
      children,
    };
  };
  const combined =
    (combine: Combination) =>
    (id: string, label: string, rule: string, children: readonly Line[], extra: Extra = {}): Line =>
      line(
        id,
        label,
        rule,
        combine,
        combinedAmount(
          combine,
          children.map((child) => child.amount),
        ),
        children,
        extra,
      );
  return {
    leaf: (id: string, label: string, amount: number, rule: string, extra: Extra = {}): Line =>
      line(id, label, rule, { kind: "leaf" }, amount, [], extra),
    sum: combined({ kind: "sum" }),
    max: combined({ kind: "max" }),
    min: combined({ kind: "min" }),
    loss: combined({ kind: "loss" }),
    product: (
      id: string,
      label: string,
      rule: string,
      factor: number,
      factorLabel: string,
      child: Line,
      extra: Extra = {},
    ): Line => combined({ kind: "product", factor, factorLabel })(id, label, rule, [child], extra),
    towardZero: (id: string, label: string, rule: string, by: number, child: Line, extra: Extra = {}): Line =>
      combined({ kind: "toward-zero", by })(id, label, rule, [child], extra),
    round: (id: string, label: string, rule: string, decimals: number, child: Line, extra: Extra = {}): Line =>
      combined({ kind: "round", decimals })(id, label, rule, [child], extra),
  };
}

/**
 * Amount of a line from the amounts of its children; the one place that knows how lines combine.
 *
 * @throws DomainError for a leaf, or for a one-child combination with another number of children
 */
export function combinedAmount(combine: Combination, amounts: readonly number[]): number {
  if (combine.kind === "sum") return sum(amounts);
  if (combine.kind === "loss") return Math.max(0, -sum(amounts));
  if (combine.kind === "leaf" || amounts.length === 0)
    throw new DomainError("a combined line needs children", combine.kind);
  if (combine.kind === "max") return Math.max(...amounts);
  if (combine.kind === "min") return Math.min(...amounts);
  const [only] = amounts;
  if (only === undefined || amounts.length !== 1)
    throw new DomainError(`${combine.kind} takes one child`, amounts.length);
  if (combine.kind === "product") return combine.factor * only;
  if (combine.kind === "toward-zero") return towardZero(only, combine.by);
  return roundTo(only, combine.decimals);
}

/** A number brought toward zero by an amount ≥ 0, not beyond it. */
export function towardZero(value: number, by: number): number {
  return Math.sign(value) * Math.max(0, Math.abs(value) - by);
}

/** A number rounded to decimals, ties away from zero; computed on its shortest decimal text, so 1.005 rounds to 1.01. */
export function roundTo(value: number, decimals: number): number {
  const size = Math.abs(value);
  const power = powersOfTen[decimals];
  if (power !== undefined && size < largestScaled / power) {
    const scaled = size * power;
    const nearest = Math.round(scaled);
    // Away from a tie the text rounds to the same integer, and the quotient of two exact integers is the decimal's own double.
    if (Math.abs(Math.abs(scaled - nearest) - 0.5) > tieWidth * scaled) return Math.sign(value) * (nearest / power);
  }
  return roundText(value, decimals);
}

/** Powers of ten that are exact doubles. */
const powersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12];
/** Up to here the scaled number is known to a small part of one. */
const largestScaled = 1e12;
/** Relative width, a few units in the last place, in which a scaled number may be a tie. */
const tieWidth = 1e-15;

function roundText(value: number, decimals: number): number {
  const [digits, exponent = "0"] = Math.abs(value).toString().split("e");
  const scaled = Math.round(Number(`${digits}e${Number(exponent) + decimals}`));
  const [scaledDigits, scaledExponent = "0"] = scaled.toString().split("e");
  return Math.sign(value) * Number(`${scaledDigits}e${Number(scaledExponent) - decimals}`);
}

/** Visits a line and everything below it, parents first. */
export function* walk(line: Line): Generator<Line> {
  yield line;
  for (const child of line.children) yield* walk(child);
}
