import type { z } from "zod";
import { type Result, success, type Work } from "../../base/index.ts";
import { type NettingBenefit, type NettingRun, nettingBenefit } from "../../explain/index.ts";
import { effectivePortfolio, type MarginRun, resolveLegs } from "../../margin/index.ts";
import type { ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import type { comparisonColumn } from "../schema.ts";
import { inputsOf } from "./inputs.ts";
import { ruledMethodology } from "./methodology.ts";
import { withRules } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

type Column = z.output<typeof comparisonColumn>;

const usual = ["strategy-based", "risk-based-customer"];

/**
 * Methods over one book, and what each saves against the baseline. A column whose rules cannot be found says why and leaves the others
 * standing; an unknown method is refused.
 */
export async function netting(
  { columns, reference, mostPositions, edits, legs, ...request }: ParsedInput<"margin.netting-benefit">,
  ports: Pick<Ports, "resources">,
  sources: Sources,
  work: Work,
): Promise<Result<NettingBenefit>> {
  const found = await inputsOf(request, legs, sources, work);
  if (!found.ok) return found;
  const trades = resolveLegs(legs, found.value);
  if (!trades.ok) return trades;
  const effective = effectivePortfolio(found.value.portfolio, { edits, legs: trades.value });
  if (!effective.ok) return effective;
  const book = { ...found.value.portfolio, positions: effective.value.positions };
  const inputs = { ...found.value, portfolio: book };
  const runs: NettingRun[] = [];
  for (const { label, ...column } of columns ?? usualColumns(inputs.parameterFile !== undefined)) {
    const ruled = ruledMethodology(ports.resources, column.methodology);
    if (!ruled.ok) return ruled;
    const { id, title } = ruled.value.method;
    const prepared = withRules({ ...column, edits: [], components: [], balances: [] }, inputs, ports);
    const version = prepared.ok ? ` ${prepared.value.rules.version}` : "";
    const outcome: Result<MarginRun> = prepared.ok ? success(prepared.value) : prepared;
    runs.push({ label: label ?? `${id}${version}`, methodology: { id, title }, outcome });
  }
  return nettingBenefit(book, runs, reference, mostPositions, work);
}

/** The baseline, the risk-based method, and arrays where a clearing house's file is at hand. */
function usualColumns(withArrays: boolean): readonly Column[] {
  return [...usual, ...(withArrays ? ["span-array"] : [])].map((methodology) => ({ methodology, overrides: [] }));
}
