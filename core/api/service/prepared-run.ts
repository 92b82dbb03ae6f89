import { failed, isoDate, type Result, success, type Work } from "../../base/index.ts";
import type { History } from "../../history/index.ts";
import type { ImportReport } from "../../import/index.ts";
import {
  type AddedLeg,
  type AskedLeg,
  legInstrument,
  type MarginResult,
  type MarginRun,
  resolveLegs,
  runMargin,
  withLegs,
} from "../../margin/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { Methodology } from "../../methodology/index.ts";
import { marketOfFile, type ParameterFile } from "../../parameter-file/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import { type ResolvedRules, type RulesChoice, resolveRules } from "../../rulebook/index.ts";
import type { ParameterFileSource, ParsedMarginRequest, Source } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { ruledMethodology } from "./methodology.ts";
import { withSampleHistory } from "./sample-history.ts";
import { placeOf, type Sourced, type Sources } from "./source.ts";

/** A margin request with everything found that it names. */
export interface PreparedRun extends Inputs {
  readonly methodology: Methodology;
  readonly rules: ResolvedRules;
  readonly changes: Pick<ParsedMarginRequest, "edits" | "components" | "balances"> & {
    readonly legs: readonly AddedLeg[];
  };
}

/** What a run computes from, besides rules. */
export interface Inputs {
  readonly portfolio: Portfolio;
  readonly market: MarketSnapshot;
  /** Past of the risk factors; absent when the request names none. */
  readonly history?: History;
  /** The part of a clearing house's file that the portfolio uses. */
  readonly parameterFile?: ParameterFile;
  /** What the import of the sources rejected; shown beside the result. */
  readonly rejected: readonly string[];
}

/** Finds the sources and the rules a request names. */
export async function preparedRun(
  request: ParsedMarginRequest,
  ports: Pick<Ports, "resources">,
  sources: Sources,
  work: Work,
): Promise<Result<PreparedRun>> {
  const portfolio = await sources.portfolio(request.portfolio, work);
  if (!portfolio.ok) return portfolio;
  const parameterFile =
    request.parameterFile &&
    (await fileOf(request.parameterFile, portfolio.value.content, request.legs, sources, work));
  if (parameterFile?.ok === false) return parameterFile;
  const market = await marketOf(request.market, parameterFile?.value, sources, work);
  if (!market.ok) return market;
  const history = request.history && (await sources.history(request.history, work));
  if (history?.ok === false) return history;
  const inputs = {
    portfolio: portfolio.value.content,
    market: market.value.content,
    ...(history === undefined ? {} : { history: history.value.content }),
    ...(parameterFile === undefined ? {} : { parameterFile: parameterFile.value }),
    // One file may hold both: each row is named once.
    rejected: [...new Set([portfolio.value.report, market.value.report, history?.value.report].flatMap(rejectedOf))],
  };
  const prepared = withRules(request, inputs, ports);
  return prepared.ok ? withSampleHistory(prepared.value, request.market, sources, work) : prepared;
}

/** The parameter file with the families that positions and legs depend on; legs that no grammar reads depend on none. */
export async function fileOf(
  source: ParameterFileSource,
  portfolio: Portfolio,
  legs: readonly AskedLeg[],
  sources: Sources,
  work: Work,
): Promise<Result<ParameterFile>> {
  const read = legs.flatMap(({ instrument, quantity }): AddedLeg[] => {
    const found = legInstrument(instrument, undefined, portfolio);
    return found.ok ? [{ instrument: found.value, quantity: quantity === 0 ? 1 : Math.abs(quantity) }] : [];
  });
  const known = read.length === 0 ? portfolio : { ...portfolio, positions: withLegs(portfolio.positions, read) };
  return sources.parameterFile(source, known, work);
}

/** The market a request names, else the one its parameter file states. */
export async function marketOf(
  source: Source | undefined,
  parameterFile: ParameterFile | undefined,
  sources: Sources,
  work: Work,
): Promise<Result<Sourced<MarketSnapshot>>> {
  if (source !== undefined) return sources.market(source, work);
  if (parameterFile !== undefined) return success({ content: marketOfFile(parameterFile) });
  return failed(
    "invalid-input",
    "the request names no market; it may be left out only with a parameter file",
    "/market",
  );
}

/** Finds the rules a request names; without a choice those in force on the day of the market. */
export function withRules(
  request: Omit<ParsedMarginRequest, "portfolio" | "market" | "history" | "parameterFile" | "legs"> & {
    /** Runs stored before legs existed have none. */
    readonly legs?: readonly AskedLeg[];
  },
  inputs: Inputs,
  { resources }: Pick<Ports, "resources">,
): Result<PreparedRun> {
  const found = ruledMethodology(resources, request.methodology);
  if (!found.ok) return found;
  const { method, rulebook } = found.value;
  const choice = (request.rules as RulesChoice | undefined) ?? { date: isoDate(inputs.market.asOfMs) };
  const rules = resolveRules(rulebook, choice, request.overrides);
  if (!rules.ok) return rules;
  const { edits, components, balances } = request;
  const legs = resolveLegs(request.legs ?? [], inputs);
  if (!legs.ok) return legs;
  const changes = { edits, components, balances, legs: legs.value };
  return success({ ...inputs, methodology: method, rules: rules.value, changes });
}

/** Runs what was prepared; rows that the import rejected stand among the remarks. */
export async function marginOf(
  { changes, rejected, ...prepared }: PreparedRun,
  options: Pick<MarginRun, "standAlone" | "work">,
): Promise<Result<MarginResult>> {
  const result = await runMargin({ ...prepared, ...changes, ...options });
  if (!result.ok || rejected.length === 0) return result;
  const remarks = [...result.value.remarks, ...rejected.map((message) => ({ message }))];
  return success({ ...result.value, remarks });
}

/** Rejected rows listed one by one; beyond these they are counted. */
const listedRejections = 20;

/** Rows an import rejected, in words. */
export function rejectedOf(report: ImportReport | undefined): readonly string[] {
  const errors = report?.problems.filter(({ severity }) => severity === "error") ?? [];
  const listed = errors.slice(0, listedRejections).map((problem) => `rejected ${placeOf(problem)}: ${problem.message}`);
  const more = errors.length - listed.length + (report?.problemsNotListed ?? 0);
  return more > 0 ? [...listed, `and ${more} more problems of the imported files`] : listed;
}
