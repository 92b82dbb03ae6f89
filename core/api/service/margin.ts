import { failed, success } from "../../base/index.ts";
import { type MarginResult, type MarginTotals, marginTotals, scenarioProfits } from "../../margin/index.ts";
import type { Ports } from "../ports.ts";
import { comparison } from "./comparison.ts";
import { coverage, mixed } from "./mixed.ts";
import { netting } from "./netting.ts";
import type { ServicePart } from "./part.ts";
import { marginOf, preparedRun } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

/** Margin of portfolios. */
export function margin(ports: Ports, sources: Sources): ServicePart<"margin"> {
  return {
    "margin.run": async (request, work) => {
      const prepared = await preparedRun(request, ports, sources, work);
      return prepared.ok ? marginOf(prepared.value, { standAlone: request.standAlone, work }) : prepared;
    },
    "margin.compare": async ({ requests }, work) => {
      const results: MarginResult[] = [];
      for (const [index, request] of requests.entries()) {
        work.progress(index, requests.length, "methods");
        const prepared = await preparedRun(request, ports, sources, work);
        if (!prepared.ok) return prepared;
        const result = await marginOf(prepared.value, { work: { ...work, progress: () => {} } });
        if (!result.ok) return result;
        results.push(result.value);
      }
      work.progress(requests.length, requests.length, "methods");
      return success(results);
    },
    "margin.totals": async ({ requests }, work) => {
      const totals: MarginTotals[] = [];
      for (const [index, request] of requests.entries()) {
        work.progress(index, requests.length, "methods");
        await work.pause();
        if (work.cancelled()) return failed("cancelled", "cancelled");
        const prepared = await preparedRun(request, ports, sources, work);
        if (!prepared.ok) return prepared;
        const { changes, ...run } = prepared.value;
        const found = marginTotals({ ...run, ...changes });
        if (!found.ok) return found;
        totals.push(found.value);
      }
      return success(totals);
    },
    "margin.comparison": (request, work) => comparison(request, ports, sources, work),
    "margin.netting-benefit": (request, work) => netting(request, ports, sources, work),
    "margin.coverage": (request, work) => coverage(request, ports, sources, work),
    "margin.mixed": (request, work) => mixed(request, ports, sources, work),
    "margin.cell": async (request, work) => {
      const prepared = await preparedRun(request, ports, sources, work);
      if (!prepared.ok) return prepared;
      const { changes, ...run } = prepared.value;
      return scenarioProfits({ ...run, ...changes }, request);
    },
  };
}
