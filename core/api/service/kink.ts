import { runKinkDistance } from "../../analysis/index.ts";
import { plainOf } from "../codec.ts";
import type { Ports } from "../ports.ts";
import type { ServicePart } from "./part.ts";
import { preparedRun } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

/** Distances to the next kinks of a margin. */
export function kink(ports: Ports, sources: Sources): ServicePart<"kink"> {
  return {
    "kink.distance": async ({ axes, steps, tolerance, mostKinks, ...request }, work) => {
      const prepared = await preparedRun(request, ports, sources, work);
      if (!prepared.ok) return prepared;
      const { changes, rejected: _, ...run } = prepared.value;
      return runKinkDistance({
        ...{ ...run, ...changes, settings: { steps, tolerance, mostKinks }, work },
        ...(axes === undefined
          ? {}
          : { axes: plainOf(axes) as Parameters<typeof runKinkDistance>[0]["axes"] & object }),
      });
    },
  };
}
