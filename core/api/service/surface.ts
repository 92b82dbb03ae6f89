import { marginSurface } from "../../analysis/index.ts";
import type { Ports } from "../ports.ts";
import type { ServicePart } from "./part.ts";
import { preparedRun } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

/** Margin surfaces: coarse first, as a partial value, then fine. */
export function surface(ports: Ports, sources: Sources): ServicePart<"surface"> {
  return {
    "surface.run": async ({ axes, ...request }, work) => {
      const prepared = await preparedRun(request, ports, sources, work);
      if (!prepared.ok) return prepared;
      const { portfolio, market, methodology, rules, changes } = prepared.value;
      const { executor } = ports;
      return marginSurface({
        ...{ portfolio, market, methodology, rules, ...changes, axes, work, onCoarse: work.partial },
        ...(executor === undefined ? {} : { executor }),
      });
    },
  };
}
