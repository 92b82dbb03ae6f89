import { DomainError } from "../../base/index.ts";
import { emitted, type Move, type WrittenRow } from "./epigraph.ts";
import type { LinearSolver, SolverLimits, SolverStatus } from "./linear-program.ts";
import type { MarginExpression } from "./margin-expression.ts";
import { added, type LinearForm, nothing, programBuilder, termOf } from "./program-builder.ts";

/** A position that is closed over some days; amounts for one unit. */
export interface UnwindPosition {
  readonly name: string;
  /** Held now, long > 0. */
  readonly quantity: number;
  /** Most that may be traded in a day; ≥ 0. */
  readonly mostPerDay: number;
  /** Units traded in the market in a day; > 0. */
  readonly dailyVolume: number;
  /** Half spread and fee of a unit. */
  readonly cost: number;
  /** Daily standard deviation of the price of a unit, times the coefficient of the impact. */
  readonly impact: number;
}

export interface UnwindProgram {
  readonly positions: readonly UnwindPosition[];
  /** Starts at the book as it is. */
  readonly margin: MarginExpression;
  readonly days: number;
  /** w: worth of one unit of margin released for a day. */
  readonly marginWeight: number;
  /** Cost of all trades at most this. */
  readonly budget?: number;
}

export interface UnwindAnswer {
  readonly status: SolverStatus;
  /** Day by day what is closed of each position, unsigned; absent when nothing was found. */
  readonly closed?: readonly Float64Array[];
}

/** Straight pieces of the cost of a day's trade. */
export const impactSegments = 5;

/**
 * Cost of closing a quantity in one day: half spread and fee, and the square-root impact.
 *
 *     C(x) = c·x + Y·σ_d·x·√(x/V)
 *
 * @param x units; ≥ 0
 * @source R. Almgren, C. Thum, E. Hauptmann, H. Li, Direct estimation of equity market impact, Risk 18 (2005) 58–62
 */
export function closingCost({ cost, impact, dailyVolume }: UnwindPosition, x: number): number {
  if (!(x >= 0) || !(dailyVolume > 0)) throw new DomainError("a quantity must not be negative, a volume be above 0", x);
  return cost * x + impact * x * Math.sqrt(x / dailyVolume);
}

/**
 * The order in which to close positions under stress: what releases the most margin soonest, net of what it costs, within a share of each day's
 * volume. Inventories run through the days; the impact is five straight pieces a day, whose rising slopes are taken in order by themselves.
 *
 *     min Σ_t w·m_t + Σ_t,k C_k(x_t,k),   Σ_t x_t,k ≤ |q_k|,   0 ≤ x_t,k ≤ cap_k,   m_t ≥ margin of what is left
 */
export function solveUnwind(program: UnwindProgram, solver: LinearSolver, limits: SolverLimits): UnwindAnswer {
  const { positions, days, margin, marginWeight, budget } = program;
  const builder = programBuilder();
  const rows: WrittenRow[] = [];
  const above = Number.POSITIVE_INFINITY;
  let costs: LinearForm = nothing;
  const left: LinearForm[] = positions.map(() => nothing);
  const pieces: number[][][] = [];
  for (let day = 0; day < days; day++) {
    const today = positions.map((position, k) => {
      const most = Math.min(position.mostPerDay, Math.abs(position.quantity));
      const width = most / impactSegments;
      return Array.from({ length: impactSegments }, (_, j) => {
        const slope =
          width === 0 ? 0 : (closingCost(position, width * (j + 1)) - closingCost(position, width * j)) / width;
        const column = builder.column({ cost: slope, lower: 0, upper: width });
        costs = added(costs, termOf(column, slope));
        left[k] = added(left[k] ?? nothing, termOf(column));
        return column;
      });
    });
    pieces.push(today);
    const moves = positions.map(({ quantity }, k): Move => {
      const closed = left[k] ?? nothing;
      return quantity > 0 ? { up: nothing, down: closed } : { up: closed, down: nothing };
    });
    const level = builder.column({ cost: marginWeight, lower: 0, upper: above });
    builder.row(added(termOf(level), emitted(margin, { builder, moves, rows }), -1), 0, above);
  }
  positions.forEach(({ quantity }, k) => {
    builder.row(left[k] ?? nothing, 0, Math.abs(quantity));
  });
  if (budget !== undefined) builder.row(costs, Number.NEGATIVE_INFINITY, budget);
  const { status, solution } = solver.solve(builder.build(), limits);
  if (solution === undefined) return { status };
  const closed = pieces.map((today) =>
    Float64Array.from(today, (columns) =>
      columns.reduce((total, column) => total + Math.max(0, solution.values[column] ?? 0), 0),
    ),
  );
  return { status, closed };
}
