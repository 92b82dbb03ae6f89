import { type Result, success, type Work } from "../../base/index.ts";
import { needsHistory, withLegs } from "../../margin/index.ts";
import type { Source } from "../contract.ts";
import type { PreparedRun } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

/**
 * The sample market has a past: where a request names the sample and no history, and the method needs one, that of the sample is taken, so
 * that a first start can show every method.
 *
 * @param market source of the request's market
 */
export async function withSampleHistory(
  prepared: PreparedRun,
  market: Source | undefined,
  sources: Sources,
  work: Work,
): Promise<Result<PreparedRun>> {
  const { history, methodology, rules, portfolio, changes } = prepared;
  if (history !== undefined || market === undefined || !("sample" in market)) return success(prepared);
  const under = methodology.under(rules.parameters);
  if (!under.ok || !needsHistory(under.value, withLegs(portfolio.positions, changes.legs))) return success(prepared);
  const sample = await sources.history({ sample: true }, work);
  return sample.ok ? success({ ...prepared, history: sample.value.content }) : sample;
}
