import { formatDay } from "../../base/format.ts";
import { failed, type Result, success, type Work } from "../../base/index.ts";
import { type BreakReport, breakReport, statementInputs } from "../../explain/index.ts";
import type { VenueStatement } from "../../import/index.ts";
import { rejectedRows } from "../../margin/index.ts";
import { breakReportCsv, breakReportDocument, breakReportJson } from "../../report/index.ts";
import type { KeptBreakReport, ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { entries } from "./entries.ts";
import { fileNameOf } from "./file-name.ts";
import { type Inputs, rejectedOf } from "./inputs.ts";
import { ruledMethodology } from "./methodology.ts";
import type { ServicePart } from "./part.ts";
import { type PreparedRun, withRules } from "./prepared-run.ts";
import { methodologyOf, statementOf } from "./reply.ts";
import { maskedFor, reportFile } from "./report-file.ts";
import type { Sources } from "./source.ts";

type Request = ParsedInput<"break-report.run">;

/** Break reports: what a venue charges against our margin. */
export function breakReports(ports: Ports, sources: Sources): ServicePart<"break-report"> {
  const stored = entries<KeptBreakReport>(ports, "break report", () => ports.store.breakReports);
  return {
    "break-report.run": async (request, work) => {
      const made = await reportOf(request, ports, sources, work);
      return made.ok ? success(made.value.report) : made;
    },
    "break-report.save": async ({ name, request }, work) => {
      const made = await reportOf(request, ports, sources, work);
      if (!made.ok) return made;
      // From here on the library changes, so this is the last moment to cancel.
      if (work.cancelled()) return failed("cancelled", "the break report was cancelled; nothing was saved");
      const { report, statement, prepared } = made.value;
      const { charged: _charged, portfolio: _portfolio, market: _market, history: _history, ...asked } = request;
      const { portfolio, market, history } = prepared;
      return stored.save({
        name,
        note: `${report.verdict}: ${report.methodology.id} ${report.rules.version} against ${report.venue}`,
        content: {
          ...{ request: asked, portfolio, market, statement, report, codeVersion: ports.codeVersion },
          ...(history === undefined ? {} : { history }),
        },
      });
    },
    "break-report.list": stored.list,
    "break-report.get": ({ id }) => stored.get(id),
    "break-report.delete": ({ id }) => stored.remove(id),
    "break-report.export": ({ id, format, maskAccounts }) => {
      const entry = stored.get(id);
      if (!entry.ok) return entry;
      const { name, content } = entry.value;
      const report = maskedFor(content.report, maskAccounts, content.portfolio);
      const stem = `${fileNameOf(name, "report")}_break-report_${formatDay(report.asOfMs)}`;
      return reportFile(stem, report, report.asOfMs, format, {
        ...{ document: breakReportDocument, csv: breakReportCsv, json: breakReportJson },
      });
    },
  };
}

interface Made {
  readonly report: BreakReport;
  readonly statement: VenueStatement;
  readonly prepared: PreparedRun;
}

async function reportOf(request: Request, ports: Ports, sources: Sources, work: Work): Promise<Result<Made>> {
  const statement = statementOf(request.charged);
  if (!statement.ok) return statement;
  const methodology = methodologyOf(statement.value, request.methodology);
  if (!methodology.ok) return methodology;
  const inputs = await inputsOf(request, statement.value, sources, work);
  if (!inputs.ok) return inputs;
  const prepared = withRules({ ...request, methodology: methodology.value }, inputs.value, ports);
  if (!prepared.ok) return prepared;
  const found = ruledMethodology(ports.resources, methodology.value);
  if (!found.ok) return found;
  const { changes, rejected, ...run } = prepared.value;
  const report = await breakReport({
    run: { ...run, ...changes },
    rulebook: found.value.rulebook,
    statement: statement.value,
    work,
  });
  if (!report.ok) return report;
  const remarks = [...report.value.remarks, ...rejectedRows(run.portfolio, run.market), ...rejected];
  return success({
    report: { ...report.value, remarks },
    statement: statement.value,
    prepared: prepared.value,
  });
}

/** Positions and market of the request; what it leaves out is taken from the reply. */
async function inputsOf(
  { portfolio, market, history }: Request,
  statement: VenueStatement,
  sources: Sources,
  work: Work,
): Promise<Result<Inputs>> {
  const given = {
    portfolio: portfolio === undefined ? undefined : await sources.portfolio(portfolio, work),
    market: market === undefined ? undefined : await sources.market(market, work),
  };
  if (given.portfolio?.ok === false) return given.portfolio;
  if (given.market?.ok === false) return given.market;
  const past = history && (await sources.history(history, work));
  if (past?.ok === false) return past;
  const known = past === undefined ? {} : { history: past.value.content };
  const rejected = [given.portfolio?.value.report, given.market?.value.report, past?.value.report].flatMap(rejectedOf);
  if (given.portfolio !== undefined && given.market !== undefined)
    return success({
      ...{ portfolio: given.portfolio.value.content, market: given.market.value.content },
      ...{ ...known, rejected },
    });
  const own = statementInputs(statement);
  if (!own.ok) return own;
  return success({
    portfolio: given.portfolio?.value.content ?? own.value.portfolio,
    market: given.market?.value.content ?? own.value.market,
    ...known,
    rejected,
  });
}
