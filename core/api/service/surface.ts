import { marginSurface } from "../../analysis/index.ts";
import { mappedBook } from "../../explain/index.ts";
import type { Ports } from "../ports.ts";
import type { ServicePart } from "./part.ts";
import { preparedRun } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

/** Margin surfaces: coarse first, as a partial value, then fine. */
export function surface(ports: Ports, sources: Sources): ServicePart<"surface"> {
  return {
    "surface.run": async ({ axes, map, ...request }, work) => {
      const prepared = await preparedRun(request, ports, sources, work);
      if (!prepared.ok) return prepared;
      const { methodology, rules, changes, history, parameterFile } = prepared.value;
      const { portfolio, market } = map
        ? mappedBook(prepared.value.portfolio, prepared.value.market, methodology.venue)
        : prepared.value;
      const held = new Set<string>(portfolio.positions.map(({ id }) => id));
      const edits = map ? changes.edits.filter(({ positionId }) => held.has(positionId)) : changes.edits;
      const { executor } = ports;
      return marginSurface({
        ...{ portfolio, market, methodology, rules, ...changes, edits, axes, work, onCoarse: work.partial },
        ...(history === undefined ? {} : { history }),
        ...(parameterFile === undefined ? {} : { parameterFile }),
        ...(executor === undefined ? {} : { executor }),
      });
    },
  };
}
