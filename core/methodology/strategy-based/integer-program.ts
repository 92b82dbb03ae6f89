import { DomainError } from "../../base/index.ts";
import { tightened } from "./gomory-cut.ts";
import { addBound, copyTableau, type Inequality, restore, type Tableau, valuesOf } from "./linear-program.ts";

/** Minimise costs·x subject to inequalities, x ≥ 0, x whole where `whole` says so. */
export interface IntegerProgram {
  readonly costs: readonly number[];
  readonly whole: readonly boolean[];
  /** Bounds ≥ 0: x = 0 is always allowed. */
  readonly constraints: readonly Inequality[];
}

export interface IntegerSolution {
  readonly values: readonly number[];
  /** costs·values; ≤ 0, because x = 0 is allowed. */
  readonly objective: number;
  /** Value of the programme without whole numbers: no solution is lower. */
  readonly relaxed: number;
  readonly nodes: number;
  /** False when the search stopped at its limit: a lower value may exist, but not below `relaxed`. */
  readonly proven: boolean;
}

const fraction = 1e-6;
const gap = 1e-9;
/** Variables whose both branches are tried before one is chosen. */
const mostTrials = 8;
/** A dive for a better solution starts at every so many nodes. */
const diveEvery = 25;
/** Times the programme is set up again without columns that can no longer help. */
const mostRestarts = 4;

/**
 * Exact solution of a small integer programme: mixed-integer cuts at the root, then branch and bound over linear programmes, each
 * branching on the variable that moves the bound most (tried while little is known of it, estimated after). Deterministic.
 *
 * @param program   costs about 1 in size (scale them), so that tolerances of 1e-9 mean something
 * @param mostNodes limit of the search
 * @returns the best whole solution, proven the best unless the limit was reached
 * @throws DomainError when the programme has no lower bound, or a bound is below 0
 * @source A. H. Land, A. G. Doig, Econometrica 28 (1960) 497–520; T. Achterberg, T. Koch, A. Martin, Operations Research Letters 33 (2005)
 *         42–54, for the branching; R. Gomory (1960) for the cuts
 */
export function solveInteger(program: IntegerProgram, mostNodes = 600): IntegerSolution {
  if (program.constraints.some(({ bound }) => !(bound >= 0)))
    throw new DomainError("a bound must be 0 or more", "constraints");
  let best: Found = { values: program.costs.map(() => 0), objective: 0 };
  let kept = program.costs.map((_, j) => j);
  let relaxed: number | undefined;
  for (let round = 0; ; round++) {
    const part = restricted(program, kept);
    const { tableau, relaxed: value } = tightened(part.costs, part.whole, part.constraints);
    relaxed ??= value;
    const leaf = dived(tableau, part.whole, best.objective);
    best = better(best, leaf, part, kept);
    // A column whose cost is above what is left to gain stands in no better solution.
    const left = best.objective - tableau.value;
    const out = new Set(
      tableau.nonbasic.filter((j, k) => part.whole[j] === true && (tableau.costs[k] as number) > left + gap),
    );
    if (out.size === 0 || round === mostRestarts) {
      const { found, nodes, proven } = searched(tableau, part, kept, best, mostNodes);
      return { values: found.values, objective: found.objective, relaxed, nodes, proven };
    }
    kept = kept.filter((_, j) => !out.has(j));
  }
}

/** A whole solution in the variables of the whole programme. */
interface Found {
  readonly values: readonly number[];
  readonly objective: number;
}

/** The programme in some of its variables, the others 0. */
function restricted({ costs, whole, constraints }: IntegerProgram, kept: readonly number[]): IntegerProgram {
  const place = new Map(kept.map((variable, j) => [variable, j]));
  return {
    costs: kept.map((variable) => costs[variable] ?? 0),
    whole: kept.map((variable) => whole[variable] === true),
    constraints: constraints.flatMap(({ terms, bound }) => {
      const left = terms.flatMap(([variable, factor]) => {
        const j = place.get(variable);
        return j === undefined ? [] : [[j, factor] as const];
      });
      return left.length === 0 ? [] : [{ terms: left, bound }];
    }),
  };
}

/** The better of a known solution and a leaf whose values are whole and meet the programme. */
function better(known: Found, leaf: Tableau | undefined, part: IntegerProgram, kept: readonly number[]): Found {
  if (leaf === undefined || leaf.value >= known.objective) return known;
  const values = roundedValues(leaf, part.whole);
  if (!holds(values, part.constraints)) return known;
  const full = known.values.map(() => 0);
  kept.forEach((variable, j) => {
    full[variable] = values[j] ?? 0;
  });
  return { values: full, objective: leaf.value };
}

function searched(
  root: Tableau,
  part: IntegerProgram,
  kept: readonly number[],
  start: Found,
  mostNodes: number,
): { readonly found: Found; readonly nodes: number; readonly proven: boolean } {
  const { whole } = part;
  const search = { unknown: false };
  const gains = part.costs.map(() => ({ down: noGain(), up: noGain() }));
  let found = start;
  let nodes = 0;
  const open: Tableau[] = [root];
  while (open.length > 0 && nodes < mostNodes) {
    const node = open.pop() as Tableau;
    if (node.value >= found.objective - gap) continue;
    nodes += 1;
    const rows = fractionalRows(node, whole);
    if (rows.length === 0) {
      const next = better(found, node, part, kept);
      if (next === found) search.unknown = true;
      found = next;
      continue;
    }
    if (nodes % diveEvery === 0) found = better(found, dived(node, whole, found.objective), part, kept);
    const { objective } = found;
    const children = branches(node, rows, gains, objective, search).filter(({ value }) => value < objective - gap);
    // The lower of the two is searched first: it stands last.
    open.push(...children.sort((a, b) => b.value - a.value));
  }
  const proven = !search.unknown && open.every(({ value }) => value >= found.objective - gap);
  return { found, nodes, proven };
}

/** A whole solution below a node, if rounding one variable after another leads to one that is better: a start for the search. */
function dived(from: Tableau, whole: readonly boolean[], objective: number): Tableau | undefined {
  let node = copyTableau(from);
  for (;;) {
    if (node.value >= objective - gap) return undefined;
    const rows = fractionalRows(node, whole);
    if (rows.length === 0) return node;
    const nearest = (row: number) => Math.abs((node.right[row] as number) - Math.round(node.right[row] as number));
    const row = rows.reduce((best, candidate) => (nearest(candidate) < nearest(best) - gap ? candidate : best));
    const value = node.right[row] as number;
    const [up, down] = [Math.ceil(value), Math.floor(value)];
    const first = value - down >= 0.5 ? "least" : "most";
    const sides = first === "least" ? (["least", "most"] as const) : (["most", "least"] as const);
    const next = sides.map((side) => {
      const child = copyTableau(node);
      addBound(child, row, side, side === "least" ? up : down);
      return restore(child) === "feasible" ? child : undefined;
    });
    const [preferred, other] = next;
    const chosen = preferred ?? other;
    if (chosen === undefined) return undefined;
    node = chosen;
  }
}

function roundedValues(node: Tableau, whole: readonly boolean[]): readonly number[] {
  return [...valuesOf(node)].map((value, j) => (whole[j] ? Math.round(value) : Math.max(value, 0)));
}

/** What branching on a variable has moved the bound by, for one unit of it. */
interface Gain {
  total: number;
  count: number;
}

type Gains = readonly { readonly down: Gain; readonly up: Gain }[];

function noGain(): Gain {
  return { total: 0, count: 0 };
}

/** The two children of a node by the best of its fractional variables; those that are not feasible are left out. */
function branches(
  node: Tableau,
  rows: readonly number[],
  gains: Gains,
  objective: number,
  search: { unknown: boolean },
): Tableau[] {
  const ranked = rows
    .map((row) => ({ row, score: estimate(node, row, gains) }))
    .sort((a, b) => b.score - a.score || (node.basic[a.row] as number) - (node.basic[b.row] as number));
  let chosen: { readonly score: number; readonly children: Tableau[] } | undefined;
  let idle = 0;
  for (const [place, { row, score }] of ranked.entries()) {
    const known = gains[node.basic[row] as number];
    const reliable = known !== undefined && Math.min(known.down.count, known.up.count) >= 2;
    if (chosen !== undefined && (place >= mostTrials || idle >= 4)) break;
    if (chosen !== undefined && reliable && score <= chosen.score) continue;
    const tried = tryRow(node, row, gains, search);
    const live = tried.children.filter(({ value }) => value < objective - gap);
    // One child or none: the variable is fixed, nothing can be better.
    if (live.length < 2) return live;
    if (chosen === undefined || tried.score > chosen.score * (1 + 1e-9)) {
      chosen = tried;
      idle = 0;
    } else idle += 1;
  }
  return chosen?.children ?? [];
}

function tryRow(
  node: Tableau,
  row: number,
  gains: Gains,
  search: { unknown: boolean },
): { readonly score: number; readonly children: Tableau[] } {
  const value = node.right[row] as number;
  const known = gains[node.basic[row] as number];
  const down = branched(node, row, "most", Math.floor(value), search);
  const up = branched(node, row, "least", Math.ceil(value), search);
  const moved = (child: Tableau | undefined, gain: Gain | undefined, distance: number): number => {
    if (child === undefined) return 1;
    const by = Math.max(0, child.value - node.value);
    if (gain !== undefined) {
      gain.total += by / distance;
      gain.count += 1;
    }
    return by;
  };
  const low = moved(down, known?.down, value - Math.floor(value));
  const high = moved(up, known?.up, Math.ceil(value) - value);
  return { score: scoreOf(low, high), children: [down, up].flatMap((child) => (child === undefined ? [] : [child])) };
}

function estimate(node: Tableau, row: number, gains: Gains): number {
  const value = node.right[row] as number;
  const below = value - Math.floor(value);
  const known = gains[node.basic[row] as number];
  const mean = (gain: Gain | undefined) => (gain === undefined || gain.count === 0 ? 1e-3 : gain.total / gain.count);
  return scoreOf(mean(known?.down) * below, mean(known?.up) * (1 - below));
}

function scoreOf(low: number, high: number): number {
  return Math.max(low, 1e-7) * Math.max(high, 1e-7);
}

function branched(
  node: Tableau,
  row: number,
  side: "most" | "least",
  bound: number,
  search: { unknown: boolean },
): Tableau | undefined {
  const child = copyTableau(node);
  addBound(child, row, side, bound);
  const outcome = restore(child);
  if (outcome === "stuck") search.unknown = true;
  return outcome === "feasible" ? child : undefined;
}

/** Whether values meet the constraints of the programme itself: rounding in the tableau can never make a wrong answer right. */
function holds(values: readonly number[], constraints: readonly Inequality[]): boolean {
  return constraints.every(({ terms, bound }) => {
    let total = -bound;
    for (const [j, factor] of terms) total += factor * (values[j] ?? 0);
    return total <= 1e-6;
  });
}

/** Rows of whole variables that are not whole. */
function fractionalRows({ basic, right, columns }: Tableau, whole: readonly boolean[]): readonly number[] {
  return basic.flatMap((variable, row) => {
    if (variable >= columns || !whole[variable]) return [];
    const value = right[row] as number;
    return Math.abs(value - Math.round(value)) > fraction ? [row] : [];
  });
}
