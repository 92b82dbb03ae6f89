/**
 * A linear programme in the tableau form of its basis: minimise c·x subject to A·x ≤ b, x ≥ 0.
 *
 *     basic_i = b_i − Σ_j a_ij·nonbasic_j,   objective = value + Σ_j c_j·nonbasic_j
 */
export interface Tableau {
  readonly columns: number;
  /** Row-major, one row a basic variable. */
  readonly rows: Float64Array[];
  readonly right: number[];
  readonly costs: Float64Array;
  value: number;
  /** Variable of each row and column: below `columns` one of x, else the slack of a constraint. */
  readonly basic: number[];
  readonly nonbasic: number[];
  slacks: number;
}

/** One inequality Σ terms ≤ bound. */
export interface Inequality {
  readonly terms: readonly (readonly [variable: number, factor: number])[];
  readonly bound: number;
}

const least = 1e-9;
const pivotLeast = 1e-8;

/**
 * The tableau at x = 0, which is feasible because no bound is below 0.
 *
 * @param costs       one a variable
 * @param constraints bounds ≥ 0
 */
export function startTableau(costs: readonly number[], constraints: readonly Inequality[]): Tableau {
  const columns = costs.length;
  const rows = constraints.map(({ terms }) => {
    const row = new Float64Array(columns);
    for (const [variable, factor] of terms) row[variable] = (row[variable] ?? 0) + factor;
    return row;
  });
  return {
    columns,
    rows,
    right: constraints.map(({ bound }) => bound),
    costs: Float64Array.from(costs),
    value: 0,
    basic: constraints.map((_, i) => columns + i),
    nonbasic: costs.map((_, j) => j),
    slacks: constraints.length,
  };
}

/** A copy that can be changed on its own. */
export function copyTableau(from: Tableau): Tableau {
  return {
    ...from,
    rows: from.rows.map((row) => row.slice()),
    right: [...from.right],
    costs: from.costs.slice(),
    basic: [...from.basic],
    nonbasic: [...from.nonbasic],
  };
}

/**
 * Primal simplex from a feasible tableau: the steepest cost enters, after many steps without gain the first (Bland), so it ends.
 *
 * @returns false when the objective has no lower bound
 */
export function minimise(tableau: Tableau): boolean {
  let idle = 0;
  for (;;) {
    const entering = idle > 200 ? firstNegative(tableau) : mostNegative(tableau.costs);
    if (entering < 0) return true;
    const leaving = ratioRow(tableau, entering);
    if (leaving < 0) return false;
    const before = tableau.value;
    pivot(tableau, leaving, entering);
    idle = tableau.value < before - least ? 0 : idle + 1;
  }
}

/**
 * Dual simplex from a tableau whose costs are all ≥ 0: makes it feasible again after a bound was added.
 *
 * @returns `stuck` when it has not ended after many steps, so that nothing is known
 */
export function restore(tableau: Tableau): "feasible" | "infeasible" | "stuck" {
  for (let turn = 0; turn < 2000; turn++) {
    const leaving = turn > 300 ? firstInfeasible(tableau) : mostInfeasible(tableau.right);
    if (leaving < 0) return "feasible";
    const row = tableau.rows[leaving] as Float64Array;
    let entering = -1;
    let best = Number.POSITIVE_INFINITY;
    for (let j = 0; j < tableau.columns; j++) {
      const factor = row[j] as number;
      if (factor > -pivotLeast) continue;
      const ratio = Math.max(tableau.costs[j] as number, 0) / -factor;
      const lower = ratio < best - least;
      const tied = ratio < best + least && entering >= 0 && isBefore(tableau, row, j, entering, turn > 300);
      if (!lower && !tied) continue;
      best = Math.min(best, ratio);
      entering = j;
    }
    if (entering < 0) return "infeasible";
    pivot(tableau, leaving, entering);
  }
  return "stuck";
}

/** Of two columns with one ratio: the larger pivot, which keeps digits; after many steps the first variable (Bland), which ends. */
function isBefore({ nonbasic }: Tableau, row: Float64Array, j: number, than: number, byPlace: boolean): boolean {
  if (byPlace) return (nonbasic[j] as number) < (nonbasic[than] as number);
  return (row[j] as number) < (row[than] as number) - least;
}

/** Adds x ≤ bound or x ≥ bound for a basic variable; the tableau is then infeasible in that row. */
export function addBound(tableau: Tableau, row: number, side: "most" | "least", bound: number): void {
  const source = tableau.rows[row] as Float64Array;
  const right = tableau.right[row] as number;
  tableau.rows.push(side === "most" ? source.map((factor) => -factor) : source.slice());
  tableau.right.push(side === "most" ? bound - right : right - bound);
  tableau.basic.push(tableau.columns + tableau.slacks);
  tableau.slacks += 1;
}

/** Values of the variables at the basis. */
export function valuesOf(tableau: Tableau): Float64Array {
  const values = new Float64Array(tableau.columns);
  tableau.basic.forEach((variable, row) => {
    if (variable < tableau.columns) values[variable] = tableau.right[row] as number;
  });
  return values;
}

function mostNegative(costs: Float64Array): number {
  let [place, lowest] = [-1, -least];
  for (let j = 0; j < costs.length; j++) if ((costs[j] as number) < lowest) [place, lowest] = [j, costs[j] as number];
  return place;
}

function firstNegative({ costs, nonbasic }: Tableau): number {
  let place = -1;
  for (let j = 0; j < costs.length; j++) {
    if ((costs[j] as number) >= -least) continue;
    if (place < 0 || (nonbasic[j] as number) < (nonbasic[place] as number)) place = j;
  }
  return place;
}

function mostInfeasible(right: readonly number[]): number {
  let [place, lowest] = [-1, -least];
  for (let i = 0; i < right.length; i++) if ((right[i] as number) < lowest) [place, lowest] = [i, right[i] as number];
  return place;
}

function firstInfeasible({ right, basic }: Tableau): number {
  let place = -1;
  for (let i = 0; i < right.length; i++) {
    if ((right[i] as number) >= -least) continue;
    if (place < 0 || (basic[i] as number) < (basic[place] as number)) place = i;
  }
  return place;
}

function ratioRow({ rows, right, basic }: Tableau, entering: number): number {
  let [place, best] = [-1, Number.POSITIVE_INFINITY];
  for (let i = 0; i < rows.length; i++) {
    const factor = (rows[i] as Float64Array)[entering] as number;
    if (factor < pivotLeast) continue;
    const ratio = Math.max(right[i] as number, 0) / factor;
    const tied = ratio < best + least && place >= 0 && (basic[i] as number) < (basic[place] as number);
    if (ratio < best - least || tied) {
      place = i;
      best = Math.min(best, ratio);
    }
  }
  return place;
}

function pivot(tableau: Tableau, leaving: number, entering: number): void {
  const { rows, right, costs, columns } = tableau;
  const row = rows[leaving] as Float64Array;
  const inverse = 1 / (row[entering] as number);
  for (let j = 0; j < columns; j++) row[j] = (row[j] as number) * inverse;
  row[entering] = inverse;
  const share = (right[leaving] as number) * inverse;
  right[leaving] = share;
  for (let i = 0; i < rows.length; i++) {
    if (i === leaving) continue;
    const other = rows[i] as Float64Array;
    const factor = other[entering] as number;
    if (factor === 0) continue;
    for (let j = 0; j < columns; j++) other[j] = (other[j] as number) - factor * (row[j] as number);
    other[entering] = -factor * inverse;
    const left = (right[i] as number) - factor * share;
    right[i] = Math.abs(left) < 1e-11 ? 0 : left;
  }
  const cost = costs[entering] as number;
  for (let j = 0; j < columns; j++) costs[j] = (costs[j] as number) - cost * (row[j] as number);
  costs[entering] = -cost * inverse;
  tableau.value += cost * share;
  const out = tableau.basic[leaving] as number;
  tableau.basic[leaving] = tableau.nonbasic[entering] as number;
  tableau.nonbasic[entering] = out;
}
