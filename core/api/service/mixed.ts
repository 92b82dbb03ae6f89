import { type Result, success, type Work } from "../../base/index.ts";
import {
  type AskedLeg,
  type Coverage,
  coverageOf,
  type MixedMargin,
  type MixedPartRequest,
  mixedMargin,
  resolveLegs,
} from "../../margin/index.ts";
import { catalog } from "../../methodology/index.ts";
import type { ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { ruledMethodology } from "./methodology.ts";
import { fileOf, type Inputs, marketOf, withRules } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

const unchanged = { edits: [], components: [], balances: [] };

/** Methods asked which positions of a book they margin; an unknown method is refused. */
export async function coverage(
  { methodologies, ...request }: ParsedInput<"margin.coverage">,
  ports: Pick<Ports, "resources">,
  sources: Sources,
  work: Work,
): Promise<Result<Coverage>> {
  const inputs = await inputsOf(request, sources, work);
  if (!inputs.ok) return inputs;
  const methods: Parameters<typeof coverageOf>[1][number][] = [];
  for (const id of methodologies ?? catalog.keys()) {
    const found = ruledMethodology(ports.resources, id);
    if (!found.ok) return found;
    const ruled = withRules({ methodology: id, overrides: [], ...unchanged }, inputs.value, ports);
    methods.push({ id, title: found.value.method.title, ruled });
  }
  return success(coverageOf(inputs.value, methods));
}

/**
 * One book split over methods. A part whose rules cannot be found says why and leaves its positions to later parts; an unknown method is
 * refused.
 */
export async function mixed(
  { parts, edits, components, balances, legs, ...request }: ParsedInput<"margin.mixed">,
  ports: Pick<Ports, "resources">,
  sources: Sources,
  work: Work,
): Promise<Result<MixedMargin>> {
  const inputs = await inputsOf({ ...request, legs }, sources, work);
  if (!inputs.ok) return inputs;
  const trades = resolveLegs(legs, inputs.value);
  if (!trades.ok) return trades;
  const asked: MixedPartRequest[] = [];
  for (const { label, methodology, rules, overrides, ...scope } of parts) {
    const found = ruledMethodology(ports.resources, methodology);
    if (!found.ok) return found;
    const chosen = rules === undefined ? {} : { rules };
    const ruled = withRules({ methodology, overrides, ...chosen, ...unchanged }, inputs.value, ports);
    asked.push({ label: label ?? found.value.method.title, scope, ruled });
  }
  return mixedMargin(inputs.value, asked, { edits, components, balances, legs: trades.value }, work);
}

async function inputsOf(
  request: Pick<ParsedInput<"margin.coverage">, "portfolio" | "market" | "history" | "parameterFile"> & {
    readonly legs?: readonly AskedLeg[];
  },
  sources: Sources,
  work: Work,
): Promise<Result<Inputs>> {
  const portfolio = await sources.portfolio(request.portfolio, work);
  if (!portfolio.ok) return portfolio;
  const book = portfolio.value.content;
  const file = request.parameterFile && (await fileOf(request.parameterFile, book, request.legs ?? [], sources, work));
  if (file?.ok === false) return file;
  const market = await marketOf(request.market, file?.value, sources, work);
  if (!market.ok) return market;
  const history = request.history && (await sources.history(request.history, work));
  if (history?.ok === false) return history;
  return success({
    ...{ portfolio: book, market: market.value.content, rejected: [] },
    ...(history === undefined ? {} : { history: history.value.content }),
    ...(file === undefined ? {} : { parameterFile: file.value }),
  });
}
