import {
  type LibraryStress,
  libraryStress,
  type WhatIfStressResult,
  whatIfStressColumn,
} from "../../analysis/index.ts";
import { estimateNotice } from "../../base/format.ts";
import { failed, type Result, success, type Work } from "../../base/index.ts";
import type { ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import type { Sources } from "./source.ts";
import { betasOf, chosenSets } from "./stress-run.ts";
import { preparedWhatIf } from "./what-if-inputs.ts";

type StressRequest = ParsedInput<"what-if.stress">;

/** Scenarios of the library that a request names. */
function libraryOf(asked: StressRequest["stress"], ports: Ports): Result<LibraryStress> {
  const sets = chosenSets(asked, ports);
  if (!sets.ok) return sets;
  const stress = libraryStress(sets.value, { mode: asked.mode, scale: asked.scale, betas: betasOf(asked.betas) });
  return stress.entries.length === 0
    ? failed("not-found", "no scenario of the sets is left to run", "/stress/sets")
    : success(stress);
}

/** As `libraryOf`; nothing where the request names no scenarios. */
export function optionalLibrary(
  asked: StressRequest["stress"] | undefined,
  ports: Ports,
): Result<LibraryStress | undefined> {
  return asked === undefined ? success(undefined) : libraryOf(asked, ports);
}

/** A ticket in scenarios of the library; a method that cannot be run says why and leaves the others standing. */
export async function whatIfStress(
  { stress: asked, ...request }: StressRequest,
  ports: Ports,
  sources: Sources,
  work: Work,
): Promise<Result<WhatIfStressResult>> {
  const stress = libraryOf(asked, ports);
  if (!stress.ok) return stress;
  const prepared = await preparedWhatIf({ ...request, scenarios: [] }, ports, sources, work);
  if (!prepared.ok) return prepared;
  const { inputs, columns } = prepared.value;
  const made: WhatIfStressResult["columns"][number][] = [];
  const silent: Work = { ...work, progress: () => {} };
  for (const [place, { label, run, legs }] of columns.entries()) {
    work.progress(place, columns.length, "methods");
    await work.pause();
    if (work.cancelled()) return failed("cancelled", "cancelled");
    const asking = { label, executor: ports.executor, work: silent };
    const column = run.ok ? await whatIfStressColumn(run.value, legs, stress.value, asking) : run;
    if (column.ok) made.push(column.value);
    else if (column.failure.reason === "cancelled") return column;
    else made.push({ label, failure: column.failure });
  }
  work.progress(columns.length, columns.length, "methods");
  const { portfolio, market } = inputs;
  return success({
    ...{ portfolioName: portfolio.name, marketName: market.name, asOfMs: market.asOfMs, notice: estimateNotice },
    synthetic: portfolio.synthetic === true || market.synthetic === true,
    ...{ mode: stress.value.mode, scale: stress.value.scale, columns: made },
  });
}
