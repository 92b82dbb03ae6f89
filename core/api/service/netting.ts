import type { z } from "zod";
import { type Result, success, type Work } from "../../base/index.ts";
import { type NettingBenefit, type NettingRun, nettingBenefit } from "../../explain/index.ts";
import { effectivePortfolio, type MarginRun, resolveLegs } from "../../margin/index.ts";
import type { ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import type { comparisonColumn } from "../schema.ts";
import { ruledMethodology } from "./methodology.ts";
import { fileOf, marketOf, withRules } from "./prepared-run.ts";
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
  const portfolio = await sources.portfolio(request.portfolio, work);
  if (!portfolio.ok) return portfolio;
  const { content } = portfolio.value;
  const file = request.parameterFile && (await fileOf(request.parameterFile, content, legs, sources, work));
  if (file?.ok === false) return file;
  const market = await marketOf(request.market, file?.value, sources, work);
  if (!market.ok) return market;
  const trades = resolveLegs(legs, { portfolio: content, market: market.value.content, parameterFile: file?.value });
  if (!trades.ok) return trades;
  const effective = effectivePortfolio(content, { edits, legs: trades.value });
  if (!effective.ok) return effective;
  const book = { ...content, positions: effective.value.positions };
  const history = request.history && (await sources.history(request.history, work));
  if (history?.ok === false) return history;
  const inputs = {
    ...{ portfolio: book, market: market.value.content, rejected: [] },
    ...(history === undefined ? {} : { history: history.value.content }),
    ...(file === undefined ? {} : { parameterFile: file.value }),
  };
  const runs: NettingRun[] = [];
  for (const { label, ...column } of columns ?? usualColumns(file !== undefined)) {
    const found = ruledMethodology(ports.resources, column.methodology);
    if (!found.ok) return found;
    const { id, title } = found.value.method;
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
