import { alone, emitted, type Move, type WrittenRow } from "./epigraph.ts";
import type { LinearSolution, LinearSolver, SolverLimits, SolverStatus } from "./linear-program.ts";
import { expressionAmount, type MarginExpression } from "./margin-expression.ts";
import { added, type LinearForm, nothing, type ProgramBuilder, programBuilder, termOf } from "./program-builder.ts";

/** An instrument of a programme; amounts for one unit. */
export interface ProgramInstrument {
  readonly name: string;
  readonly mostBought: number;
  readonly mostSold: number;
  /** Of a unit bought or sold; ≥ 0. */
  readonly cost: number;
  /** Step of whole plans; > 0. */
  readonly lot: number;
  readonly notional: number;
}

/** base + slopes·h between two bounds. */
export interface ProgramLimit {
  readonly kind: "limit" | "cash";
  readonly label: string;
  /** What several rows state together. */
  readonly of?: string;
  readonly base: number;
  readonly slopes: Float64Array;
  readonly lower: number;
  readonly upper: number;
}

/** min w·margin + cost of the trades, within limits. */
export interface HedgeProgram {
  readonly instruments: readonly ProgramInstrument[];
  readonly margin: MarginExpression;
  /** Quantities where the expression starts; zeros when absent. */
  readonly start?: Float64Array;
  /** Most that each quantity may move from the start; as far as its bounds when absent. */
  readonly reach?: Float64Array;
  /** w ≥ 0. */
  readonly marginWeight: number;
  readonly limits: readonly ProgramLimit[];
  /** Cost at most this. */
  readonly budget?: number;
  /** margin + costFactor·cost ≤ most. */
  readonly target?: { readonly most: number; readonly costFactor: number };
  readonly whole: boolean;
}

/** A constraint that holds the optimum, with its dual value. */
export interface BindingRow {
  readonly kind: "scenario" | "component" | "limit" | "cash" | "budget" | "target" | "bound";
  readonly label: string;
  /** Scenarios and components: their share in the worst case or maximum they belong to, 0 to 1; others: gain in the objective per unit of slack. */
  readonly weight: number;
}

export interface HedgeAnswer {
  readonly status: SolverStatus;
  readonly detail?: string;
  /** Absent when nothing was found. */
  readonly plan?: {
    readonly quantities: Float64Array;
    readonly margin: number;
    readonly cost: number;
    /** w·margin + cost, without what breaks ties. */
    readonly objective: number;
    /** What the dual solution proves no plan can be better than; same unit as `objective`, ties included. */
    readonly bound: number;
    readonly gap: number;
    readonly binding: readonly BindingRow[];
    /** What a unit saves of w·margin at the optimum, by the duals: bought, sold. Absent for whole plans. */
    readonly saved?: { readonly bought: Float64Array; readonly sold: Float64Array };
  };
}

/** Share of gross notional that breaks ties between plans of equal worth. */
const tieShare = 1e-6;

/**
 * The minimum-margin hedge as a linear programme: the requirement is written as its epigraph, each trade split into bought and sold.
 *
 *     min w·m + Σ c_k (u_k + v_k) + 1e-6·Σ notional_k (u_k + v_k),   m ≥ 0, m ≥ expression
 *
 * @returns the plan; status `infeasible` or `unbounded` without one
 * @source resources/docs/hedging.md, section 3
 */
export function solveHedge(program: HedgeProgram, solver: LinearSolver, limits: SolverLimits): HedgeAnswer {
  const written = writtenProgram(program);
  const answer = solver.solve(written.builder.build(), limits);
  if (answer.solution === undefined)
    return { status: answer.status, ...(answer.detail === undefined ? {} : { detail: answer.detail }) };
  return { status: answer.status, plan: planOf(program, written, answer.solution) };
}

interface Written {
  readonly builder: ProgramBuilder;
  readonly bought: readonly number[];
  readonly sold: readonly number[];
  readonly rows: readonly WrittenRow[];
}

function writtenProgram(program: HedgeProgram): Written {
  const { instruments, marginWeight, start, reach, whole } = program;
  const builder = programBuilder();
  const rows: WrittenRow[] = [];
  const trade = (most: number, { cost, notional, lot }: ProgramInstrument): number => {
    const step = whole ? lot : 1;
    const upper = whole ? Math.floor(most / lot + 1e-9) : most;
    return builder.column({
      cost: step * (cost + tieShare * notional),
      ...{ lower: 0, upper },
      ...(whole ? { integer: true } : {}),
    });
  };
  const bought = instruments.map((one) => trade(one.mostBought, one));
  const sold = instruments.map((one) => trade(one.mostSold, one));
  const step = (k: number): number => (whole ? (instruments[k]?.lot ?? 1) : 1);
  const quantities = instruments.map((_, k) => added(termOf(bought[k] ?? 0, step(k)), termOf(sold[k] ?? 0, -step(k))));
  const moves = instruments.map((_, k): Move => {
    const from = start?.[k] ?? 0;
    const most = reach?.[k] ?? Number.POSITIVE_INFINITY;
    const plain = { up: termOf(bought[k] ?? 0, step(k)), down: termOf(sold[k] ?? 0, step(k)) };
    if (from === 0 && most === Number.POSITIVE_INFINITY) return plain;
    const up = builder.column({ cost: 0, lower: 0, upper: most });
    const down = builder.column({ cost: 0, lower: 0, upper: most });
    const moved = added(added(quantities[k] ?? nothing, termOf(up), -1), termOf(down));
    builder.row(moved, from, from);
    return { up: termOf(up), down: termOf(down) };
  });
  const margin = emitted(program.margin, { builder, moves, rows });
  const level = builder.column({ cost: marginWeight, lower: 0, upper: Number.POSITIVE_INFINITY });
  builder.row(added(termOf(level), margin, -1), 0, Number.POSITIVE_INFINITY);
  const costs = instruments.reduce(
    (total, { cost }, k) =>
      added(total, added(termOf(bought[k] ?? 0, step(k) * cost), termOf(sold[k] ?? 0, step(k) * cost))),
    nothing,
  );
  const combined = (slopes: Float64Array): LinearForm =>
    quantities.reduce((total, quantity, k) => added(total, quantity, slopes[k] ?? 0), nothing);
  for (const { kind, label, base, slopes, lower, upper } of program.limits) {
    const form = added({ constant: base, terms: new Map() }, combined(slopes));
    rows.push({ row: builder.row(form, lower, upper), kind, label, group: alone });
  }
  if (program.budget !== undefined)
    rows.push({
      row: builder.row(costs, Number.NEGATIVE_INFINITY, program.budget),
      kind: "budget",
      label: "budget",
      group: alone,
    });
  if (program.target !== undefined) {
    const { most, costFactor } = program.target;
    const form = added(termOf(level), costs, costFactor);
    rows.push({
      row: builder.row(form, Number.NEGATIVE_INFINITY, most),
      kind: "target",
      label: "target margin",
      group: alone,
    });
  }
  return { builder, bought, sold, rows };
}

function planOf(
  program: HedgeProgram,
  { bought, sold, rows }: Written,
  { values, objective: reached, bound, rowDuals, reducedCosts }: LinearSolution["solution"] & object,
): HedgeAnswer["plan"] & object {
  const { instruments, start, marginWeight, whole } = program;
  const step = (k: number): number => (whole ? (instruments[k]?.lot ?? 1) : 1);
  const amount = (columns: readonly number[], k: number): number => {
    const value = values[columns[k] ?? -1] ?? 0;
    return step(k) * (whole ? Math.round(value) : Math.max(0, value));
  };
  const quantities = Float64Array.from(instruments, (_, k) => {
    const net = amount(bought, k) - amount(sold, k);
    return net === 0 ? 0 : net;
  });
  const cost = instruments.reduce((total, one, k) => total + one.cost * Math.abs(quantities[k] ?? 0), 0);
  const moved = quantities.map((quantity, k) => quantity - (start?.[k] ?? 0));
  // A requirement is never below 0.
  const margin = Math.max(0, expressionAmount(program.margin, moved));
  const binding = rowDuals === undefined ? [] : bindingRows(program, rows, rowDuals, reducedCosts, bought, sold);
  const savedBy = (columns: readonly number[]) =>
    Float64Array.from(instruments, ({ cost: unit, notional }, k) => {
      const reduced = reducedCosts?.[columns[k] ?? -1] ?? 0;
      return unit + tieShare * notional - reduced;
    });
  return {
    ...{ quantities, margin, cost, objective: marginWeight * margin + cost, bound, binding },
    gap: Math.max(0, reached - bound) / Math.max(Math.abs(reached), 1e-12),
    ...(reducedCosts === undefined ? {} : { saved: { bought: savedBy(bought), sold: savedBy(sold) } }),
  };
}

/** Below this share of the heaviest a dual value is rounding. */
const leastShare = 1e-7;

function bindingRows(
  { instruments }: HedgeProgram,
  rows: Written["rows"],
  duals: Float64Array,
  reducedCosts: Float64Array | undefined,
  bought: readonly number[],
  sold: readonly number[],
): readonly BindingRow[] {
  const totals = new Map<number, number>();
  for (const { row, group } of rows) totals.set(group, (totals.get(group) ?? 0) + Math.abs(duals[row] ?? 0));
  const found = rows.flatMap(({ row, kind, label, group }): BindingRow[] => {
    const dual = Math.abs(duals[row] ?? 0);
    if (group === alone) return dual > leastShare ? [{ kind, label, weight: dual }] : [];
    const total = totals.get(group) ?? 0;
    return dual > leastShare * total ? [{ kind, label, weight: dual / total }] : [];
  });
  const bounds = instruments.flatMap(({ name }, k): BindingRow[] => {
    const at = (columns: readonly number[]): number => -(reducedCosts?.[columns[k] ?? -1] ?? 0);
    return [
      ...(at(bought) > leastShare
        ? [{ kind: "bound" as const, label: `${name}: most bought`, weight: at(bought) }]
        : []),
      ...(at(sold) > leastShare ? [{ kind: "bound" as const, label: `${name}: most sold`, weight: at(sold) }] : []),
    ];
  });
  const order = [...found, ...bounds];
  return order.sort((a, b) => b.weight - a.weight || (a.label < b.label ? -1 : 1));
}
