import { type HedgeMethod, runHedge, runUnwind } from "../../analysis/index.ts";
import { failed, isoDate, type Result, success, type Work } from "../../base/index.ts";
import { type RulesChoice, resolveRules } from "../../rulebook/index.ts";
import type { ParsedInput, ParsedMarginRequest } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { hedgeInsurance } from "./hedge-insurance.ts";
import { ruledMethodology } from "./methodology.ts";
import type { ServicePart } from "./part.ts";
import { preparedRun } from "./prepared-run.ts";
import type { Sources } from "./source.ts";
import { optionalLibrary } from "./what-if-stress.ts";

/** Hedges, insurance and rebalancing. */
export function hedge(ports: Ports, sources: Sources): ServicePart<"hedge"> {
  const solverOf = async () =>
    ports.solver === undefined
      ? failed("unsupported", "this host has no solver of linear programmes")
      : success(await ports.solver());

  /** The run that is hedged, and the scenarios of the library that the request names. */
  const hedgedRun = async (request: ParsedMarginRequest, sets: ParsedInput<"hedge.propose">["stress"], work: Work) => {
    const stress = optionalLibrary(sets, ports);
    if (!stress.ok) return stress;
    const prepared = await preparedRun(request, ports, sources, work);
    if (!prepared.ok) return prepared;
    const { changes, rejected: _, ...run } = prepared.value;
    return success({ ...run, ...changes, stress: stress.value, work });
  };

  return {
    ...hedgeInsurance(sources),
    "hedge.propose": async (
      {
        candidates,
        requirement,
        objective,
        costs,
        limits,
        cashUsd,
        budgetUsd,
        lots,
        rounds,
        seconds,
        funding,
        methods,
        stress: sets,
        ...request
      },
      work,
    ) => {
      const run = await hedgedRun(request, sets, work);
      if (!run.ok) return run;
      const others = methodsOf(methods, run.value.market.asOfMs, ports);
      if (!others.ok) return others;
      const solver = await solverOf();
      if (!solver.ok) return solver;
      return runHedge({
        ...{ ...run.value, candidates, requirement, objective, costs, limits, cashUsd, budgetUsd },
        ...{ lots, rounds, seconds, funding, methods: others.value, solver: solver.value },
      });
    },
    "hedge.unwind": async (
      {
        requirement,
        days,
        participation,
        volumes,
        impactCoefficient,
        volatility,
        costs,
        marginWeight,
        budgetUsd,
        seconds,
        stress: sets,
        ...request
      },
      work,
    ) => {
      const run = await hedgedRun(request, sets, work);
      if (!run.ok) return run;
      const solver = await solverOf();
      if (!solver.ok) return solver;
      return runUnwind({
        ...{ ...run.value, requirement, days, participation, volumes, impactCoefficient, volatility },
        ...{ costs, marginWeight, budgetUsd, seconds, solver: solver.value },
      });
    },
  };
}

/** Methods named beside the one that is hedged, each with its rules. */
function methodsOf(
  columns: ParsedInput<"hedge.propose">["methods"],
  asOfMs: number,
  { resources }: Pick<Ports, "resources">,
): Result<readonly HedgeMethod[]> {
  const methods: HedgeMethod[] = [];
  for (const { label, methodology, rules: choice, overrides } of columns) {
    const found = ruledMethodology(resources, methodology);
    if (!found.ok) return found;
    const { method, rulebook } = found.value;
    const rules = resolveRules(rulebook, (choice as RulesChoice | undefined) ?? { date: isoDate(asOfMs) }, overrides);
    if (!rules.ok) return rules;
    methods.push({ label: label ?? `${method.id} ${rules.value.version}`, methodology: method, rules: rules.value });
  }
  return success(methods);
}
