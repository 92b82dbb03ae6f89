import { runDependence, runReverseStress, runStressPush } from "../../analysis/index.ts";
import { success, type Work } from "../../base/index.ts";
import { plainOf } from "../codec.ts";
import type { ParsedMarginRequest } from "../contract.ts";
import type { Ports } from "../ports.ts";
import type { ServicePart } from "./part.ts";
import { preparedRun } from "./prepared-run.ts";
import type { Sources } from "./source.ts";
import { historyOfRun } from "./stress-history.ts";
import { stressPositions, stressRun } from "./stress-run.ts";

/** Questions asked backwards. */
export function stress(ports: Ports, sources: Sources): ServicePart<"stress"> {
  /** What both questions are asked of: the run, with the past of its factors where the covariance comes from it. */
  const runOf = async (request: ParsedMarginRequest, { from }: { readonly from: string }, work: Work) => {
    const prepared = await preparedRun(request, ports, sources, work);
    if (!prepared.ok) return prepared;
    const { changes, rejected: _, ...run } = prepared.value;
    const history = from === "history" ? await historyOfRun(prepared.value, request, sources, work) : undefined;
    if (history?.ok === false) return history;
    return success({ ...run, ...changes, ...history?.value });
  };

  return {
    "stress.run": (request, work) => stressRun(request, ports, sources, work),
    "stress.positions": (request, work) => stressPositions(request, ports, sources, work),
    "stress.push": async ({ covariance, push, rounds, ladder, confidence, ...request }, work) => {
      const run = await runOf(request, covariance, work);
      if (!run.ok) return run;
      return runStressPush({
        ...{ ...run.value, push, rounds, ladder, confidence, work },
        covariance: plainOf(covariance) as Parameters<typeof runStressPush>[0]["covariance"],
      });
    },
    "stress.reverse": async (
      { goal, covariance, mostDeviations, solutions, mostPairs, randomStarts, seed, ...request },
      work,
    ) => {
      const run = await runOf(request, covariance, work);
      if (!run.ok) return run;
      const settings = { mostDeviations, solutions, mostPairs, randomStarts, seed };
      return runReverseStress({
        ...{ ...run.value, goal, settings, work },
        covariance: plainOf(covariance) as Parameters<typeof runReverseStress>[0]["covariance"],
      });
    },
    "stress.dependence": async (
      { covariance, shares, windows, worstDays, confidence, clusterCorrelation, mostPairs, ...request },
      work,
    ) => {
      const run = await runOf(request, covariance, work);
      if (!run.ok) return run;
      return runDependence({
        ...{ ...run.value, shares, windows, worstDays, confidence, clusterCorrelation, mostPairs, work },
        covariance: plainOf(covariance) as Parameters<typeof runDependence>[0]["covariance"],
      });
    },
  };
}
