import { describe, expect, it } from "vitest";
import {
  type ExpressionRow,
  expressionAmount,
  freeProfit,
  type HedgeProgram,
  type MarginExpression,
  type ProgramInstrument,
  solveHedge,
  usualLimits,
} from "../../../../core/analysis/index.ts";
import { highsSolver } from "../../../../core/host/solver/highs-solver.ts";
import { randomStream } from "../../../../core/measure/index.ts";
import { goldenCase, toleranceOf } from "./cases.ts";

const solver = await highsSolver();

interface LpInput {
  readonly base_pnl: readonly number[];
  readonly instruments: readonly string[];
  readonly instrument_pnl: readonly (readonly number[])[];
  readonly unit_cost: readonly number[];
  readonly capital_rate: number;
  readonly bounds: readonly number[];
  readonly lots: readonly number[];
  readonly margin_before: number;
}
const golden = goldenCase<LpInput, { margin: number; objective: number; h: number[] }>("hedge-lp");

function goldenProgram(changes: Partial<HedgeProgram> = {}): HedgeProgram {
  const { base_pnl, instruments, instrument_pnl, unit_cost, bounds, lots, capital_rate } = golden.input;
  return {
    instruments: instruments.map((name, k) => ({
      ...{ name, mostBought: bounds[k] ?? 0, mostSold: bounds[k] ?? 0, cost: unit_cost[k] ?? 0 },
      ...{ lot: lots[k] ?? 1, notional: 60_000 },
    })),
    margin: {
      ...{ kind: "worst", label: "matrix" },
      rows: base_pnl.map((profit, s) => ({
        ...{ id: String(s), label: `scenario ${s + 1}`, profit },
        unitProfits: Float64Array.from(instrument_pnl[s] ?? []),
      })),
    },
    ...{ marginWeight: capital_rate, limits: [], whole: false },
    ...changes,
  };
}

function planOf(program: HedgeProgram) {
  const { plan, status } = solveHedge(program, solver, usualLimits);
  if (plan === undefined) throw new Error(status);
  return { ...plan, status };
}

/** Two instruments and a few scenarios drawn at random, small enough to enumerate. */
function smallProgram(seed: number, changes: Partial<HedgeProgram> = {}): HedgeProgram {
  const random = randomStream(seed);
  const draw = (): number => 2 * random.next() - 1;
  const instruments = [1, 2].map(
    (k): ProgramInstrument => ({
      ...{ name: `I${k}`, mostBought: 2, mostSold: 2, cost: 0.02 + 0.2 * random.next(), lot: 0.25, notional: 1 },
    }),
  );
  const rows = Array.from(
    { length: 5 },
    (_, s): ExpressionRow => ({
      ...{ id: String(s), label: `s${s}`, profit: 3 * draw() },
      unitProfits: Float64Array.of(2 * draw(), 2 * draw()),
    }),
  );
  return {
    instruments,
    margin: { kind: "worst", label: "w", rows },
    ...{ marginWeight: 0.3, limits: [], whole: false },
    ...changes,
  };
}

function objectiveAt({ instruments, margin, marginWeight }: HedgeProgram, quantities: Float64Array): number {
  const cost = instruments.reduce((total, one, k) => total + one.cost * Math.abs(quantities[k] ?? 0), 0);
  return marginWeight * Math.max(0, expressionAmount(margin, quantities)) + cost;
}

/** Least objective over all crossings of two lines where the objective bends: equal losses, no loss, no trade, bounds. */
function leastByVertices(program: HedgeProgram): number {
  const rows = program.margin.kind === "worst" ? program.margin.rows : [];
  const forms = rows.map(({ profit, unitProfits }) => [unitProfits[0] ?? 0, unitProfits[1] ?? 0, profit] as const);
  const lines: (readonly [number, number, number])[] = [...forms];
  forms.forEach((a, i) => {
    for (const b of forms.slice(i + 1)) lines.push([a[0] - b[0], a[1] - b[1], a[2] - b[2]]);
  });
  for (const edge of [-2, 0, 2]) lines.push([1, 0, -edge], [0, 1, -edge]);
  let least = Number.POSITIVE_INFINITY;
  lines.forEach((one, i) => {
    for (const other of lines.slice(i + 1)) {
      const determinant = one[0] * other[1] - one[1] * other[0];
      if (Math.abs(determinant) < 1e-12) continue;
      const x = (-one[2] * other[1] + one[1] * other[2]) / determinant;
      const y = (-one[0] * other[2] + one[2] * other[0]) / determinant;
      if (Math.max(Math.abs(x), Math.abs(y)) > 2 + 1e-9) continue;
      least = Math.min(least, objectiveAt(program, Float64Array.of(x, y)));
    }
  });
  return least;
}

/** Least objective over all whole lots within the bounds. */
function leastByLots(program: HedgeProgram): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = -8; i <= 8; i++)
    for (let j = -8; j <= 8; j++) least = Math.min(least, objectiveAt(program, Float64Array.of(0.25 * i, 0.25 * j)));
  return least;
}

const seeds = Array.from({ length: 25 }, (_, at) => at + 1);

describe("solveHedge", () => {
  it("finds the minimum-margin hedge of the reference case", () => {
    const plan = planOf(goldenProgram());
    const tolerance = toleranceOf(golden, "objective_rel");
    expect(Math.abs(plan.objective / golden.expected.objective - 1)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(plan.margin / golden.expected.margin - 1)).toBeLessThanOrEqual(tolerance);
    plan.quantities.forEach((h, k) => {
      expect(h).toBeCloseTo(golden.expected.h[k] ?? Number.NaN, 7);
    });
    expect(expressionAmount(goldenProgram().margin, new Float64Array(5))).toBeCloseTo(golden.input.margin_before, 6);
  });

  it("explains its margin: losses weighted by the duals of the scenarios that bind are the margin", () => {
    const program = goldenProgram();
    const plan = planOf(program);
    const scenarios = plan.binding.filter(({ kind }) => kind === "scenario");
    expect(scenarios.reduce((total, { weight }) => total + weight, 0)).toBeCloseTo(1, 9);
    const rows = program.margin.kind === "worst" ? program.margin.rows : [];
    const weighted = scenarios.reduce((total, { label, weight }) => {
      const row = rows.find((one) => label.endsWith(`: ${one.label}`));
      const profit = (row?.profit ?? Number.NaN) + (row?.unitProfits[0] ?? 0) * (plan.quantities[0] ?? 0);
      return total - weight * profit;
    }, 0);
    expect(Math.abs(weighted / plan.margin - 1)).toBeLessThan(1e-9);
    expect(plan.gap).toBe(0);
  });

  it.each(seeds)("is the best of all vertices, seed %i", (seed) => {
    const program = smallProgram(seed);
    expect(planOf(program).objective).toBeCloseTo(leastByVertices(program), 5);
  });

  it.each(seeds)("is the best of all whole lots, seed %i", (seed) => {
    const program = smallProgram(seed, { whole: true });
    const plan = planOf(program);
    expect(plan.objective).toBeCloseTo(leastByLots(program), 5);
    expect(plan.gap).toBeLessThanOrEqual(1e-6);
    plan.quantities.forEach((quantity) => {
      expect(Math.abs(quantity / 0.25 - Math.round(quantity / 0.25))).toBeLessThan(1e-9);
    });
    expect(plan.objective).toBeGreaterThanOrEqual(planOf(smallProgram(seed)).objective - 1e-5);
  });

  it.each(seeds.slice(0, 10))("no lattice point beats the expected shortfall it minimises, seed %i", (seed) => {
    const { margin } = smallProgram(seed);
    const rows = margin.kind === "worst" ? margin.rows : [];
    const shortfall: MarginExpression = {
      kind: "shortfall",
      label: "es",
      tail: 0.5,
      weights: [0.3, 0.3, 0.2, 0.1, 0.1],
      rows,
    };
    const program = smallProgram(seed, { margin: shortfall });
    const plan = planOf(program);
    expect(plan.objective).toBeLessThanOrEqual(leastByLots(program) + 1e-9);
    // The programme's own value of the shortfall is the measure's.
    expect(plan.bound).toBeCloseTo(plan.objective, 5);
  });

  it("takes a maximum of components as rows, and slopes that differ by side", () => {
    const { margin } = smallProgram(7);
    const floor: MarginExpression = {
      ...{ kind: "linear", base: 0.4 },
      ...{ buy: Float64Array.of(0, 0.1), sell: Float64Array.of(0.5, 0.1) },
    };
    const parts = [
      { label: "scan", expression: margin },
      { label: "floor", expression: floor },
    ];
    const program = smallProgram(7, { margin: { kind: "max", parts }, marginWeight: 2 });
    const plan = planOf(program);
    expect(plan.objective).toBeLessThanOrEqual(leastByLots(program) + 1e-9);
    expect(plan.objective).toBeCloseTo(plan.bound, 4);
    expect(plan.binding.some(({ kind }) => kind === "component")).toBe(true);
  });

  it("counts a scenario by its weight when profits are scaled by it", () => {
    const rows: ExpressionRow[] = [{ id: "x", label: "extreme", profit: -100, unitProfits: Float64Array.of(10) }];
    const weighted = rows.map((row) => ({
      ...row,
      profit: 0.35 * row.profit,
      unitProfits: row.unitProfits.map((unit) => 0.35 * unit),
    }));
    const instruments = [{ name: "I", mostBought: 4, mostSold: 0, cost: 1, lot: 1, notional: 1 }];
    const base = { instruments, limits: [], whole: false, marginWeight: 1 };
    expect(planOf({ ...base, margin: { kind: "worst", label: "w", rows: weighted } }).margin).toBeCloseTo(0.35 * 60, 9);
  });

  it("keeps to a budget, limits and cash, and says which binds", () => {
    const free = planOf(goldenProgram({ marginWeight: 1 }));
    const budget = planOf(goldenProgram({ marginWeight: 1, budget: 100 }));
    expect(budget.cost).toBeLessThanOrEqual(100 + 1e-6);
    expect(budget.margin).toBeGreaterThan(free.margin);
    expect(budget.binding.some(({ kind, weight }) => kind === "budget" && weight > 0)).toBe(true);
    const slopes = Float64Array.of(1, 0, 0, 0, 0);
    const delta = { kind: "limit" as const, label: "delta", base: 0, slopes, lower: -1, upper: 1 };
    const limited = planOf(goldenProgram({ limits: [delta] }));
    expect(limited.quantities[0]).toBeCloseTo(1, 9);
    expect(limited.binding.map(({ kind }) => kind)).toContain("limit");
  });

  it("meets a target at the least cost", () => {
    const most = 120_000;
    const plan = planOf(goldenProgram({ marginWeight: 0, target: { most, costFactor: 1 } }));
    expect(plan.margin + plan.cost).toBeLessThanOrEqual(most * (1 + 1e-9));
    expect(plan.cost).toBeGreaterThan(0);
    const cheaper = planOf(goldenProgram({ marginWeight: 0, target: { most: 125_000, costFactor: 1 } }));
    expect(cheaper.cost).toBeLessThan(plan.cost);
    expect(plan.binding.map(({ kind }) => kind)).toContain("target");
  });

  it("breaks ties by the smaller notional", () => {
    const rows: ExpressionRow[] = [{ id: "x", label: "x", profit: -10, unitProfits: Float64Array.of(1, 1) }];
    const one = { mostBought: 20, mostSold: 20, cost: 0.1, lot: 1 };
    const instruments = [
      { ...one, name: "large", notional: 1000 },
      { ...one, name: "small", notional: 10 },
    ];
    const plan = planOf({
      ...{ instruments, margin: { kind: "worst", label: "w", rows }, marginWeight: 1, limits: [], whole: false },
    });
    expect([...plan.quantities]).toEqual([0, 10]);
  });

  it("finds the same plan from a start elsewhere", () => {
    const program = smallProgram(3);
    const start = Float64Array.of(0.7, -0.4);
    const rows = program.margin.kind === "worst" ? program.margin.rows : [];
    const moved = rows.map((row) => ({
      ...row,
      profit: row.profit + row.unitProfits.reduce((total, unit, k) => total + unit * (start[k] ?? 0), 0),
    }));
    const plan = planOf({ ...program, start, margin: { kind: "worst", label: "w", rows: moved } });
    expect(plan.objective).toBeCloseTo(planOf(program).objective, 9);
    const near = planOf({
      ...program,
      start,
      reach: Float64Array.of(0.1, 0.1),
      margin: { kind: "worst", label: "w", rows: moved },
    });
    near.quantities.forEach((quantity, k) => {
      expect(Math.abs(quantity - (start[k] ?? 0))).toBeLessThanOrEqual(0.1 + 1e-9);
    });
  });

  it("gives the same bits twice", () => {
    const [first, second] = [planOf(goldenProgram({ whole: true })), planOf(goldenProgram({ whole: true }))];
    expect(second).toEqual(first);
  });

  it("says that nothing meets the limits, and that nothing bounds a shortfall", () => {
    const target = { most: 1, costFactor: 0 };
    expect(solveHedge(goldenProgram({ marginWeight: 0, target }), solver, usualLimits).status).toBe("infeasible");
    const rows: ExpressionRow[] = [{ id: "x", label: "x", profit: 0, unitProfits: Float64Array.of(1) }];
    const instruments = [
      { name: "I", mostBought: Number.POSITIVE_INFINITY, mostSold: 0, cost: 0, lot: 1, notional: 0 },
    ];
    const margin: MarginExpression = {
      kind: "sum",
      parts: [{ factor: 1, expression: { kind: "shortfall", label: "es", tail: 1, weights: [1], rows } }],
    };
    const answer = solveHedge({ instruments, margin, marginWeight: 1, limits: [], whole: false }, solver, usualLimits);
    // A requirement is never below 0, so even this stays bounded.
    expect(answer.status).toBe("optimal");
  });
});

describe("freeProfit", () => {
  const rows: ExpressionRow[] = [
    { id: "a", label: "a", profit: 0, unitProfits: Float64Array.of(1, -1, 1) },
    { id: "b", label: "b", profit: 0, unitProfits: Float64Array.of(0, 2, 1) },
  ];
  const one = { mostBought: 1, mostSold: 1, lot: 1, notional: 1, cost: 0 };
  const instruments = ["UP", "BOTH", "COSTS"].map((name) => ({ ...one, name, cost: name === "COSTS" ? 1 : 0 }));

  it("names what costs nothing and never loses", () => {
    expect(freeProfit(instruments, rows)).toContain("UP costs nothing");
    expect(
      freeProfit(
        instruments.slice(1),
        rows.map((row) => ({ ...row, unitProfits: row.unitProfits.slice(1) })),
      ),
    ).toBeUndefined();
  });
});
