import { type Result, success, type Work } from "../../base/index.ts";
import type { History } from "../../history/index.ts";
import type { ParsedMarginRequest } from "../contract.ts";
import type { PreparedRun } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

/**
 * The history a stress is measured by: that of the request, else that of the sample where the request names the sample's market, whether the
 * method needs one or not.
 */
export async function historyOfRun(
  { history }: Pick<PreparedRun, "history">,
  { market }: Pick<ParsedMarginRequest, "market">,
  sources: Sources,
  work: Work,
): Promise<Result<{ readonly history?: History }>> {
  if (history !== undefined) return success({ history });
  if (market === undefined || !("sample" in market)) return success({});
  const sample = await sources.history({ sample: true }, work);
  return sample.ok ? success({ history: sample.value.content }) : sample;
}
