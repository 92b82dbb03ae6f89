import { DomainError } from "../../base/index.ts";
import { type Inequality, minimise, startTableau, type Tableau, valuesOf } from "./linear-program.ts";

const mostRounds = 40;
const cutsPerRound = 60;
const leastFraction = 0.01;
/** Room left in every cut for the rounding of its own making. */
const room = 1e-8;

/** A programme with its cuts, solved without whole numbers. */
export interface Tightened {
  readonly tableau: Tableau;
  /** Value before any cut. */
  readonly relaxed: number;
}

/**
 * Solves a programme without whole numbers and tightens it by mixed-integer cuts while they bring something; cuts that do not bind are
 * dropped. Each round starts from x = 0 again, which every cut allows, so no rounding is carried on.
 *
 * From a row x = b − Σ a_j·n_j with x whole and f₀ the fraction of b, every whole solution satisfies Σ g_j·n_j ≥ 1:
 *
 *     n_j whole       g = f_j/f₀ if f_j ≤ f₀, else (1 − f_j)/(1 − f₀),   f_j the fraction of a_j
 *     n_j not whole   g = a_j/f₀ if a_j > 0, else −a_j/(1 − f₀)
 *
 * @param costs       one a variable
 * @param whole       which variables must be whole
 * @param constraints bounds ≥ 0
 * @throws DomainError when the programme has no lower bound
 * @source R. Gomory, An algorithm for the mixed integer problem, RAND (1960)
 */
export function tightened(
  costs: readonly number[],
  whole: readonly boolean[],
  constraints: readonly Inequality[],
): Tightened {
  let cuts: readonly Inequality[] = [];
  let tableau = solved(costs, constraints);
  const relaxed = tableau.value;
  for (let round = 0; round < mostRounds; round++) {
    const all = [...constraints, ...cuts];
    const wholeSlack = all.map(
      ({ terms, bound }) =>
        Number.isInteger(bound) && terms.every(([j, factor]) => whole[j] === true && Number.isInteger(factor)),
    );
    const rows = fractional(tableau, whole).slice(0, cutsPerRound);
    const found = rows.flatMap((row) => cutOf(tableau, row, whole, wholeSlack, all) ?? []);
    if (found.length === 0) break;
    const next = solved(costs, [...all, ...found]);
    const gained = next.value - tableau.value;
    const binding = new Set(next.nonbasic.map((variable) => variable - next.columns));
    const kept = [...cuts, ...found].filter((_, i) => binding.has(constraints.length + i));
    cuts = kept;
    tableau = solved(costs, [...constraints, ...cuts]);
    if (gained < 1e-7) break;
  }
  return { tableau, relaxed };
}

function solved(costs: readonly number[], constraints: readonly Inequality[]): Tableau {
  const tableau = startTableau(costs, constraints);
  if (!minimise(tableau)) throw new DomainError("the programme needs a lower bound", "costs");
  return tableau;
}

/** Rows of whole variables, the most fractional first. */
function fractional({ basic, right, columns }: Tableau, whole: readonly boolean[]): readonly number[] {
  return basic
    .flatMap((variable, row) => {
      if (variable >= columns || !whole[variable]) return [];
      const value = right[row] as number;
      const distance = Math.abs(value - Math.round(value));
      return distance > leastFraction ? [{ row, distance }] : [];
    })
    .sort((a, b) => b.distance - a.distance || a.row - b.row)
    .map(({ row }) => row);
}

/** The cut of a row, in the variables of the programme: slacks are written out. */
function cutOf(
  tableau: Tableau,
  row: number,
  whole: readonly boolean[],
  wholeSlack: readonly boolean[],
  constraints: readonly Inequality[],
): Inequality | undefined {
  const { columns, nonbasic } = tableau;
  const source = tableau.rows[row] as Float64Array;
  const value = tableau.right[row] as number;
  const share = value - Math.floor(value);
  const factors = new Float64Array(columns);
  let bound = -1 + room;
  for (let j = 0; j < columns; j++) {
    const variable = nonbasic[j] as number;
    const slack = variable - columns;
    const isWhole = slack < 0 ? whole[variable] === true : wholeSlack[slack] === true;
    const weight = weightOf(source[j] as number, share, isWhole);
    if (weight === 0) continue;
    if (slack < 0) {
      factors[variable] = (factors[variable] as number) - weight;
      continue;
    }
    const constraint = constraints[slack];
    if (constraint === undefined) return undefined;
    bound += weight * constraint.bound;
    for (const [other, factor] of constraint.terms) factors[other] = (factors[other] as number) + weight * factor;
  }
  const size = factors.reduce((most, factor) => Math.max(most, Math.abs(factor)), 0);
  if (!(size > 0)) return undefined;
  const terms: [number, number][] = [];
  for (let j = 0; j < columns; j++) {
    const factor = (factors[j] as number) / size;
    // A tiny factor above 0 may be left out of Σ ≤ bound; one below 0 may not.
    if (factor > 1e-10 || factor < -1e-14) terms.push([j, factor]);
  }
  const right = bound / size;
  const smallest = terms.reduce((least, [, factor]) => Math.min(least, Math.abs(factor)), 1);
  const violated = terms.reduce((total, [j, factor]) => total + factor * (valuesOf(tableau)[j] as number), -right);
  return right < 0 || smallest < 1e-6 || violated < 1e-7 ? undefined : { terms, bound: right };
}

function weightOf(factor: number, share: number, isWhole: boolean): number {
  if (!isWhole) {
    if (Math.abs(factor) < 1e-12) return 0;
    return factor > 0 ? factor / share : -factor / (1 - share);
  }
  const part = factor - Math.floor(factor);
  if (part < 1e-9 || part > 1 - 1e-9) return 0;
  return part <= share ? part / share : (1 - part) / (1 - share);
}
