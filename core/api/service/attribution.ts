import { runAttribution } from "../../explain/index.ts";
import type { Ports } from "../ports.ts";
import type { ServicePart } from "./part.ts";
import { preparedRun } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

/** A requirement split among groups of positions. */
export function attribution(ports: Ports, sources: Sources): ServicePart<"attribution"> {
  return {
    "attribution.run": async (
      { grouping, requirement, kinds, tags, exactUpTo, permutations, tolerance, seed, ...request },
      work,
    ) => {
      const prepared = await preparedRun(request, ports, sources, work);
      if (!prepared.ok) return prepared;
      const { changes, rejected: _, ...run } = prepared.value;
      return runAttribution({
        ...{ ...run, ...changes, grouping, requirement, kinds, tags, work, onPartial: work.partial },
        shapley: {
          ...{ seed, tolerance },
          ...(exactUpTo === undefined ? {} : { exactUpTo }),
          ...(permutations === undefined ? {} : { permutations }),
        },
      });
    },
  };
}
