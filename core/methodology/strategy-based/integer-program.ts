import { DomainError } from "../../base/index.ts";
import {
  addBound,
  copyTableau,
  type Inequality,
  minimise,
  restore,
  startTableau,
  type Tableau,
  valuesOf,
} from "./linear-program.ts";

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

/**
 * Exact solution of a small integer programme: branch and bound over linear programmes, deterministic.
 *
 * @param program  costs about 1 in size (scale them), so that tolerances of 1e-9 mean something
 * @param mostNodes limit of the search
 * @returns the best whole solution, proven the best unless the limit was reached
 * @throws DomainError when the programme has no lower bound, or a bound is below 0
 * @source A. H. Land, A. G. Doig, Econometrica 28 (1960) 497–520
 */
export function solveInteger({ costs, whole, constraints }: IntegerProgram, mostNodes = 20_000): IntegerSolution {
  if (constraints.some(({ bound }) => !(bound >= 0))) throw new DomainError("a bound must be 0 or more", "constraints");
  const root = startTableau(costs, constraints);
  if (!minimise(root)) throw new DomainError("the programme needs a lower bound", "costs");
  let best: readonly number[] = costs.map(() => 0);
  let objective = 0;
  let nodes = 0;
  const open: Tableau[] = [root];
  while (open.length > 0 && nodes < mostNodes) {
    const node = open.pop() as Tableau;
    nodes += 1;
    if (node.value >= objective - 1e-9) continue;
    const row = branchRow(node, whole);
    if (row < 0) {
      const values = [...valuesOf(node)].map((value, j) => (whole[j] ? Math.round(value) : Math.max(value, 0)));
      [best, objective] = [values, node.value];
      continue;
    }
    const value = node.right[row] as number;
    const down = branched(node, row, "most", Math.floor(value));
    const up = branched(node, row, "least", Math.ceil(value));
    // The lower of the two is searched first: it stands last.
    const children = [down, up].flatMap((child) => (child === undefined ? [] : [child]));
    open.push(...children.sort((a, b) => b.value - a.value));
  }
  return {
    values: best,
    objective,
    relaxed: root.value,
    nodes,
    proven: open.every(({ value }) => value >= objective - 1e-9),
  };
}

function branched(node: Tableau, row: number, side: "most" | "least", bound: number): Tableau | undefined {
  const child = copyTableau(node);
  addBound(child, row, side, bound);
  return restore(child) ? child : undefined;
}

/** Row of the whole variable that is farthest from a whole number, −1 when none is. */
function branchRow({ basic, right, columns }: Tableau, whole: readonly boolean[]): number {
  let [place, farthest] = [-1, fraction];
  for (let row = 0; row < basic.length; row++) {
    const variable = basic[row] as number;
    if (variable >= columns || !whole[variable]) continue;
    const value = right[row] as number;
    const distance = Math.abs(value - Math.round(value));
    if (distance > farthest + 1e-9) [place, farthest] = [row, distance];
  }
  return place;
}
