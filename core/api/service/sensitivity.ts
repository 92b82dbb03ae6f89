import { failed, type Result, success, type Work } from "../../base/index.ts";
import { leavesOf, valueAt } from "../../rulebook/index.ts";
import {
  type SensitivityAnswer,
  type SensitivityParameter,
  type SensitivityTable,
  sensitivityPoints,
  sensitivityTable,
} from "../../validation/index.ts";
import type { ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { marginOf, preparedRun } from "./prepared-run.ts";
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
  const quiet = { ...work, progress: () => {} };
  const points = sensitivityPoints(parameters.value);
  const answers: SensitivityAnswer[] = [];
  for (const [at, { parameter, set }] of points.entries()) {
    work.progress(at, points.length, "parameter sets");
    await work.pause();
    if (work.cancelled()) return failed("cancelled", "cancelled");
    const moved = parameter === undefined ? [] : [{ path: parameter, value: set[parameter] ?? 0 }];
    const overrides = [...request.overrides.filter(({ path }) => path !== parameter), ...moved];
    const prepared = await preparedRun({ ...request, overrides }, ports, sources, quiet);
    const result = prepared.ok ? await marginOf(prepared.value, { work: quiet }) : prepared;
    if (!result.ok && result.failure.reason === "cancelled") return result;
    answers.push(result.ok ? { margin: result.value.totals.initialUsd } : { failure: result.failure });
  }
  work.progress(points.length, points.length, "parameter sets");
  const table = sensitivityTable(parameters.value, answers);
  return "failure" in table ? { ok: false, failure: table.failure } : success(table);
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
    if (typeof base !== "number")
      return failed("invalid-input", `parameter ${path}: the rules have no number there`, path);
    parameters.push({ id: path, label: path, base, values });
  }
  return success(parameters);
}
