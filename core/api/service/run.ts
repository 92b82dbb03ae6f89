import { formatDay } from "../../base/format.ts";
import { failed, type Result, success, type Work } from "../../base/index.ts";
import type { MarginResult } from "../../margin/index.ts";
import { runCsv, runDocument, runJson } from "../../report/index.ts";
import { differenceOf } from "../../rulebook/index.ts";
import { plainOf } from "../codec.ts";
import type { ReplayVerdict, Run } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { entries } from "./entries.ts";
import { fileNameOf } from "./file-name.ts";
import type { ServicePart } from "./part.ts";
import { marginOf, preparedRun, withRules } from "./prepared-run.ts";
import { maskedFor, reportFile } from "./report-file.ts";
import type { Sources } from "./source.ts";

/** Stored runs: everything that made a result, kept so that anyone can compute it again. */
export function run(ports: Ports, sources: Sources): ServicePart<"run"> {
  const stored = entries<Run>(ports, "run", () => ports.store.runs);
  return {
    "run.list": stored.list,
    "run.get": ({ id }) => stored.get(id),
    "run.save": async ({ name, request }, work) => {
      const prepared = await preparedRun(request, ports, sources, work);
      if (!prepared.ok) return prepared;
      const result = await marginOf(prepared.value, { work });
      if (!result.ok) return result;
      // From here on the library changes, so this is the last moment to cancel.
      if (work.cancelled()) return failed("cancelled", "the run was cancelled; nothing was saved");
      const { portfolio, market, history, parameterFile, rejected } = prepared.value;
      const {
        portfolio: _portfolio,
        market: _market,
        history: _history,
        parameterFile: _parameterFile,
        ...asked
      } = request;
      const { methodology, rules } = result.value;
      return stored.save({
        name,
        note: `${methodology.id} ${rules.version}, ${portfolio.name} at ${market.name}`,
        content: {
          ...{ request: asked, portfolio, market, rejected, result: result.value, codeVersion: ports.codeVersion },
          ...(history === undefined ? {} : { history }),
          ...(parameterFile === undefined ? {} : { parameterFile }),
        },
      });
    },
    "run.replay": async ({ id }, work) => {
      const entry = stored.get(id);
      return entry.ok ? replayed(entry.value.content, ports, work) : entry;
    },
    "run.export": ({ id, format, maskAccounts }) => {
      const entry = stored.get(id);
      if (!entry.ok) return entry;
      const { name, content } = entry.value;
      const result = maskedFor(content.result, maskAccounts, content.portfolio);
      const stem = `${fileNameOf(name, "run")}_margin_${formatDay(result.asOfMs)}`;
      return reportFile(stem, result, result.asOfMs, format, { document: runDocument, csv: runCsv, json: runJson });
    },
    "run.delete": ({ id }) => stored.remove(id),
  };
}

/** Differing parts of a result that are named one by one; beyond these they are counted. */
const namedDifferences = 50;

async function replayed(kept: Run, ports: Ports, work: Work): Promise<Result<ReplayVerdict>> {
  const prepared = withRules(kept.request, kept, ports);
  if (!prepared.ok) return prepared;
  const again = await marginOf(prepared.value, { work });
  if (!again.ok) return again;
  // As it would be stored: members that are undefined are not part of a result.
  const result = plainOf(again.value) as MarginResult;
  // Totals before lines: a difference near the top says more.
  const inResult = [...differenceOf(kept.result, result)].sort((a, b) => depthOf(a.path) - depthOf(b.path));
  const named = inResult
    .slice(0, namedDifferences)
    .map(({ path, from, to }) => `result ${path}: was ${worded(from)}, is ${worded(to)}`);
  const more = inResult.length - named.length;
  const differences = [
    ...programDifference(kept, ports.codeVersion),
    ...inputDifferences(kept.result, result),
    ...named,
    ...(more > 0 ? [`and ${more} more parts of the result`] : []),
  ];
  return success({ equal: inResult.length === 0, differences, result });
}

function programDifference({ codeVersion }: Run, now: string): readonly string[] {
  return codeVersion === now ? [] : [`program: the run was made by version ${codeVersion}, this is ${now}`];
}

function inputDifferences(was: MarginResult, is: MarginResult): readonly string[] {
  const differing: string[] = [];
  if (was.inputs.portfolio !== is.inputs.portfolio) differing.push("input: the portfolio is not the one of the run");
  if (was.inputs.market !== is.inputs.market) differing.push("input: the market is not the one of the run");
  if (was.inputs.history !== is.inputs.history) differing.push("input: the history is not the one of the run");
  if (was.inputs.parameterFile !== is.inputs.parameterFile)
    differing.push("input: the parameter file is not the one of the run");
  if (was.inputs.parameters !== is.inputs.parameters) {
    const paths = differenceOf(was.rules.parameters, is.rules.parameters).map(({ path }) => path);
    differing.push(`input: rules ${is.rules.version} have other parameters at ${paths.join(", ")}`);
  }
  return differing;
}

function depthOf(path: string): number {
  return path.split("/").length;
}

function worded(value: unknown): string {
  return value === undefined ? "absent" : JSON.stringify(value);
}
