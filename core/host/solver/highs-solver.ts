/// <reference path="./highs-runtime.d.ts" />
import { gunzipSync } from "node:zlib";
import type { Highs, Model } from "highs";
import type { LinearProgram, LinearSolution, LinearSolver, SolverLimits, SolverStatus } from "../../analysis/index.ts";

/** The little of the WebAssembly interface that is used; Node's types leave it to the DOM's. */
interface WebAssemblyInterface {
  compile(bytes: Uint8Array): Promise<object>;
  Instance: new (module: object, imports: object) => object;
}

/** The solver of this thread, loaded at the first call: most sessions never ask for it. */
export function highsSolver(): Promise<LinearSolver> {
  loading ??= load();
  return loading;
}

let loading: Promise<LinearSolver> | undefined;

async function load(): Promise<LinearSolver> {
  const [{ default: start }, { default: packed }] = await Promise.all([
    import("highs"),
    import("highs/runtime?packed"),
  ]);
  const { WebAssembly: engine } = globalThis as unknown as { readonly WebAssembly: WebAssemblyInterface };
  const compiled = await engine.compile(gunzipSync(packed));
  // The package's own options for a binary at hand are not read by its loader; Emscripten's hook is.
  const hooks = {
    printErr: () => {},
    instantiateWasm(imports: object, done: (instance: object) => void) {
      done(new engine.Instance(compiled, imports));
    },
  };
  const highs = await start(hooks);
  return {
    name: `HiGHS ${highs.version.string} (WebAssembly, one thread)`,
    solve: (program, limits) => highs.withModel((model: Model) => solved(highs, model, program, limits)),
  };
}

function solved(highs: Highs, model: Model, program: LinearProgram, limits: SolverLimits): LinearSolution {
  const { columns, rows, integer, starts, indices, values } = program;
  const whole = integer?.some((flag) => flag === 1) === true;
  model.options.set({ ...options, time_limit: limits.seconds });
  if (whole) model.options.set({ mip_rel_gap: limits.gap, mip_max_nodes: limits.nodes });
  model.passModel({
    ...{ numCols: columns, numRows: rows, colCost: program.cost, colLower: program.lower, colUpper: program.upper },
    ...{ rowLower: program.rowLower, rowUpper: program.rowUpper },
    matrix: { format: "csc", numRows: rows, numCols: columns, starts, indices, values },
    ...(whole && integer !== undefined ? { integrality: Int32Array.from(integer) } : {}),
  });
  model.run();
  const found = statusOf(highs, model.getModelStatus());
  const feasible = model.info.get("primal_solution_status") === feasiblePoint;
  if (!feasible || found === "infeasible" || found === "unbounded")
    return { status: found, ...(found === "failed" ? { detail: `model status ${model.getModelStatus()}` } : {}) };
  const { colValue, rowDual, colDual } = model.getSolution();
  const objective = model.getObjectiveValue();
  if (!whole)
    return {
      status: found,
      solution: { objective, values: colValue, bound: objective, rowDuals: rowDual, reducedCosts: colDual },
    };
  const bound = Number(model.info.get("mip_dual_bound"));
  return { status: found, solution: { objective, values: colValue, bound: Number.isFinite(bound) ? bound : -1e300 } };
}

/** HiGHS' code of a feasible point. */
const feasiblePoint = 2;

/** One algorithm, one seed, tight tolerances: the same programme gives the same digits. */
const options = {
  output_flag: false,
  solver: "simplex",
  presolve: "on",
  random_seed: 0,
  primal_feasibility_tolerance: 1e-9,
  dual_feasibility_tolerance: 1e-9,
  mip_feasibility_tolerance: 1e-9,
} as const;

function statusOf(highs: Highs, code: number): SolverStatus {
  const { optimal, empty, infeasible, unbounded, unboundedOrInfeasible, timeLimit, solutionLimit, interrupted } =
    highs.constants.modelStatus;
  if (code === optimal || code === empty) return "optimal";
  if (code === infeasible) return "infeasible";
  if (code === unbounded || code === unboundedOrInfeasible) return "unbounded";
  if (code === timeLimit) return "time-limit";
  if (code === solutionLimit || code === interrupted) return "node-limit";
  return "failed";
}
