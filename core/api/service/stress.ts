import { runDependence, runReverseStress } from "../../analysis/index.ts";
import { plainOf } from "../codec.ts";
import type { Ports } from "../ports.ts";
import type { ServicePart } from "./part.ts";
import { preparedRun } from "./prepared-run.ts";
import type { Sources } from "./source.ts";
import { historyOfRun } from "./stress-history.ts";

/** Questions asked backwards. */
export function stress(ports: Ports, sources: Sources): ServicePart<"stress"> {
  return {
    "stress.reverse": async (
      { goal, covariance, mostDeviations, solutions, mostPairs, randomStarts, seed, ...request },
      work,
    ) => {
      const prepared = await preparedRun(request, ports, sources, work);
      if (!prepared.ok) return prepared;
      const { changes, rejected: _, ...run } = prepared.value;
      const history =
        covariance.from === "history" ? await historyOfRun(prepared.value, request, sources, work) : undefined;
      if (history?.ok === false) return history;
      const settings = { mostDeviations, solutions, mostPairs, randomStarts, seed };
      return runReverseStress({
        ...{ ...run, ...changes, goal, settings, work },
        covariance: plainOf(covariance) as Parameters<typeof runReverseStress>[0]["covariance"],
        ...(history === undefined ? {} : history.value),
      });
    },
    "stress.dependence": async (
      { covariance, shares, windows, worstDays, confidence, clusterCorrelation, mostPairs, ...request },
      work,
    ) => {
      const prepared = await preparedRun(request, ports, sources, work);
      if (!prepared.ok) return prepared;
      const { changes, rejected: _, ...run } = prepared.value;
      const history =
        covariance.from === "history" ? await historyOfRun(prepared.value, request, sources, work) : undefined;
      if (history?.ok === false) return history;
      return runDependence({
        ...{ ...run, ...changes, shares, windows, worstDays, confidence, clusterCorrelation, mostPairs, work },
        covariance: plainOf(covariance) as Parameters<typeof runDependence>[0]["covariance"],
        ...(history === undefined ? {} : history.value),
      });
    },
  };
}
