import type { Result, Work } from "../../base/index.ts";
import { explainChange } from "../../explain/index.ts";
import type { ParsedInput, Run } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { entries } from "./entries.ts";
import type { ServicePart } from "./part.ts";
import { type PreparedRun, preparedRun, withRules } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

type Side = ParsedInput<"change.explain">["from"];

/** Why a requirement changed between two runs, stored or asked for. */
export function change(ports: Ports, sources: Sources): ServicePart<"change"> {
  const stored = entries<Run>(ports, "run", () => ports.store.runs);

  const prepared = async (side: Side, work: Work): Promise<Result<PreparedRun>> => {
    if ("request" in side) return preparedRun(side.request, ports, sources, work);
    const entry = stored.get(side.run);
    if (!entry.ok) return entry;
    const { content } = entry.value;
    return withRules(content.request, content, ports);
  };

  return {
    "change.explain": async ({ from, to, order, ...settings }, work) => {
      const [before, after] = [await prepared(from, work), await prepared(to, work)];
      if (!before.ok) return before;
      if (!after.ok) return after;
      return explainChange({
        ...{ ...settings, from: runOf(before.value), to: runOf(after.value), work },
        ...(order === undefined ? {} : { order }),
      });
    },
  };
}

function runOf({ changes, rejected: _, ...run }: PreparedRun) {
  return { ...run, ...changes };
}
