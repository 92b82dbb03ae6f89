import { failed, type Result, success, type Work } from "../../base/index.ts";
import { leavesOf, type Override, valueAt } from "../../rulebook/index.ts";
import {
  type GlobalSensitivity,
  type SensitivityAnswer,
  type SensitivityParameter,
  type SensitivityTable,
  saltelliDesign,
  sensitivityPoints,
  sensitivityTable,
  sobolIndices,
} from "../../validation/index.ts";
import type { ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { marginOf, type PreparedRun, preparedRun } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

/** How far a parameter is moved when the request names no values, as a fraction of it. */
const step = 0.1;

/** Initial margin in USD with one rule parameter moved at a time. Sets the rules refuse stay in the table with the reason. */
export async function sensitivity(
  { parameters: chosen, ...request }: ParsedInput<"validation.sensitivity">,
  ports: Ports,
  sources: Sources,
  work: Work,
): Promise<Result<SensitivityTable>> {
  const base = await preparedRun(request, ports, sources, work);
  if (!base.ok) return base;
  const parameters = parametersOf(base.value.rules.parameters, chosen);
  if (!parameters.ok) return parameters;
  const points = sensitivityPoints(parameters.value);
  const sets = points.map(({ parameter, set }) =>
    parameter === undefined ? [] : [{ path: parameter, value: set[parameter] ?? 0 }],
  );
  const answers: SensitivityAnswer[] = [];
  for await (const answer of marginsOf(request, sets, ports, sources, work)) {
    if (!answer.ok && answer.failure.reason === "cancelled") return answer;
    answers.push(answer.ok ? { margin: answer.value } : { failure: answer.failure });
  }
  const table = sensitivityTable(parameters.value, answers);
  return "failure" in table ? { ok: false, failure: table.failure } : success({ ...table, ...markOf(base.value) });
}

/**
 * Initial margin in USD over a box of rule parameters, with Sobol indices. Every set must have a margin: a failure names the set.
 */
export async function globalSensitivity(
  { box, points, seed, ...request }: ParsedInput<"validation.global-sensitivity">,
  ports: Ports,
  sources: Sources,
  work: Work,
): Promise<Result<GlobalSensitivity>> {
  const base = await preparedRun(request, ports, sources, work);
  if (!base.ok) return base;
  const strange = box.find(({ path }) => typeof valueAt(base.value.rules.parameters, path) !== "number");
  if (strange !== undefined) return noNumber(strange.path);
  const sides = box.map(({ path, from, to }) => ({ id: path, from, to }));
  const design = saltelliDesign(sides, points, seed);
  const sets = design.sets.map((set) => Object.entries(set).map(([path, value]) => ({ path, value })));
  const margins: number[] = [];
  for await (const answer of marginsOf(request, sets, ports, sources, work)) {
    if (answer.ok) margins.push(answer.value);
    else if (answer.failure.reason === "cancelled") return answer;
    else {
      const set = sets[margins.length]?.map(({ path, value }) => `${path} = ${value}`).join(", ");
      return failed(answer.failure.reason, `${set}: ${answer.failure.message}`, answer.failure.at);
    }
  }
  return success({ ...sobolIndices(design, margins), ...markOf(base.value) });
}

type MarginRequest = Omit<ParsedInput<"validation.sensitivity">, "parameters">;

/** Initial margin in USD of each parameter set, in order; with progress, and ended by a failure `cancelled`. */
async function* marginsOf(
  request: MarginRequest,
  sets: readonly (readonly Override[])[],
  ports: Ports,
  sources: Sources,
  work: Work,
): AsyncGenerator<Result<number>, void, undefined> {
  const quiet = { ...work, progress: () => {} };
  for (const [at, moved] of sets.entries()) {
    work.progress(at, sets.length, "parameter sets");
    await work.pause();
    if (work.cancelled()) return yield failed("cancelled", "cancelled");
    const kept = request.overrides.filter(({ path }) => !moved.some((one) => one.path === path));
    const prepared = await preparedRun({ ...request, overrides: [...kept, ...moved] }, ports, sources, quiet);
    const result = prepared.ok ? await marginOf(prepared.value, { work: quiet }) : prepared;
    yield result.ok ? success(result.value.totals.initialUsd) : result;
  }
  work.progress(sets.length, sets.length, "parameter sets");
}

/** Generated inputs mark what is made of them. */
function markOf({ portfolio, market, history }: PreparedRun): { readonly synthetic?: true } {
  return [portfolio, market, history].some((input) => input?.synthetic === true) ? { synthetic: true } : {};
}

function noNumber(path: string): ReturnType<typeof failed> {
  return failed("invalid-input", `parameter ${path}: the rules have no number there`, path);
}

function parametersOf(
  rules: unknown,
  chosen: ParsedInput<"validation.sensitivity">["parameters"],
): Result<readonly SensitivityParameter[]> {
  if (chosen === undefined) {
    const moved = [...leavesOf(rules)].flatMap(({ path, value }) =>
      typeof value === "number" && value !== 0
        ? [{ id: path, label: path, base: value, values: [value * (1 - step), value * (1 + step)] }]
        : [],
    );
    return success(moved);
  }
  const parameters: SensitivityParameter[] = [];
  for (const { path, values } of chosen) {
    const base = valueAt(rules, path);
    if (typeof base !== "number") return noNumber(path);
    parameters.push({ id: path, label: path, base, values });
  }
  return success(parameters);
}
