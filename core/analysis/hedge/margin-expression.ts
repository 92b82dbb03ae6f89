import { sum } from "../../base/index.ts";

/** One scenario: book's profit at the start, and profit of one unit of each instrument; gain > 0. */
export interface ExpressionRow {
  readonly id: string;
  readonly label: string;
  readonly profit: number;
  readonly unitProfits: Float64Array;
}

/** Where a slope steepens: beyond a move of one instrument, as at the place where a position is closed. */
export interface ExpressionKink {
  readonly instrument: number;
  readonly side: "buy" | "sell";
  /** Size of the move; > 0. */
  readonly at: number;
  /** What the slope rises by; ≥ 0. */
  readonly extra: number;
}

/**
 * A requirement as a convex function of the quantities h traded, from a start h₀ on:
 *
 *     linear     base + buy·(h − h₀)⁺ + sell·(h₀ − h)⁺ + Σ extra·(move on that side − at)⁺, extra ≥ 0
 *     worst      max(0, max_s −(profit_s + unitProfits_s·(h − h₀)))
 *     shortfall  min_a  a + (1/tail)·Σ_s weight_s·(−(profit_s + unitProfits_s·(h − h₀)) − a)⁺
 *     sum        Σ factor·part, factors ≥ 0
 *     max        the largest part
 */
export type MarginExpression =
  | {
      readonly kind: "linear";
      readonly base: number;
      readonly buy: Float64Array;
      readonly sell: Float64Array;
      readonly kinks?: readonly ExpressionKink[];
    }
  | { readonly kind: "worst"; readonly label: string; readonly rows: readonly ExpressionRow[] }
  | {
      readonly kind: "shortfall";
      readonly label: string;
      /** 1 − confidence, in (0, 1). */
      readonly tail: number;
      /** One a row, ≥ 0, summing to 1. */
      readonly weights: readonly number[];
      readonly rows: readonly ExpressionRow[];
    }
  | {
      readonly kind: "sum";
      readonly parts: readonly { readonly factor: number; readonly expression: MarginExpression }[];
    }
  | {
      readonly kind: "max";
      readonly parts: readonly { readonly label: string; readonly expression: MarginExpression }[];
    };

/**
 * The amount of an expression.
 *
 * @param moved h − h₀, one an instrument
 * @returns unit of the expression
 */
export function expressionAmount(expression: MarginExpression, moved: Float64Array): number {
  switch (expression.kind) {
    case "linear": {
      const { base, buy, sell, kinks = [] } = expression;
      const beyond = kinks.map(({ instrument, side, at, extra }) => {
        const move = (side === "buy" ? 1 : -1) * (moved[instrument] ?? 0);
        return extra * Math.max(0, move - at);
      });
      return sum([base, ...Array.from(moved, (x, k) => (x >= 0 ? (buy[k] ?? 0) * x : -(sell[k] ?? 0) * x)), ...beyond]);
    }
    case "worst":
      return Math.max(0, ...lossesOf(expression.rows, moved));
    case "shortfall":
      return shortfallOf(lossesOf(expression.rows, moved), expression.weights, expression.tail);
    case "sum":
      return sum(expression.parts.map((part) => part.factor * expressionAmount(part.expression, moved)));
    case "max":
      return Math.max(...expression.parts.map((part) => expressionAmount(part.expression, moved)));
  }
}

/** Loss of each row; loss > 0. */
function lossesOf(rows: readonly ExpressionRow[], moved: Float64Array): readonly number[] {
  return rows.map(({ profit, unitProfits }) => {
    let total = profit;
    for (let k = 0; k < moved.length; k++) total += (unitProfits[k] ?? 0) * (moved[k] ?? 0);
    return -total;
  });
}

/**
 * Expected shortfall of weighted losses, by the minimum of Rockafellar and Uryasev: taken at the loss where the weight above first falls
 * to the tail.
 *
 * @source R. T. Rockafellar, S. Uryasev, Optimization of conditional value-at-risk, J. of Risk 2 (2000) 21–41
 */
function shortfallOf(losses: readonly number[], weights: readonly number[], tail: number): number {
  const order = losses.map((loss, at) => [loss, weights[at] ?? 0] as const).sort((a, b) => b[0] - a[0]);
  let left = tail;
  const parts: number[] = [];
  for (const [loss, weight] of order) {
    const taken = Math.min(left, weight);
    parts.push(taken * loss);
    left -= taken;
    if (left <= 0) break;
  }
  return sum(parts) / tail;
}
