import { marginSurface } from "../../analysis/index.ts";
import { type Result, success } from "../../base/index.ts";
import { mappedBook } from "../../explain/index.ts";
import { effectivePortfolio } from "../../margin/index.ts";
import type { Ports } from "../ports.ts";
import type { ServicePart } from "./part.ts";
import { type PreparedRun, preparedRun } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

/** Margin surfaces: coarse first, as a partial value, then fine. */
export function surface(ports: Ports, sources: Sources): ServicePart<"surface"> {
  return {
    "surface.run": async ({ axes, map, ...request }, work) => {
      const prepared = await preparedRun(request, ports, sources, work);
      if (!prepared.ok) return prepared;
      const { methodology, rules, history, parameterFile } = prepared.value;
      const held = map ? mappedRun(prepared.value) : success(prepared.value);
      if (!held.ok) return held;
      const { portfolio, market, changes } = held.value;
      const { executor } = ports;
      return marginSurface({
        ...{ portfolio, market, methodology, rules, ...changes, axes, work, onCoarse: work.partial },
        ...(history === undefined ? {} : { history }),
        ...(parameterFile === undefined ? {} : { parameterFile }),
        ...(executor === undefined ? {} : { executor }),
      });
    },
  };
}

/** The run in the contracts of the method's venue; legs are traded in those they name before. */
function mappedRun(run: PreparedRun): Result<Pick<PreparedRun, "portfolio" | "market" | "changes">> {
  const { changes, methodology } = run;
  const effective = changes.legs.length === 0 ? undefined : effectivePortfolio(run.portfolio, changes);
  if (effective?.ok === false) return effective;
  const traded = effective === undefined ? run.portfolio : { ...run.portfolio, ...effective.value };
  const { portfolio, market } = mappedBook(traded, run.market, methodology.venue);
  if (effective !== undefined)
    return success({ portfolio, market, changes: { edits: [], components: [], balances: [], legs: [] } });
  const held = new Set<string>(portfolio.positions.map(({ id }) => id));
  const edits = changes.edits.filter(({ positionId }) => held.has(positionId));
  return success({ portfolio, market, changes: { ...changes, edits } });
}
