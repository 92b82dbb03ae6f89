import {
  runStress,
  type StressColumnRequest,
  type StressDrill,
  type StressRun,
  type StressSetChoice,
  stressDrill,
} from "../../analysis/index.ts";
import { failed, type Result, success, type Work } from "../../base/index.ts";
import type { History } from "../../history/index.ts";
import { resolveRules } from "../../rulebook/index.ts";
import { defaultBetas, type FactorBetas, type StressSet } from "../../scenario/index.ts";
import { plainOf } from "../codec.ts";
import type { ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { type ColumnsRequest, type MappedColumn, mappedColumns } from "./mapped-columns.ts";
import { ruledMethodology } from "./methodology.ts";
import type { Sources } from "./source.ts";
import { historyOfRun } from "./stress-history.ts";
import { stressSetById } from "./stress-set-entries.ts";

type StressRunInput = ParsedInput<"stress.run">;

/** Scenarios of sets under several methods. */
export async function stressRun(
  { sets, scenarios, kinds, mode, scale, days, parameters, betas, covariance, ...request }: StressRunInput,
  ports: Ports,
  sources: Sources,
  work: Work,
): Promise<Result<StressRun>> {
  const chosen = chosenSets({ sets, scenarios, kinds }, ports);
  if (!chosen.ok) return chosen;
  const prepared = await stressColumns(request, ports, sources, work);
  if (!prepared.ok) return prepared;
  return runStress({
    ...prepared.value,
    sets: chosen.value,
    ...{ mode, scale, days, parameters, betas: betasOf(betas), covariance: covarianceOf(covariance) },
    ...{ executor: ports.executor, work },
  });
}

/** One scenario under one method, opened. */
export async function stressPositions(
  {
    column,
    set,
    scenario,
    step,
    scale,
    days,
    parameters,
    betas,
    covariance,
    ...request
  }: ParsedInput<"stress.positions">,
  ports: Ports,
  sources: Sources,
  work: Work,
): Promise<Result<StressDrill>> {
  const found = setOf(set, ports);
  if (!found.ok) return found;
  const chosen = found.value.scenarios.find(({ id }) => id === scenario);
  if (chosen === undefined) return failed("not-found", `${found.value.name} has no scenario ${scenario}`, scenario);
  const prepared = await stressColumns({ ...request, columns: [column] }, ports, sources, work);
  if (!prepared.ok) return prepared;
  const { columns, ...named } = prepared.value;
  const [own] = columns;
  if (own === undefined) return failed("invalid-input", "one method is needed", "column");
  return stressDrill({
    ...named,
    ...{ column: own, setName: found.value.name, scenario: chosen, step, scale, days, parameters, work },
    ...{ betas: betasOf(betas), covariance: covarianceOf(covariance) },
  });
}

/** The scenarios that a request wants of its sets, set by set; an id that no set has is refused. */
export function chosenSets(
  { sets, scenarios, kinds }: Pick<StressRunInput, "sets" | "scenarios" | "kinds">,
  ports: Ports,
): Result<readonly StressSetChoice[]> {
  const found: StressSet[] = [];
  for (const source of sets) {
    const set = setOf(source, ports);
    if (!set.ok) return set;
    found.push(set.value);
  }
  const wanted = scenarios === undefined ? undefined : new Set(scenarios);
  const unknown = scenarios?.find((id) => found.every((set) => set.scenarios.every((scenario) => scenario.id !== id)));
  if (unknown !== undefined) return failed("not-found", `none of the sets has a scenario ${unknown}`, unknown);
  return success(
    found.map((set) => ({
      name: set.name,
      scenarios: set.scenarios.filter(
        ({ id, kind }) => (wanted?.has(id) ?? true) && (kinds === undefined || kinds.includes(kind)),
      ),
    })),
  );
}

/** The set a request names. */
function setOf(source: StressRunInput["sets"][number], ports: Ports): Result<StressSet> {
  if ("set" in source) return success(plainOf(source.set) as StressSet);
  const stored = stressSetById(ports, source.id);
  return stored.ok ? success(stored.value.content) : stored;
}

/** Betas a request chooses; none: `undefined`. */
export function betasOf(betas: StressRunInput["betas"]): FactorBetas | undefined {
  if (betas === "none") return undefined;
  return betas === "product" ? defaultBetas : (plainOf(betas) as FactorBetas);
}

function covarianceOf(covariance: StressRunInput["covariance"]): Parameters<typeof runStress>[0]["covariance"] {
  return covariance === undefined ? undefined : (plainOf(covariance) as Parameters<typeof runStress>[0]["covariance"]);
}

/** What a stress run is asked of: the methods over the book, and the past its severity is measured by. */
interface StressColumns {
  readonly portfolioName: string;
  readonly marketName: string;
  readonly asOfMs: number;
  readonly history?: History;
  readonly columns: readonly StressColumnRequest[];
}

/** Methods of a request over its book; an unknown method is refused. */
async function stressColumns(
  request: ColumnsRequest,
  ports: Ports,
  sources: Sources,
  work: Work,
): Promise<Result<StressColumns>> {
  const found = await mappedColumns(request, ports, sources, { ...work, progress: () => {} });
  if (!found.ok) return found;
  const { portfolioName, market } = found.value;
  const columns: StressColumnRequest[] = [];
  let known: Pick<StressColumns, "history"> = {};
  for await (const column of found.value.columns) {
    if (!column.ok) return column;
    const asked = request.columns[columns.length];
    columns.push(columnOf(column.value, asked, ports));
    const { prepared } = column.value;
    if (prepared.ok && prepared.value.history !== undefined) known = { history: prepared.value.history };
  }
  const history = await historyOfRun(known, request, sources, work);
  if (!history.ok) return history;
  return success({ portfolioName, marketName: market.name, asOfMs: market.asOfMs, columns, ...history.value });
}

function columnOf(
  { label, methodology, mapped, prepared }: MappedColumn,
  asked: StressRunInput["columns"][number] | undefined,
  ports: Ports,
): StressColumnRequest {
  const { mappings, leftOut } = mapped;
  const named = { label, methodology, mappings, leftOut };
  if (!prepared.ok) return { ...named, run: prepared };
  const { changes, rejected: _, ...run } = prepared.value;
  const found = ruledMethodology(ports.resources, methodology.id);
  const byDay = asked !== undefined && asked.rules === undefined && found.ok;
  return {
    ...{ ...named, run: success({ ...run, ...changes }) },
    ...(byDay ? { rulesOn: (date: string) => resolveRules(found.value.rulebook, { date }, asked.overrides) } : {}),
  };
}
