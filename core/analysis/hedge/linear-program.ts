/** How a solver ended. `time-limit` and `node-limit` carry the best solution found, with its gap, where there is one. */
export type SolverStatus = "optimal" | "infeasible" | "unbounded" | "time-limit" | "node-limit" | "failed";

/**
 * Minimise c·x subject to rows and bounds; columns may be integers.
 *
 *     min c·x   s.t.   rowLower ≤ A·x ≤ rowUpper,   lower ≤ x ≤ upper
 *
 * ±Infinity means no bound. A is stored by columns: entries of column j stand at starts[j] … starts[j + 1] − 1, rows ascending.
 */
export interface LinearProgram {
  readonly columns: number;
  readonly rows: number;
  readonly cost: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** 1 where a column must be whole; absent: none. */
  readonly integer?: Uint8Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** `columns + 1` long. */
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

export interface SolverLimits {
  readonly seconds: number;
  /** Branch-and-bound nodes: a limit that does not depend on the machine. */
  readonly nodes: number;
  /** Relative gap at which a whole solution counts as optimal. */
  readonly gap: number;
}

export interface LinearSolution {
  readonly status: SolverStatus;
  /** Absent when there is no solution to speak of. */
  readonly solution?: {
    readonly objective: number;
    readonly values: Float64Array;
    /** Best bound known; the objective itself for a proved optimum. */
    readonly bound: number;
    /** Change of the objective per unit of the row's bound; absent for programmes with whole columns. */
    readonly rowDuals?: Float64Array;
    readonly reducedCosts?: Float64Array;
  };
  /** The solver's own word, where the status is `failed`. */
  readonly detail?: string;
}

/** Solves linear programmes: what the core needs from outside. Same programme, same answer, unless a limit of seconds ends it. */
export interface LinearSolver {
  /** Name and version, stored with every result. */
  readonly name: string;
  readonly solve: (program: LinearProgram, limits: SolverLimits) => LinearSolution;
}

export const usualLimits: SolverLimits = { seconds: 10, nodes: 100_000, gap: 1e-6 };
