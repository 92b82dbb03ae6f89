import { failed, type Result, success, type Work } from "../../base/index.ts";
import type { History } from "../../history/index.ts";
import type { ImportReport } from "../../import/index.ts";
import { type AddedLeg, type AskedLeg, legInstrument, withLegs } from "../../margin/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import { marketOfFile, type ParameterFile } from "../../parameter-file/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import type { ParameterFileSource, ParsedMarginRequest, Source } from "../contract.ts";
import { placeOf, type Sourced, type Sources } from "./source.ts";

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

/** Finds what a request names; a parameter file is read with the families of positions and legs. */
export async function inputsOf(
  request: Pick<ParsedMarginRequest, "portfolio" | "market" | "parameterFile" | "history">,
  legs: readonly AskedLeg[],
  sources: Sources,
  work: Work,
): Promise<Result<Inputs>> {
  const portfolio = await sources.portfolio(request.portfolio, work);
  if (!portfolio.ok) return portfolio;
  const { content } = portfolio.value;
  const file = request.parameterFile && (await fileOf(request.parameterFile, content, legs, sources, work));
  if (file?.ok === false) return file;
  const market = await marketOf(request.market, file?.value, sources, work);
  if (!market.ok) return market;
  const history = request.history && (await sources.history(request.history, work));
  if (history?.ok === false) return history;
  return success({
    ...{ portfolio: content, market: market.value.content },
    ...(history === undefined ? {} : { history: history.value.content }),
    ...(file === undefined ? {} : { parameterFile: file.value }),
    // One file may hold both: each row is named once.
    rejected: [...new Set([portfolio.value.report, market.value.report, history?.value.report].flatMap(rejectedOf))],
  });
}

/** The parameter file with the families that positions and legs depend on; legs that no grammar reads depend on none. */
async function fileOf(
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
async function marketOf(
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

/** Rejected rows listed one by one; beyond these they are counted. */
const listedRejections = 20;

/** Rows an import rejected, in words. */
export function rejectedOf(report: ImportReport | undefined): readonly string[] {
  const errors = report?.problems.filter(({ severity }) => severity === "error") ?? [];
  const listed = errors.slice(0, listedRejections).map((problem) => `rejected ${placeOf(problem)}: ${problem.message}`);
  const more = errors.length - listed.length + (report?.problemsNotListed ?? 0);
  return more > 0 ? [...listed, `and ${more} more problems of the imported files`] : listed;
}
