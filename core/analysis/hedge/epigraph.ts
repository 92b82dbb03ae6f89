import type { ExpressionRow, MarginExpression } from "./margin-expression.ts";
import { added, type LinearForm, nothing, type ProgramBuilder, termOf } from "./program-builder.ts";

/** A row whose dual value is told. Rows of one epigraph share a group. */
export interface WrittenRow {
  readonly row: number;
  readonly kind: "scenario" | "component" | "limit" | "cash" | "budget" | "target" | "bound";
  readonly label: string;
  readonly group: number;
}

/** Group of rows that belong to no epigraph. */
export const alone = -1;

function nextGroup(rows: readonly WrittenRow[]): number {
  return 1 + rows.reduce((highest, { group }) => Math.max(highest, group), alone);
}

/** How far a quantity goes up and down from the start. */
export interface Move {
  readonly up: LinearForm;
  readonly down: LinearForm;
}

export interface Emission {
  readonly builder: ProgramBuilder;
  readonly moves: readonly Move[];
  readonly rows: WrittenRow[];
}

/** The expression as a linear form, with the columns and rows of its epigraphs written. */
export function emitted(expression: MarginExpression, to: Emission): LinearForm {
  const { builder, moves, rows } = to;
  const free = { cost: 0, lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
  const positive = { ...free, lower: 0 };
  const above = Number.POSITIVE_INFINITY;
  switch (expression.kind) {
    case "linear": {
      const { base, buy, sell, kinks = [] } = expression;
      const straight = moves.reduce<LinearForm>(
        (total, { up, down }, k) => added(added(total, up, buy[k] ?? 0), down, sell[k] ?? 0),
        { constant: base, terms: new Map() },
      );
      return kinks.reduce((total, { instrument, side, at, extra }) => {
        const move = moves[instrument];
        if (move === undefined || extra <= 0) return total;
        const beyond = termOf(builder.column(positive));
        builder.row(added(beyond, side === "buy" ? move.up : move.down, -1), -at, above);
        return added(total, beyond, extra);
      }, straight);
    }
    case "worst": {
      const level = termOf(builder.column(positive));
      const group = nextGroup(rows);
      for (const one of expression.rows) {
        const row = builder.row(added(level, profitForm(one, moves)), 0, above);
        rows.push({ row, kind: "scenario", label: `${expression.label}: ${one.label}`, group });
      }
      return level;
    }
    case "shortfall": {
      const threshold = termOf(builder.column(free));
      const group = nextGroup(rows);
      return expression.rows.reduce<LinearForm>((total, one, at) => {
        const excess = termOf(builder.column(positive));
        const row = builder.row(added(added(excess, threshold), profitForm(one, moves)), 0, above);
        rows.push({ row, kind: "scenario", label: `${expression.label}: ${one.label}`, group });
        return added(total, excess, (expression.weights[at] ?? 0) / expression.tail);
      }, threshold);
    }
    case "sum":
      return expression.parts.reduce<LinearForm>(
        (total, { factor, expression: part }) => added(total, emitted(part, to), factor),
        nothing,
      );
    case "max": {
      const level = termOf(builder.column(free));
      const forms = expression.parts.map(({ label, expression: part }) => ({ label, form: emitted(part, to) }));
      const group = nextGroup(rows);
      for (const { label, form } of forms) {
        const row = builder.row(added(level, form, -1), 0, above);
        rows.push({ row, kind: "component", label, group });
      }
      return level;
    }
  }
}

/** Profit of a scenario as a linear form. */
function profitForm({ profit, unitProfits }: ExpressionRow, moves: readonly Move[]): LinearForm {
  const terms = new Map<number, number>();
  const add = ({ terms: of }: LinearForm, factor: number): void => {
    for (const [column, value] of of) terms.set(column, (terms.get(column) ?? 0) + factor * value);
  };
  moves.forEach(({ up, down }, k) => {
    const unit = unitProfits[k] ?? 0;
    if (unit === 0) return;
    add(up, unit);
    add(down, -unit);
  });
  return { constant: profit, terms };
}
